#!/usr/bin/env python3
"""Draws the sample catalogue: Examples/SampleCatalogue/styles.csv and images/ID.jpg, in the Kaggle layout.

Needs Pillow. Every picture is drawn from a seed of its own, so the same Pillow writes the same bytes, whatever is drawn
and in whatever order. The catalogue has a few of the oddities that real ones have; see QUIRKS.

    draw_sample_catalogue.py [--out DIR] [--only ARTICLE] [--jobs N]
"""

import argparse
import io
import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image

from sample_catalogue.products import BACKDROPS, COLOURS, rows
from sample_catalogue.studio import Studio

SEED = 1
QUALITY = 78
HEADER = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName"
ORIENTATION_TAG, TURN_CLOCKWISE_TO_VIEW = 0x0112, 6

# What the reader must cope with, by product id.
QUIRKS = {
    "comma": (10023, 10088),  # an unquoted comma in the last column
    "quoted": (10041,),  # a quoted name with doubled quotes
    "no usage": (10057,),  # the literal NA
    "no season": (10102,),  # an empty cell
    "no picture": (10131,),
    "grayscale": (10016,),  # a JPEG of one component
    "progressive": (10034,),
    "turned": (10079,),  # stored on its side, with EXIF orientation 6
}


def csv_line(row):
    fields = row.fields()
    if row.id in QUIRKS["comma"]:
        fields[-1] += ", Limited Edition"
    if row.id in QUIRKS["quoted"]:
        fields[-1] = f'"{fields[-1]} ""Weekender"""'
    if row.id in QUIRKS["no usage"]:
        fields[8] = "NA"
    if row.id in QUIRKS["no season"]:
        fields[6] = ""
    return ",".join(fields)


def picture(row):
    """The bytes of the product's JPEG file."""
    rng = random.Random(f"{SEED} {row.id}")
    shade = rng.randint(-7, 7)
    colour = tuple(max(0, min(255, v + shade + rng.randint(-2, 2))) for v in COLOURS[row.colour])
    studio = Studio(rng, rng.choice(BACKDROPS))
    row.kind.draw(studio, colour, row.style, row.pattern)
    image, options = studio.finished(), {}
    if row.id in QUIRKS["grayscale"]:
        image = image.convert("L")
    if row.id in QUIRKS["progressive"]:
        options["progressive"] = True
    if row.id in QUIRKS["turned"]:
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif = Image.Exif()
        exif[ORIENTATION_TAG] = TURN_CLOCKWISE_TO_VIEW
        options["exif"] = exif
    data = io.BytesIO()
    image.save(data, "JPEG", quality=QUALITY, optimize=True, **options)
    return data.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "Examples" / "SampleCatalogue")
    parser.add_argument("--only", help="draw just the pictures of one article type")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()

    products = rows(SEED)
    images = arguments.out / "images"
    images.mkdir(parents=True, exist_ok=True)
    (arguments.out / "styles.csv").write_text("\n".join([HEADER, *map(csv_line, products)]) + "\n")
    drawn = [
        row for row in products if row.id not in QUIRKS["no picture"] and arguments.only in (None, row.kind.article)
    ]
    total = 0
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for row, data in zip(drawn, pool.map(picture, drawn)):
            (images / f"{row.id}.jpg").write_bytes(data)
            total += len(data)
    print(f"{len(products)} products, {len(drawn)} pictures drawn, {total} bytes, in {arguments.out}")


if __name__ == "__main__":
    main()
