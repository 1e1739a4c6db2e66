"""Goldens of HEIC and AVIF decoding for RecImageTests: files, and the pictures of the reference decoders as PNG.

Needs numpy, Pillow >= 13 with AVIF, and pillow-heif. Usage: python Scripts/goldens/heif.py [FOLDER]
FOLDER defaults to Tests/RecImageTests/Fixtures/HEIF beside this script's package. The references are the pictures on
white, upright.
"""

import io
import pathlib
import struct
import sys

import numpy as np
import pillow_heif
from _hostile_heif import hostile, unusual
from _pictures import composite, drawing, exif, write_goldens
from PIL import Image, ImageOps

pillow_heif.register_heif_opener()


def heic(array, mode="RGB", **options):
    buffer = io.BytesIO()
    Image.fromarray(array, mode).save(buffer, "HEIF", **{"quality": 80, **options})
    return buffer.getvalue()


def heic_bits(array, bits):
    """A HEIC of 10 or 12 bits."""
    pillow_heif.options.SAVE_HDR_TO_12_BIT = bits == 12
    picture = pillow_heif.from_bytes(
        mode="RGB;16", size=array.shape[1::-1], data=(array.astype(np.uint16) * 257).tobytes()
    )
    buffer = io.BytesIO()
    picture.save(buffer, quality=80)
    return buffer.getvalue()


def avif(array, mode="RGB", **options):
    buffer = io.BytesIO()
    Image.fromarray(array, mode).save(buffer, "AVIF", **{"quality": 80, "speed": 6, **options})
    return buffer.getvalue()


def kinds():
    rgb, rgba, gray = drawing(62, 44), drawing(62, 44, 4), drawing(62, 44, 1)[:, :, 0]
    yield "heic-420", heic(rgb)
    yield "heic-444", heic(rgb, chroma=444)
    yield "heic-422", heic(rgb, chroma=422)
    yield "heic-gray", heic(gray, "L")
    yield "heic-alpha", heic(rgba, "RGBA")
    yield "heic-odd", heic(drawing(33, 47))
    yield "heic-10-bits", heic_bits(drawing(64, 48), 10)
    yield "heic-12-bits", heic_bits(drawing(64, 48), 12)
    yield "heic-lossless", heic(rgb, quality=-1, matrix_coefficients=0, chroma=444)
    for subsampling in ("4:2:0", "4:2:2", "4:4:4"):
        yield "avif-" + subsampling.replace(":", ""), avif(rgb, subsampling=subsampling)
    yield "avif-gray", avif(gray, "L")
    yield "avif-alpha", avif(rgba, "RGBA")
    yield "avif-odd", avif(drawing(33, 47))
    yield "avif-limited", avif(drawing(62, 44) // 2 + 60, range="limited")
    yield "avif-limited-gray", avif(gray, "L", range="limited")
    yield "avif-large", avif(drawing(200, 150, seed=3), quality=50)
    for value in range(2, 9):
        yield f"avif-orientation-{value}", avif(rgb, exif=exif(value))
    for value in (3, 6, 8):
        yield f"heic-orientation-{value}", heic(rgb, exif=exif(value))
    yield from unusual(*squares())


def squares():
    """A HEIC and an AVIF of 64x64 pixels."""
    return heic(drawing(64, 64)), avif(drawing(64, 64))


def refused():
    rgb = drawing(62, 44)
    for name, data in (("heic", heic(rgb)), ("avif", avif(rgb))):
        yield f"{name}-cut", "truncated-image", data[: len(data) * 2 // 3]
        yield f"{name}-in-boxes", "truncated-image", data[:150]
        yield f"{name}-head", "truncated-image", data[:20]
        without = data.replace(b"pitm", b"free")
        yield f"{name}-no-primary", "corrupt-image", without
    size = data.index(b"ispe") + 8
    large = struct.pack(">LL", 30000, 30000)
    yield "avif-large", "image-too-large", data[:size] + large + data[size + 8 :]
    yield from hostile(*squares())


def main():
    package = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else package / "Tests/RecImageTests/Fixtures/HEIF")
    folder.mkdir(parents=True, exist_ok=True)
    decoded, errors = [], []
    for name, data in kinds():
        (folder / f"{name}.heif").write_bytes(data)
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            picture = composite(ImageOps.exif_transpose(image), "#ffffff")
        Image.fromarray(picture).save(folder / f"{name}.png", optimize=True)
        decoded.append({"name": name})
    for name, code, data in refused():
        (folder / f"bad-{name}.heif").write_bytes(data)
        errors.append({"name": f"bad-{name}", "code": code})
    write_goldens(folder, {"decoded": decoded, "refused": errors})


if __name__ == "__main__":
    main()
