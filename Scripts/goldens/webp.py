"""Goldens of WebP decoding for RecImageTests: files of every kind, and what Pillow makes of them.

Needs numpy and Pillow >= 13. Usage: python Scripts/goldens/webp.py [FOLDER]
FOLDER defaults to Tests/RecImageTests/Fixtures/WebP beside this script's package.
"""

import io
import pathlib
import struct
import sys

import numpy as np
from _pictures import answer, drawing, exif, write_goldens
from PIL import Image

ALPHA, EXIF, XMP, ANIMATION = 0x10, 0x08, 0x04, 0x02


def webp(array, **options):
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "WEBP", **{"quality": 80, "method": 4, **options})
    return buffer.getvalue()


def chunk(name, content):
    return name.encode() + struct.pack("<L", len(content)) + content + b"\0" * (len(content) % 2)


def riff(*chunks):
    content = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<L", len(content)) + content


def chunks(data):
    """The chunks of a file, by name."""
    found, position = {}, 12
    while position + 8 <= len(data):
        size = struct.unpack("<L", data[position + 4 : position + 8])[0]
        found[data[position : position + 4].decode()] = data[position + 8 : position + 8 + size]
        position += 8 + size + size % 2
    return found


def pixels(data):
    """The chunks of a still picture that hold its pixels."""
    found = chunks(data)
    return b"".join(chunk(name, found[name]) for name in ("ALPH", "VP8 ", "VP8L") if name in found)


def triple(number):
    return struct.pack("<L", number)[:3]


def extended(flags, width, height):
    return chunk("VP8X", struct.pack("<L", flags) + triple(width - 1) + triple(height - 1))


def frame(data, left, top, width, height, blend=0):
    head = b"".join(triple(value) for value in (left // 2, top // 2, width - 1, height - 1, 100)) + bytes([blend])
    return chunk("ANMF", head + pixels(data))


def animation(flags, width, height, *frames):
    return riff(extended(flags | ANIMATION, width, height), chunk("ANIM", struct.pack("<LH", 0xFF102030, 0)), *frames)


def kinds():
    rgb, rgba = drawing(61, 43), drawing(61, 43, 4)
    yield "lossy", webp(rgb)
    yield "lossy-low", webp(rgb, quality=5)
    yield "lossy-high", webp(rgb, quality=100)
    yield "lossy-alpha", webp(rgba)
    yield "lossy-alpha-low", webp(rgba, alpha_quality=10)
    yield "lossy-large", webp(drawing(150, 131, seed=3), quality=40)
    yield "lossless", webp(rgb, lossless=True)
    yield "lossless-alpha", webp(rgba, lossless=True)
    yield "lossless-palette", webp(rgb // 128 * 127, lossless=True)
    yield "lossless-large", webp(drawing(150, 131, seed=3) // 16 * 16, lossless=True)
    yield "near-lossless-exact", webp(rgba, lossless=True, exact=True, quality=20)
    yield "one-pixel", webp(drawing(1, 1))
    yield "one-column", webp(drawing(1, 50))
    yield "one-row", webp(drawing(50, 1), lossless=True)
    yield "odd-33x47", webp(drawing(33, 47))
    # No chunk says that there is alpha, but the pixels have it.
    yield "alpha-unannounced", riff(extended(0, 61, 43), pixels(webp(rgba)))
    yield "bytes-behind", webp(rgb) + b"more" * 8


def animations():
    first, second = drawing(31, 25, 4), drawing(31, 25, 4, seed=5)
    buffer = io.BytesIO()
    Image.fromarray(first).save(
        buffer, "WEBP", save_all=True, append_images=[Image.fromarray(second)], duration=100, lossless=True
    )
    yield "animated", buffer.getvalue()
    for name, options in {"lossy": {}, "lossless": {"lossless": True}}.items():
        for flags in (0, ALPHA):
            for channels in (3, 4):
                picture = webp(drawing(31, 25, channels), **options)
                name_of_it = f"animated-{name}-{channels}-channels" + ("-alpha" if flags else "")
                yield name_of_it, animation(
                    flags, 60, 50, frame(picture, 12, 16, 31, 25), frame(picture, 0, 0, 31, 25)
                )


def metadata():
    plain = drawing(24, 20)
    for value in range(1, 9):
        yield f"exif-{value}", webp(plain, exif=exif(value, "<>"[value % 2]))
    yield "exif-prefix", webp(plain, exif=b"Exif\0\0" + exif(6))
    packet = b'<x:xmpmeta><rdf tiff:Orientation="8"/></x:xmpmeta>'
    yield "xmp", webp(plain, xmp=packet)
    yield "xmp-after-exif", webp(plain, xmp=packet, exif=exif(3))
    yield "icc", webp(plain, icc_profile=b"x" * 200)


def refused():
    rgb = drawing(61, 43)
    lossy, lossless = webp(rgb), webp(rgb, lossless=True)
    yield "cut", "truncated-image", lossy[: len(lossy) // 2]
    yield "cut-lossless", "truncated-image", lossless[: len(lossless) // 2]
    yield "two-bytes-lost", "truncated-image", lossy[:-2]
    yield "header-alone", "truncated-image", lossy[:20]
    yield "signature-alone", "truncated-image", lossy[:12]
    yield "other-chunk", "truncated-image", lossy[:12] + b"ABCD" + lossy[16:]
    yield "start-code", "corrupt-image", lossy.replace(b"\x9d\x01\x2a", b"\x9d\x01\x2b", 1)
    yield "no-frame", "corrupt-image", riff(extended(0, 20, 20))
    yield "canvas", "corrupt-image", riff(extended(0, 60, 43), pixels(lossy))
    yield "frame-outside", "corrupt-image", animation(0, 40, 40, frame(webp(drawing(31, 25)), 12, 16, 31, 25))
    damaged = bytearray(lossless)
    damaged[40:60] = b"\xff" * 20
    yield "lossless-code", "corrupt-image", bytes(damaged)
    yield "large-canvas", "image-too-large", animation(
        ALPHA, 16384, 16384, frame(webp(drawing(31, 25)), 12, 16, 31, 25)
    )


def main():
    package = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else package / "Tests/RecImageTests/Fixtures/WebP")
    folder.mkdir(parents=True, exist_ok=True)
    decoded, errors = [], []
    for group in (kinds, animations, metadata):
        for name, data in group():
            (folder / f"{name}.webp").write_bytes(data)
            decoded.append(answer(name, data))
    rows = np.broadcast_to(np.arange(3000)[:, None, None] % 200, (3000, 4000, 3))
    (folder / "large.webp").write_bytes(webp(rows.astype(np.uint8), quality=0, method=0))
    for name, code, data in refused():
        (folder / f"bad-{name}.webp").write_bytes(data)
        errors.append({"name": f"bad-{name}", "code": code})
        try:
            with Image.open(io.BytesIO(data)) as image:
                image.load()
            print(f"Pillow opens {name}")
        except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
            pass
    write_goldens(folder, {"decoded": decoded, "refused": errors})


if __name__ == "__main__":
    main()
