"""Goldens of JPEG decoding, resizing and preprocessing for RecImageTests.

Needs numpy, Pillow >= 13, torch, torchvision, timm and keras. Pillow must be built with libjpeg-turbo.
Usage: python Scripts/goldens/images.py [FOLDER]
FOLDER defaults to Tests/RecImageTests/Fixtures/Pictures beside this script's package. All pictures are drawn by
formula; the same versions of the packages write the same bytes.

Pixel values are compared by the CRC-32C of the interleaved RGB bytes, tensors by that of the little-endian floats.
"""

import io
import json
import os
import pathlib
import struct
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import timm.data
from keras.applications.imagenet_utils import preprocess_input
from _crc32c import crc32c
from PIL import Image, ImageFile, ImageOps
from torchvision import transforms
from torchvision.models import ResNet50_Weights

FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "box": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}


def checksum(array):
    return crc32c(np.ascontiguousarray(array).tobytes())


def noise(seed, count):
    """Bytes from SplitMix64 over a counter; the tests compute the same."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(56)).astype(np.uint8)


def drawing(width, height, channels=3, seed=1):
    """A smooth, coloured, slightly noisy picture with edges."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    planes = []
    for c in range(channels):
        wave = 128 + 80 * np.sin(x / (7 + 3 * c) + seed) * np.cos(y / (11 - 2 * c)) + 30 * ((x + 2 * y) // 17 % 2)
        planes.append(wave)
    grain = noise(seed, width * height * channels).reshape(height, width, channels).astype(float) / 16
    return np.clip(np.stack(planes, -1) + grain, 0, 255).astype(np.uint8)


def jpeg(array, mode="RGB", **options):
    buffer = io.BytesIO()
    array = array[:, :, 0] if array.shape[2] == 1 else array
    Image.fromarray(array, mode).save(buffer, "JPEG", **{"quality": 88, **options})
    return buffer.getvalue()


def find_segment(data, marker):
    """The offset of a marker before the first scan."""
    position = 2
    while data[position + 1] != marker:
        position += 2 + struct.unpack(">H", data[position + 2 : position + 4])[0]
    return position


def insert_segment(data, marker, payload):
    return data[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload + data[2:]


def remove_segment(data, marker):
    start = find_segment(data, marker)
    return data[:start] + data[start + 2 + struct.unpack(">H", data[start + 2 : start + 4])[0] :]


def with_size(data, width, height, marker=0xC0):
    start = find_segment(data, marker)
    return data[: start + 5] + struct.pack(">HH", height, width) + data[start + 9 :]


def with_sampling(data, factors, marker=0xC0):
    """Relabels the sampling factors of the components; the picture is scrambled but valid."""
    out = bytearray(data)
    start = find_segment(data, marker)
    for index, factor in enumerate(factors):
        out[start + 11 + 3 * index] = factor
    return bytes(out)


def tiff(order, entries, pad=b""):
    """An EXIF payload with one directory; entries are (tag, type, count, four bytes of value)."""
    body = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "L", 8)
    body += struct.pack(order + "H", len(entries))
    for tag, kind, count, value in entries:
        body += struct.pack(order + "HHL", tag, kind, count) + value
    return b"Exif\0\0" + body + struct.pack(order + "L", 0) + pad


def orientation_exif(value, order="<"):
    return tiff(order, [(0x0112, 3, 1, struct.pack(order + "HH", value, 0))])


def pictures():
    """Names and bytes of pictures that Pillow opens."""
    base = drawing(61, 43)
    wide = drawing(160, 96, seed=3)
    plain = jpeg(base)
    yield "baseline-444", jpeg(base, subsampling=0)
    yield "baseline-422", jpeg(base, subsampling=1)
    yield "baseline-420", jpeg(wide, subsampling=2)
    yield "baseline-411", jpeg(base, subsampling="4:1:1")
    yield "baseline-440", with_size(
        with_sampling(jpeg(drawing(64, 40), subsampling=1), [0x12, 0x11, 0x11]), 31, 77
    )
    yield "baseline-441", with_size(
        with_sampling(jpeg(drawing(64, 40), subsampling="4:1:1"), [0x14, 0x11, 0x11]), 14, 155
    )
    yield "progressive-420", jpeg(wide, progressive=True)
    yield "progressive-444", jpeg(base, progressive=True, subsampling=0)
    yield "progressive-gray", jpeg(drawing(47, 80, 1), "L", progressive=True)
    yield "gray", jpeg(drawing(47, 80, 1), "L")
    yield "one-pixel", jpeg(drawing(1, 1))
    yield "one-column", jpeg(drawing(1, 90))
    yield "one-row", jpeg(drawing(90, 1))
    yield "odd-53x80", jpeg(drawing(53, 80))
    yield "rgb", jpeg(base, keep_rgb=True)
    yield "rgb-ids", remove_segment(jpeg(base, keep_rgb=True), 0xEE)
    yield "restart-blocks", jpeg(base, restart_marker_blocks=2)
    yield "restart-rows", jpeg(wide, restart_marker_rows=1, progressive=True)
    yield "optimized", jpeg(base, optimize=True)
    yield "quality-1", jpeg(base, quality=1)
    yield "quality-100", jpeg(drawing(40, 24), quality=100, subsampling=0)
    table = [min(65535, 300 + 3 * i) for i in range(64)]
    yield "sixteen-bit-tables", jpeg(base, qtables=[table, table])
    yield "icc", jpeg(base, icc_profile=bytes(noise(5, 300)))
    yield "comment-and-junk", plain[:2] + b"\xff\xff" + plain[2:-2] + b"\xff\xd9 trailing bytes"
    yield "extraneous-data", plain[:-2] + b"\0\0\0\0" + plain[-2:]
    inked = drawing(45, 38, 4, seed=4)
    yield "cmyk", jpeg(inked, "CMYK")
    yield "cmyk-420", jpeg(inked, "CMYK", subsampling=2)
    yield "cmyk-progressive", jpeg(inked, "CMYK", progressive=True)
    yield "cmyk-unmarked", remove_segment(jpeg(inked, "CMYK"), 0xEE)
    for name, options in {"ycck": {}, "ycck-420": {"subsampling": 2}}.items():
        data = bytearray(jpeg(inked, "CMYK", **options))
        data[find_segment(bytes(data), 0xEE) + 15] = 2
        yield name, bytes(data)
    data = bytearray(jpeg(inked, "CMYK"))
    data[find_segment(bytes(data), 0xEE) + 15] = 9
    yield "adobe-unknown", bytes(data)
    for value in range(1, 9):
        yield f"exif-{value}", insert_segment(jpeg(drawing(37, 22)), 0xE1, orientation_exif(value, "<>"[value % 2]))


def metadata():
    """Names and bytes of a picture with odd orientation entries."""
    plain = jpeg(drawing(24, 16), subsampling=0)
    bare = remove_segment(plain, 0xE0)
    short = lambda value: struct.pack("<HH", value, 0)
    entry = (0x0112, 3, 1, short(6))
    xmp = b"http://ns.adobe.com/xap/1.0/\0"
    cases = {
        "zero": orientation_exif(0),
        "nine": orientation_exif(9),
        "long": tiff("<", [(0x0112, 4, 1, struct.pack("<L", 6))]),
        "byte": tiff("<", [(0x0112, 1, 1, b"\6\0\0\0")]),
        "signed-byte": tiff("<", [(0x0112, 6, 1, b"\6\0\0\0")]),
        "text": tiff("<", [(0x0112, 2, 2, b"6\0\0\0")]),
        "float": tiff("<", [(0x0112, 11, 1, struct.pack("<f", 6.0))]),
        "two-values": tiff("<", [(0x0112, 3, 2, struct.pack("<HH", 6, 3))]),
        "no-values": tiff("<", [(0x0112, 3, 0, short(6))]),
        "unknown-type-then-good": tiff("<", [(0x0112, 99, 1, short(3)), entry]),
        "twice": tiff("<", [(0x0112, 3, 1, short(8)), entry]),
        "rational": tiff("<", [(0x0112, 5, 1, struct.pack("<L", 26))], struct.pack("<LL", 12, 2)),
        "double": tiff("<", [(0x0112, 12, 1, struct.pack("<L", 26))], struct.pack("<d", 6.0)),
        "outside-before": tiff("<", [(0x010F, 2, 20, struct.pack("<L", 60)), entry], b"\0" * 30),
        "too-big-before": tiff("<", [(0x010F, 2, 2000, struct.pack("<L", 60)), entry], b"\0" * 30),
        "cut-in-entry": orientation_exif(6)[:-8],
        "cut-after-entry": orientation_exif(6)[:-4],
        "count-too-high": orientation_exif(6)[:14] + b"\xff\xff" + orientation_exif(6)[16:],
        "swapped-magic": orientation_exif(6, ">").replace(b"MM\0*", b"MM*\0"),
        "offset-far": orientation_exif(6)[:10] + struct.pack("<L", 9999) + orientation_exif(6)[14:],
        "doubled-prefix": b"Exif\0\0" + orientation_exif(6),
        "empty": b"Exif\0\0",
    }
    for name, payload in cases.items():
        yield name, insert_segment(bare, 0xE1, payload)
    split = orientation_exif(6)
    yield "split", insert_segment(insert_segment(bare, 0xE1, b"Exif\0\0" + split[20:]), 0xE1, split[:20])
    yield "not-tiff", insert_segment(bare, 0xE1, b"Exif\0\0garbage garbage")
    yield "xmp-attribute", insert_segment(bare, 0xE1, xmp + b'<x tiff:Orientation="8"/>')
    yield "xmp-element", insert_segment(plain, 0xE1, xmp + b"<tiff:Orientation>3</tiff:Orientation>")
    yield "xmp-after-exif", insert_segment(
        insert_segment(bare, 0xE1, xmp + b'<x tiff:Orientation="8"/>'), 0xE1, orientation_exif(6)
    )
    yield "xmp-when-exif-is-silent", insert_segment(
        insert_segment(bare, 0xE1, xmp + b'<x tiff:Orientation="8"/>'), 0xE1, tiff("<", [])
    )


def outcome(data, lenient=False):
    """Pillow's picture, or None when it refuses."""
    ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    try:
        with Image.open(io.BytesIO(data)) as image:
            return np.asarray(image.convert("RGB"))
    except (OSError, SyntaxError):
        return None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def cuts():
    """How far a file may be cut before Pillow refuses, and what its lenient mode keeps."""
    files = {
        "baseline-420": jpeg(drawing(160, 96, seed=3), subsampling=2),
        "progressive-420": jpeg(drawing(160, 96, seed=3), progressive=True),
        "gray": jpeg(drawing(47, 80, 1), "L"),
        "quality-100": jpeg(drawing(40, 24), quality=100, subsampling=0),
    }
    for name, data in files.items():
        start = data.index(b"\xff\xda") + 20
        steps = [start + (len(data) - start) * k // 5 for k in range(1, 5)]
        if name == "progressive-420":
            # Incomplete scans are smoothed, and libjpeg-turbo 3 smooths otherwise than 2.1.
            steps = []
        for count in steps + [len(data) - k for k in (4, 3, 2, 1)]:
            strict, kept = outcome(data[:count]), outcome(data[:count], lenient=True)
            yield {
                "name": name,
                "count": count,
                "strict": None if strict is None else checksum(strict),
                "lenient": checksum(kept),
            }


def random_resizes():
    draw = np.random.default_rng(11)
    for index in range(240):
        width, height = (int(v) for v in draw.integers(1, 48, 2))
        new_width, new_height = (int(v) for v in draw.integers(1, 64, 2))
        kind = index % 8
        if kind == 1:
            new_width = width
        elif kind == 2:
            new_height = height
        elif kind == 3:
            height = int(draw.integers(150, 500))
            width = int(draw.integers(1, 5))
        elif kind == 4:
            width = int(draw.integers(150, 500))
            height = int(draw.integers(1, 5))
        name = list(FILTERS)[index % 5]
        pixels = noise(index, width * height * 3).reshape(height, width, 3)
        resized = Image.fromarray(pixels).resize((new_width, new_height), FILTERS[name])
        yield [width, height, new_width, new_height, name, checksum(np.asarray(resized))]


def presets():
    lite = transforms.Compose(
        [transforms.Resize(256, transforms.InterpolationMode.BICUBIC), transforms.CenterCrop(224)]
    )

    def keras_caffe(image):
        if image.size != (224, 224):
            image = image.resize((224, 224), Image.Resampling.NEAREST)
        array = keras.utils.img_to_array(image, data_format="channels_last")[None]
        return preprocess_input(array, data_format="channels_last", mode="caffe")[0].transpose(2, 0, 1)

    def efficientnet_lite(image):
        return ((np.asarray(lite(image), dtype=np.float32) - np.float32(127)) / np.float32(128)).transpose(2, 0, 1)

    def timm_transform(size, fraction):
        return timm.data.create_transform(size, interpolation="bicubic", crop_pct=fraction, is_training=False)

    references = {
        "torchvisionV1": ResNet50_Weights.IMAGENET1K_V1.transforms(),
        "torchvisionV2": ResNet50_Weights.IMAGENET1K_V2.transforms(),
        "kerasCaffe": keras_caffe,
        "efficientNetLite0": efficientnet_lite,
        "timm224": timm_transform(224, 0.95),
        "timm288": timm_transform(288, 1.0),
    }
    sizes = [(60, 80), (300, 200), (224, 224), (256, 301), (232, 232), (33, 400), (500, 21), (5, 1200), (451, 449)]
    for index, (width, height) in enumerate(sizes):
        image = Image.fromarray(noise(1000 + index, width * height * 3).reshape(height, width, 3))
        for name, transform in references.items():
            tensor = np.ascontiguousarray(transform(image), dtype=np.float32)
            yield {
                "preset": name,
                "seed": 1000 + index,
                "width": width,
                "height": height,
                "crc": checksum(tensor),
                "samples": [float(v) for v in tensor.ravel()[:: tensor.size // 5]],
            }


def main():
    package = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else package / "Tests/RecImageTests/Fixtures/Pictures")
    folder.mkdir(parents=True, exist_ok=True)
    decoded = []
    for name, data in pictures():
        (folder / f"{name}.jpg").write_bytes(data)
        with Image.open(io.BytesIO(data)) as image:
            stored = np.asarray(image.convert("RGB"))
            upright = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
        resized = Image.fromarray(upright).resize((29, 31), Image.Resampling.BICUBIC)
        decoded.append(
            {
                "name": name,
                "width": upright.shape[1],
                "height": upright.shape[0],
                "stored": checksum(stored),
                "upright": checksum(upright),
                "resized": checksum(np.asarray(resized)),
            }
        )
    oriented = []
    for name, data in metadata():
        (folder / f"metadata-{name}.jpg").write_bytes(data)
        with Image.open(io.BytesIO(data)) as image:
            upright = np.asarray(ImageOps.exif_transpose(image))
        oriented.append({"name": name, "upright": checksum(upright)})
    lossless = jpeg(drawing(61, 43), subsampling=0).replace(b"\xff\xc0", b"\xff\xc3", 1)
    (folder / "lossless.jpg").write_bytes(lossless)
    twelve = bytearray(jpeg(drawing(61, 43), subsampling=0))
    twelve[find_segment(bytes(twelve), 0xC0) + 4] = 12
    (folder / "twelve-bits.jpg").write_bytes(bytes(twelve))
    (folder / "huge.jpg").write_bytes(with_size(jpeg(drawing(16, 16)), 65500, 65500))
    (folder / "large-header.jpg").write_bytes(with_size(jpeg(drawing(16, 16)), 12000, 12000))
    goldens = {
        "decoded": decoded,
        "oriented": oriented,
        "cuts": list(cuts()),
        "resizes": list(random_resizes()),
        "presets": list(presets()),
    }
    lines = [f'"{key}": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]" for key, rows in goldens.items()]
    (folder / "goldens.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
