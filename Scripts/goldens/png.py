"""Goldens of PNG decoding for RecImageTests: files of every kind, and what Pillow makes of them.

Needs numpy and Pillow >= 13. Usage: python Scripts/goldens/png.py [FOLDER]
FOLDER defaults to Tests/RecImageTests/Fixtures/PNG beside this script's package. The files are written by this script,
since Pillow writes neither all depths nor interlaced pictures.
"""

import io
import pathlib
import struct
import sys
import zlib

import numpy as np
from _pictures import answer, drawing, exif, write_goldens
from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(name, content=b"", checksum=None):
    name = name.encode()
    return (
        struct.pack(">L", len(content))
        + name
        + content
        + struct.pack(">L", zlib.crc32(name + content) if checksum is None else checksum)
    )


def header(width, height, depth, color, interlaced=0):
    return chunk("IHDR", struct.pack(">LLBBBBB", width, height, depth, color, 0, 0, interlaced))


def packed(samples, depth):
    """Rows of samples as bytes; samples are 16 bits wide."""
    height = samples.shape[0]
    if depth == 16:
        return samples.astype(">u2").reshape(height, -1).view(np.uint8)
    if depth == 8:
        return samples.astype(np.uint8).reshape(height, -1)
    bits = np.unpackbits(samples.astype(np.uint8).reshape(height, -1, 1), axis=2)[:, :, 8 - depth :]
    return np.packbits(bits.reshape(height, -1), axis=1)


def filtered(rows, step, first=0):
    """Rows with a filter each, all five in turn."""
    out = bytearray()
    above = np.zeros(rows.shape[1], np.int64)
    for index, row in enumerate(rows.astype(np.int64)):
        kind = (index + first) % 5
        left = np.concatenate([np.zeros(step, np.int64), row])[: row.size]
        corner = np.concatenate([np.zeros(step, np.int64), above])[: row.size]
        guess = left + above - corner
        a, b, c = abs(guess - left), abs(guess - above), abs(guess - corner)
        paeth = np.where((a <= b) & (a <= c), left, np.where(b <= c, above, corner))
        base = [0 * row, left, above, (left + above) // 2, paeth][kind]
        out += bytes([kind]) + ((row - base) & 255).astype(np.uint8).tobytes()
        above = row
    return bytes(out)


def raw(samples, depth, color, interlaced=False):
    """The filtered bytes of a picture; samples have the shape height, width, channels."""
    step = max(1, CHANNELS[color] * depth // 8)
    if not interlaced:
        return filtered(packed(samples, depth), step)
    passes = [samples[y::down, x::across] for x, y, across, down in ADAM7]
    return b"".join(filtered(packed(part, depth), step, n) for n, part in enumerate(passes) if part.size)


def png(samples, depth, color, interlaced=False, before=b"", after=b"", pieces=1, data=None, end=chunk("IEND")):
    height, width = samples.shape[:2]
    data = zlib.compress(raw(samples, depth, color, interlaced), 9) if data is None else data
    size = -(-len(data) // pieces)
    parts = b"".join(chunk("IDAT", data[k : k + size]) for k in range(0, len(data), size))
    return SIGNATURE + header(width, height, depth, color, int(interlaced)) + before + parts + after + end


def samples(width, height, depth, color, seed=1):
    """A drawing in samples of a depth."""
    picture = drawing(width, height, CHANNELS[color], seed).astype(np.uint32)
    if depth == 16:
        # Dark enough that 16-bit gray is not all clipped.
        return (picture * 257 >> (7 if color == 0 else 0)) + picture % 7
    return picture >> (8 - depth)


def palette(count):
    return bytes((37 * index + 91 * c * index + 50 * c) % 256 for index in range(count) for c in range(3))


def profile(record):
    """EXIF as ImageMagick writes it into text."""
    return b"\nexif\n%8d\n" % (len(record) + 6) + (b"Exif\0\0" + record).hex().encode() + b"\n"


def text(name, keyword, value):
    if name == "tEXt":
        return chunk(name, keyword + b"\0" + value)
    if name == "zTXt":
        return chunk(name, keyword + b"\0\0" + zlib.compress(value))
    return chunk(name, keyword + b"\0\1\0\0\0" + zlib.compress(value))


def kinds():
    """Every colour type, depth and interlacing."""
    for color, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}.items():
        for depth in depths:
            for interlaced in (False, True):
                before = chunk("PLTE", palette(1 << depth)) if color == 3 else b""
                name = f"color-{color}-depth-{depth}" + ("-interlaced" if interlaced else "")
                yield name, png(samples(37, 29, depth, color), depth, color, interlaced, before)


def transparent():
    """Transparent colours and palettes."""
    for depth in (1, 2, 4, 8, 16):
        picture = samples(37, 29, depth, 0)
        for name, key in {"sample": int(picture[5, 5, 0]), "gray": 0x55 if depth < 8 else 255}.items():
            trns = chunk("tRNS", struct.pack(">H", key))
            yield f"transparent-gray-{depth}-{name}", png(picture, depth, 0, before=trns)
    for depth in (8, 16):
        picture = samples(37, 29, depth, 2)
        picture[4:20, 6:30] = picture[5, 5]
        trns = chunk("tRNS", struct.pack(">HHH", *(int(v) for v in picture[5, 5])))
        yield f"transparent-rgb-{depth}", png(picture, depth, 2, before=trns, interlaced=depth == 8)
    picture = samples(37, 29, 8, 3)
    colors = chunk("PLTE", palette(256))
    yield "transparent-index", png(picture, 8, 3, before=colors + chunk("tRNS", b"\xff" * 90 + b"\0"))
    yield "transparent-palette", png(picture, 8, 3, before=colors + chunk("tRNS", bytes(range(0, 256, 2))))
    yield "transparent-after", png(picture, 8, 3, before=colors, after=chunk("tRNS", bytes(range(0, 256, 2))))
    yield "short-palette", png(picture, 8, 3, before=chunk("PLTE", palette(80)))
    yield "no-palette", png(picture, 8, 3, before=chunk("tRNS", b"\0\x80"))
    yield "no-transparency", png(samples(20, 21, 8, 6) | 0xFF, 8, 6)


def metadata():
    """Orientations."""
    picture = samples(24, 20, 8, 2)
    for value in range(1, 9):
        yield f"exif-{value}", png(picture, 8, 2, before=chunk("eXIf", exif(value, "<>"[value % 2])))
    yield "exif-after", png(picture, 8, 2, after=chunk("eXIf", exif(6)))
    yield "exif-twice", png(picture, 8, 2, before=chunk("eXIf", exif(6)), after=chunk("eXIf", exif(3)))
    yield "exif-prefix", png(picture, 8, 2, before=chunk("eXIf", b"Exif\0\0" + exif(8)))
    for name in ("tEXt", "zTXt"):
        yield f"profile-{name}", png(picture, 8, 2, before=text(name, b"Raw profile type exif", profile(exif(6))))
    yield "exif-in-text", png(picture, 8, 2, before=text("tEXt", b"exif", exif(5)))
    packet = b'<x:xmpmeta><rdf tiff:Orientation="8"/></x:xmpmeta>'
    yield "xmp", png(picture, 8, 2, before=text("iTXt", b"XML:com.adobe.xmp", packet))
    yield "xmp-after-exif", png(
        picture, 8, 2, before=text("iTXt", b"XML:com.adobe.xmp", packet) + chunk("eXIf", exif(3))
    )


def structures():
    """Files that are cut into other chunks than usual."""
    picture = samples(41, 33, 8, 2)
    yield "many-pieces", png(picture, 8, 2, pieces=900)
    yield "empty-pieces", png(picture, 8, 2, pieces=3).replace(chunk("IEND"), chunk("IDAT") * 2 + chunk("IEND"))
    yield "no-end", png(picture, 8, 2, end=b"")
    yield "bytes-behind", png(picture, 8, 2) + b"more" * 10
    data = zlib.compress(raw(picture, 8, 2), 9)
    yield "no-checksum-of-pixels", png(picture, 8, 2, data=data[:-4], end=b"")
    # Incompressible, so that nothing but its length keeps a decoder from the checksum at its end, which is wrong.
    surplus = np.random.default_rng(5).bytes(3 << 15)
    yield "surplus-of-pixels", png(picture, 8, 2, data=zlib.compress(raw(picture, 8, 2) + surplus, 9)[:-4] + b"abcd")
    wrong = png(picture, 8, 2)
    place = wrong.rindex(chunk("IEND")) - 4
    yield "wrong-checksum-of-chunk", wrong[:place] + b"abcd" + wrong[place + 4 :]
    small = zlib.compressobj(9, zlib.DEFLATED, 15)
    stream = small.compress(raw(samples(80, 40, 8, 2), 8, 2)) + small.flush()
    announced = bytes([0x18, 0x19]) + stream[2:]
    yield "small-window", png(samples(80, 40, 8, 2), 8, 2, data=announced)
    yield "unknown-chunks", png(picture, 8, 2, before=chunk("abCd", b"x" * 100), after=chunk("vpAg", b"y"))
    yield "one-pixel", png(samples(1, 1, 8, 2), 8, 2)
    yield "one-pixel-interlaced", png(samples(1, 1, 16, 6), 16, 6, True)
    yield "one-column-interlaced", png(samples(1, 70, 4, 0), 4, 0, True)
    yield "one-row-interlaced", png(samples(70, 1, 1, 0), 1, 0, True)
    yield "tall", png(samples(21, 300, 8, 4), 8, 4)


def animations():
    first, second = samples(30, 24, 8, 6), samples(30, 24, 8, 6, seed=4)
    frame = lambda number: struct.pack(">LLLLLHHBB", number, 30, 24, 0, 0, 1, 10, 0, 0)
    data = struct.pack(">L", 2) + zlib.compress(raw(second, 8, 6))
    control = chunk("acTL", struct.pack(">LL", 2, 0))
    yield "animated", png(
        first, 8, 6, before=control + chunk("fcTL", frame(0)), after=chunk("fcTL", frame(1)) + chunk("fdAT", data)
    )
    control = chunk("acTL", struct.pack(">LL", 1, 0))
    data = struct.pack(">L", 1) + data[4:]
    yield "animated-with-a-default", png(
        first, 8, 6, before=control, after=chunk("fcTL", frame(0)) + chunk("fdAT", data)
    )


def large():
    """Pictures of 12 million pixels in few bytes, for tests of memory."""
    rows = np.broadcast_to(np.arange(3000)[:, None, None] % 200, (3000, 4000, 3))
    buffer = io.BytesIO()
    Image.fromarray(rows.astype(np.uint8)).save(buffer, "PNG", compress_level=9)
    yield "large", buffer.getvalue()
    gray = rows[:, :, :1].astype(np.uint8)
    data = b"".join(
        b"".join(b"\0" + row.tobytes() for row in gray[y::down, x::across, 0]) for x, y, across, down in ADAM7
    )
    yield "large-interlaced", png(gray, 8, 0, True, data=zlib.compress(data, 9))


def refused():
    """Names, codes and bytes of files that are errors."""
    picture = samples(41, 33, 8, 2)
    good = png(picture, 8, 2)
    data = zlib.compress(raw(picture, 8, 2), 9)
    bomb = zlib.compress(b"\0" * (3 << 20), 9)
    yield "header-checksum", "corrupt-image", good[:29] + b"abcd" + good[33:]
    yield "color-type", "corrupt-image", SIGNATURE + header(8, 8, 8, 5) + chunk("IDAT", data)
    yield "depth", "corrupt-image", SIGNATURE + header(8, 8, 4, 2) + chunk("IDAT", data)
    yield "no-width", "corrupt-image", SIGNATURE + header(0, 8, 8, 2) + chunk("IDAT", data)
    yield "no-header", "corrupt-image", SIGNATURE + chunk("IDAT", data) + chunk("IEND")
    yield "no-pixels", "corrupt-image", SIGNATURE + header(8, 8, 8, 2) + chunk("IEND")
    yield "huge", "image-too-large", SIGNATURE + header(65000, 65000, 1, 0) + chunk("IDAT", data)
    yield "very-long", "image-too-large", SIGNATURE + header(0x7FFFFFFF, 1, 1, 0) + chunk("IDAT", data)
    yield "large-header", "truncated-image", SIGNATURE + header(12000, 12000, 8, 2) + chunk("IDAT", data)
    yield "bomb-in-text", "image-too-large", png(picture, 8, 2, before=chunk("zTXt", b"k\0\0" + bomb))
    yield "bomb-in-profile", "image-too-large", png(picture, 8, 2, before=chunk("iCCP", b"k\0\0" + bomb))
    yield "bomb-behind", "image-too-large", png(picture, 8, 2, after=chunk("iTXt", b"k\0\1\0\0\0" + bomb))
    yield "text-method", "corrupt-image", png(picture, 8, 2, before=chunk("zTXt", b"k\0\5" + bomb))
    yield "chunk-checksum", "corrupt-image", png(picture, 8, 2, before=chunk("tEXt", b"k\0v", 5))
    yield "chunk-length", "truncated-image", png(picture, 8, 2, before=b"\x7f\xff\xff\xfftEXt")
    yield "chunk-name", "corrupt-image", png(picture, 8, 2, before=b"\0\0\0\0\0\0\0\0\0\0\0\0")
    yield "cut-behind", "truncated-image", png(picture, 8, 2, end=b"\0\0\1\0tEXtabc")
    yield "filter", "corrupt-image", png(picture, 8, 2, data=zlib.compress(b"\7" + raw(picture, 8, 2)[1:]))
    yield "compression", "corrupt-image", png(picture, 8, 2, data=b"\x78\xda" + b"\xff" * 600)
    yield "frames-out-of-order", "corrupt-image", png(
        picture, 8, 2, before=chunk("acTL", struct.pack(">LL", 2, 0)), after=chunk("fdAT", struct.pack(">L", 5))
    )
    yield "palette-too-long", "corrupt-image", png(samples(9, 9, 8, 3), 8, 3, before=chunk("PLTE", b"\1" * 771))
    yield "key-too-short", "corrupt-image", png(picture, 8, 2, before=chunk("tRNS", b"\0\0"))


def stricter():
    """Files that Pillow opens although pixels are missing or changed."""
    picture = samples(41, 33, 8, 2)
    data = zlib.compress(raw(picture, 8, 2), 9)
    yield "checksum-of-pixels", "corrupt-image", png(picture, 8, 2, data=data[:-4] + b"abcd")
    short = zlib.compress(raw(picture, 8, 2)[: 124 * 20], 9)
    yield "missing-rows", "truncated-image", png(picture, 8, 2, data=short)


def main():
    package = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else package / "Tests/RecImageTests/Fixtures/PNG")
    folder.mkdir(parents=True, exist_ok=True)
    decoded, errors = [], []
    for group in (kinds, transparent, metadata, structures, animations):
        for name, data in group():
            (folder / f"{name}.png").write_bytes(data)
            decoded.append(answer(name, data))
    for name, data in large():
        (folder / f"{name}.png").write_bytes(data)
    for group in (refused, stricter):
        for name, code, data in group():
            (folder / f"bad-{name}.png").write_bytes(data)
            errors.append({"name": f"bad-{name}", "code": code})
            try:
                with Image.open(io.BytesIO(data)) as image:
                    image.load()
                    image.convert("RGBA")
                is_open = True
            except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
                is_open = False
            if is_open and group is refused and name not in ("large-header",):
                print(f"Pillow opens {name}")
    write_goldens(folder, {"decoded": decoded, "refused": errors})


if __name__ == "__main__":
    main()
