#!/usr/bin/env python3
"""Draws the sample catalogue: Examples/SampleCatalogue/styles.csv and images/ID.jpg, in the Kaggle layout.

Some pictures are PNG, WebP, HEIC or AVIF; see FORMATS. Needs Pillow with AVIF, and pillow-heif. Every picture is drawn from a seed of its own, so the same Pillow writes the same bytes, whatever is drawn
and in whatever order. The catalogue has a few of the oddities that real ones have; see QUIRKS.

    draw_sample_catalogue.py [--out DIR] [--only ARTICLE | --formats] [--jobs N]
"""

import argparse
import io
import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

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

# Pictures that are not JPEG: the extension and how they are saved, by product id. Lossless ones are small.
FORMATS = {
    10018: ("png", {"optimize": True}),
    10046: ("png", {"cut out": True, "optimize": True}),
    10073: ("png", {"colours": 48, "optimize": True}),
    10029: ("webp", {"quality": 80, "method": 6}),
    10092: ("webp", {"cut out": True, "lossless": True, "method": 6}),
    10037: ("heic", {"quality": 60}),
    10110: ("heic", {"quality": 60, "exif": "turned"}),
    10055: ("avif", {"quality": 60, "speed": 4}),
    10121: ("avif", {"cut out": True, "quality": 60, "speed": 4}),
}
LOSSLESS_SIZE = (180, 240)


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


def cut_out(image):
    """The picture with a transparent backdrop."""
    backdrop = Image.new("RGB", image.size, image.getpixel((4, 4)))
    distance = ImageChops.difference(image, backdrop).convert("L").filter(ImageFilter.GaussianBlur(1))
    image.putalpha(distance.point([max(0, min(255, (value - 14) * 12)) for value in range(256)]))
    return image


def turned_exif():
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = TURN_CLOCKWISE_TO_VIEW
    return exif


def converted(image, format, options):
    """The bytes of a picture in another format."""
    options = dict(options)
    if format == "png" or options.get("lossless"):
        image = image.resize(LOSSLESS_SIZE, Image.Resampling.LANCZOS)
    if options.pop("cut out", False):
        image = cut_out(image)
    if colours := options.pop("colours", 0):
        image = image.quantize(colours, dither=Image.Dither.NONE)
    if options.get("exif"):
        image = image.transpose(Image.Transpose.ROTATE_90)
        options["exif"] = turned_exif().tobytes()
    if format == "heic":
        import pillow_heif

        pillow_heif.register_heif_opener()
    data = io.BytesIO()
    image.save(data, "HEIF" if format == "heic" else format.upper(), **options)
    return data.getvalue()


def picture(row):
    """The bytes of the product's picture file."""
    rng = random.Random(f"{SEED} {row.id}")
    shade = rng.randint(-7, 7)
    colour = tuple(max(0, min(255, v + shade + rng.randint(-2, 2))) for v in COLOURS[row.colour])
    studio = Studio(rng, rng.choice(BACKDROPS))
    row.kind.draw(studio, colour, row.style, row.pattern)
    image, options = studio.finished(), {}
    if row.id in FORMATS:
        return converted(image, *FORMATS[row.id])
    if row.id in QUIRKS["grayscale"]:
        image = image.convert("L")
    if row.id in QUIRKS["progressive"]:
        options["progressive"] = True
    if row.id in QUIRKS["turned"]:
        image = image.transpose(Image.Transpose.ROTATE_90)
        options["exif"] = turned_exif()
    data = io.BytesIO()
    image.save(data, "JPEG", quality=QUALITY, optimize=True, **options)
    return data.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "Examples" / "SampleCatalogue")
    parser.add_argument("--only", help="draw just the pictures of one article type")
    parser.add_argument("--formats", action="store_true", help="draw just the pictures that are not JPEG")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()

    products = rows(SEED)
    images = arguments.out / "images"
    images.mkdir(parents=True, exist_ok=True)
    (arguments.out / "styles.csv").write_text("\n".join([HEADER, *map(csv_line, products)]) + "\n")
    drawn = [
        row
        for row in products
        if row.id not in QUIRKS["no picture"]
        and arguments.only in (None, row.kind.article)
        and (row.id in FORMATS or not arguments.formats)
    ]
    total = 0
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for row, data in zip(drawn, pool.map(picture, drawn)):
            extension = FORMATS[row.id][0] if row.id in FORMATS else "jpg"
            (images / f"{row.id}.{extension}").write_bytes(data)
            total += len(data)
    print(f"{len(products)} products, {len(drawn)} pictures drawn, {total} bytes, in {arguments.out}")


if __name__ == "__main__":
    main()
