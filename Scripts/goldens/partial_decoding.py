"""Goldens of pictures that are decoded only as far as a crop needs, for RecImageTests.

Needs what images.py needs, whose helpers it uses; the reference is Pillow (exif_transpose, resize, crop).
Usage: python Scripts/goldens/partial_decoding.py [FOLDER]
FOLDER defaults to Tests/RecImageTests/Fixtures/Partial beside this script's package.
"""

import io
import json
import pathlib
import sys

import numpy as np
from images import FILTERS, checksum, drawing, insert_segment, jpeg, orientation_exif, remove_segment, with_sampling, with_size
from PIL import Image, ImageOps

# Short side, filter, width and height of the crop: small crops of large pictures, so that much is skipped.
CROPS = [(100, "bilinear", 40, 30), (60, "bicubic", 60, 20), (90, "nearest", 25, 50), (170, "lanczos", 33, 170)]


def pictures():
    """Names and files; sides are no multiples of 16."""
    wide, high = drawing(331, 203, seed=4), drawing(205, 259, seed=5)
    small = {"quality": 50}
    for subsampling in ["4:4:4", "4:2:2", "4:2:0"]:
        name = subsampling.replace(":", "")
        yield f"{name}-wide", jpeg(wide, subsampling=subsampling, **small)
        yield f"{name}-high", jpeg(high, subsampling=subsampling, **small)
    # Pillow does not write 4:4:0, so a 4:2:2 file of the turned grid of blocks is relabelled.
    turned = jpeg(drawing(208, 336, seed=6), subsampling="4:2:2", **small)
    yield "440", with_size(with_sampling(turned, [0x12, 0x11, 0x11]), 104 - 3, 672 - 5)
    yield "restarts", jpeg(wide, subsampling="4:2:0", restart_marker_blocks=3, **small)
    yield "gray", jpeg(drawing(301, 240, 1, seed=7), "L", **small)
    rgb = remove_segment(with_sampling(jpeg(high, keep_rgb=True, **small), [0x11, 0x11, 0x11]), 0xEE)
    yield "rgb", rgb
    # The rest cannot be skipped in.
    yield "progressive", jpeg(wide, progressive=True, subsampling="4:2:0", **small)
    yield "cmyk", jpeg(np.concatenate([wide, wide[:, :, :1] // 2], 2), "CMYK", subsampling="4:2:0", **small)
    flat = with_sampling(jpeg(drawing(336, 208, seed=6), subsampling="4:2:0", **small), [0x41, 0x11, 0x11])
    yield "411", with_size(flat, 672 - 5, 104 - 3)
    for value in range(1, 9):
        yield f"orientation-{value}", insert_segment(
            jpeg(drawing(151, 97, seed=8), subsampling="4:2:0", **small), 0xE1, orientation_exif(value)
        )
    # So high that Pillow filters vertically first, upright and turned.
    high = jpeg(drawing(97, 433, seed=9), subsampling="4:2:0", **small)
    yield "vertical-first", high
    yield "vertical-first-turned", insert_segment(
        jpeg(drawing(433, 97, seed=9), subsampling="4:2:0", **small), 0xE1, orientation_exif(6)
    )


def crop(image, side, filter, width, height):
    """The crop as torchvision makes it."""
    short, long = sorted(image.size)
    other = int(side * long / short)
    size = (side, other) if image.width <= image.height else (other, side)
    image = image.resize(size, FILTERS[filter])
    left, top = round((size[0] - width) / 2), round((size[1] - height) / 2)
    return image.crop((left, top, left + width, top + height))


def main():
    package = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else package / "Tests/RecImageTests/Fixtures/Partial")
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for name, data in pictures():
        (folder / f"{name}.jpg").write_bytes(data)
        with Image.open(io.BytesIO(data)) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
        crops = [
            {"side": s, "filter": f, "width": w, "height": h, "crc": checksum(np.asarray(crop(upright, s, f, w, h)))}
            for s, f, w, h in CROPS
        ]
        rows.append({"name": name, "crops": crops})
    text = "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"
    (folder / "goldens.json").write_text(text)


if __name__ == "__main__":
    main()
