"""What the goldens of picture formats have in common: drawn pictures, EXIF records, and Pillow's answers."""

import io
import json
import struct

import numpy as np
from _crc32c import crc32c
from PIL import Image, ImageOps

#: Backgrounds of transparent pictures; the first is the default.
BACKGROUNDS = ["#ffffff", "#204080"]


def checksum(array):
    return crc32c(np.ascontiguousarray(array).tobytes())


def drawing(width, height, channels=3, seed=1):
    """A smooth, coloured picture with edges; the last of 2 or 4 channels is alpha, which is 0 and 255 in places."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    planes = []
    for c in range(channels):
        wave = 128 + 80 * np.sin(x / (7 + 3 * c) + seed) * np.cos(y / (11 - 2 * c)) + 30 * ((x + 2 * y) // 17 % 2)
        planes.append(wave * 1.6 - 80 if c in (1, 3) and c == channels - 1 else wave)
    return np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)


def exif(value, order="<"):
    """A TIFF record with an orientation."""
    body = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "LH", 8, 1)
    body += struct.pack(order + "HHLHH", 0x0112, 3, 1, value, 0)
    return body + struct.pack(order + "L", 0)


def composite(image, background):
    """The picture on a background, as RGB."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, background), image)
    return np.asarray(image.convert("RGB"))


def answer(name, data):
    """Pillow's picture of a file, as checksums."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        stored = composite(image, BACKGROUNDS[0])
        turned = ImageOps.exif_transpose(image)
        upright = [composite(turned, background) for background in BACKGROUNDS]
    return {
        "name": name,
        "width": upright[0].shape[1],
        "height": upright[0].shape[0],
        "stored": checksum(stored),
        "upright": checksum(upright[0]),
        "onBlue": checksum(upright[1]),
    }


def write_goldens(folder, goldens):
    lines = [f'"{key}": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]" for key, rows in goldens.items()]
    (folder / "goldens.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
