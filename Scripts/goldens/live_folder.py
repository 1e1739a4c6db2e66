"""Writes the folder of a small live index by Docs/FileFormat.md alone, for the tests to open and to compare with.

Four products are added and sealed; a second call replaces "b" and removes "c", a third one adds "d".

Beside it, the file of notes of another index.

Needs Python 3 and nothing else. Usage: live_folder.py [OUTPUT]
"""
import pathlib
import sys

from index_file import crc32c, f32, index_bytes, sections, space, text, u8, u32, u64


def optional_text(value) -> bytes:
    return u8(0) if value is None else u8(1) + text(value)


def upsert(product, title, picture, attributes, image, columns) -> bytes:
    data = u8(1) + text(product) + optional_text(title) + optional_text(picture) + u32(len(attributes))
    for name, values in attributes:
        data += text(name) + u32(len(values)) + b"".join(map(text, values))
    data += u8(0) if image is None else u8(1) + f32(*image)
    return data + (u8(0) if columns is None else u8(2) + u32(len(columns)) + u32(*columns))


def remove(product) -> bytes:
    return u8(2) + text(product)


def record(call: int, *changes: bytes) -> bytes:
    payload = u32(len(changes)) + b"".join(changes)
    start = u64(len(payload), call)
    return start + u32(crc32c(start + payload), 0) + payload


def slot(call: int, log: int, end: int) -> bytes:
    data = b"\x89RECCMT\n" + u64(call, log, end)
    return (data + u32(crc32c(data))).ljust(64, b"\0")


notes = (u32(0), u32(0))
segment = index_bytes(2, [(k, n, *(notes if k == 9 else parts)) for k, n, *parts in sections(2)], 4)
payload = space + u64(2, 2) + u32(1) + u64(1, len(segment)) + u32(crc32c(segment[:4096])) + u64(0)
manifest = b"\x89RECLIV\n" + u32(1, crc32c(payload)) + u64(len(payload)) + payload

start = b"\x89RECLOG\n" + u64(2, 2)
log = start + u32(crc32c(start), 0)
log += record(
    2,
    upsert("b", "Blouse", None, [("gender", ["Women"]), ("tags", ["x", "y"])], (0, 0.6, 0.8), [1, 3, 4]),
    remove("c"),
)
middle = len(log)
log += record(3, upsert("d", None, "d.jpg", [], None, [2]))

root = pathlib.Path(__file__).resolve().parents[2]
default = root / "Tests/RecIndexTests/Fixtures/Live/version-1"
output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
output.mkdir(parents=True, exist_ok=True)
(output / "segment-1.index").write_bytes(segment)
(output / "manifest").write_bytes(manifest)
(output / "log-2").write_bytes(log)
(output / "commit").write_bytes(slot(2, 2, middle) + slot(3, 2, len(log)))

# The notes of another index, which its creator gave.
payload = u32(3) + b"".join(map(text, ["", "no name", "encoder.missing", "skip", "encoder.unknown", "ä"]))
notes = b"\x89RECNOT\n" + u32(1, crc32c(payload)) + u64(len(payload)) + payload
(output.parent / "notes").write_bytes(notes)
