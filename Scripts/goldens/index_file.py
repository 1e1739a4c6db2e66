"""Writes a small index file of each version by Docs/FileFormat.md alone, for the tests to open and, the newest, to
compare with byte by byte.

Needs Python 3 and nothing else. Usage: index_file.py [FOLDER]
"""
import pathlib
import struct
import sys


def crc32c(data: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def u8(*values): return struct.pack(f"<{len(values)}B", *values)
def u32(*values): return struct.pack(f"<{len(values)}I", *values)
def u64(*values): return struct.pack(f"<{len(values)}Q", *values)
def f32(*values): return struct.pack(f"<{len(values)}f", *values)
def f64(*values): return struct.pack(f"<{len(values)}d", *values)


def text(value: str) -> bytes:
    data = value.encode()
    return u32(len(data)) + data


def texts(values) -> bytes:
    data = [value.encode() for value in values]
    ends = [sum(map(len, data[: i + 1])) for i in range(len(data))]
    return u64(len(data), *ends) + b"".join(data)


def optional_texts(values) -> bytes:
    return texts([value or "" for value in values]) + u8(*[value is not None for value in values])


def attribute(name, rows, version) -> list:
    different = sorted({value for row in rows for value in row}, key=str.encode)
    codes = [different.index(value) for row in rows for value in row]
    start = text(name) + texts(different)
    if version == 1:
        return [(5, start + u32(*[len(row) for row in rows]) + u32(*codes))]
    ends = [sum(map(len, rows[: i + 1])) for i in range(len(rows))]
    return [(5, start), (10, u32(*ends) + u32(*codes))]


recipe = u32(2) + text("backbone") + text("golden") + text("weights") + text("00ff")
attributes = (
    u32(2)
    + text("gender") + f64(2.0) + u32(3) + u8(0) + text("Men") + u8(0) + text("Women") + u8(2) + u32(0)
    + text("tags") + f64(0.5) + u32(3) + u8(0) + text("x") + u8(0) + text("y") + u8(1)
    + u32(2) + u8(0) + text("rare") + u8(0) + text("rarer")
)
space = u32(2) + text("image") + u8(0) + u64(3) + recipe + text("metadata") + u8(1) + attributes

# Rows: "a", "b", "c" and "é", which comes last by bytes. "b" lacks the metadata block, "é" the picture.
values = [("gender", [["Men"], [], ["Men"], ["Women"]]), ("tags", [["y", "x"], ["rare"], ["x", "y"], []])]
rows = [f32(1, 0, 0), f32(0, -1, 0), f32(0, 0.6, 0.8), f32(0, 0, 0)]


def sections(version):
    """Kind, number, content, and the content that the checksum is of."""
    row_checksums = u32(*map(crc32c, rows))
    result = [
        (1, 0, space),
        (2, 0, texts(["a", "b", "c", "é"])),
        (3, 0, optional_texts(["Shirt", None, "", "Robe d'été"])),
        (4, 0, optional_texts(["a.jpg", "b.jpg", "c.jpg", None])),
        (9, 0, u32(2) + text("made by") + text("a script") + text("weights") + text("golden.pth")),
    ]
    for number, (name, column) in enumerate(values):
        result += [(kind, number, content) for kind, content in attribute(name, column, version)]
    result.append((7, 0, u8(1, 1, 1, 0)))
    if version > 1:
        result.append((11, 0, row_checksums))
    result.append((6, 0, b"".join(rows)))
    result.append((8, 1, u64(2) + u32(3, 1) + u32(0, 3, 4) + u32(1) + u32(0, 0xFFFFFFFF, 0, 1)))
    return [(*entry, row_checksums if entry[0] == 6 and version > 1 else entry[2]) for entry in result]


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 64)


def index_bytes(version, parts, count: int) -> bytes:
    """The bytes of an index file of `count` products."""
    table, body = b"", b""
    start = len(padded(bytes(64 + 32 * len(parts))))
    for kind, number, content, checked in parts:
        body = padded(body)
        table += u32(kind, number) + u64(start + len(body), len(content)) + u32(crc32c(checked), 0)
        body += content

    def header(checksum: int) -> bytes:
        fixed = b"\x89RECIDX\n" + u32(version, len(parts)) + u64(start + len(body), count) + u32(checksum)
        return padded(fixed.ljust(64, b"\0") + table)

    return header(crc32c(header(0))) + body


if __name__ == "__main__":
    root = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "Tests/RecIndexTests/Fixtures/Persistence"
    for version in (1, 2):
        (folder / f"version-{version}.index").write_bytes(index_bytes(version, sections(version), 4))
