"""Goldens of JPEG files whose code or scans are incomplete, for RecImageTests.

Needs numpy and Pillow (built with libjpeg-turbo), and the programs cjpeg and jpegtran of libjpeg-turbo.
Usage: python Scripts/goldens/incomplete_scans.py [FOLDER]
FOLDER defaults to Tests/RecImageTests/Fixtures/Scans beside this script's package.

Each file has an expectation: `pixels`, the CRC-32C of what Pillow makes of it; `close`, the file whose pixels it nearly
has; or `refused`. Which coefficients a progressive file lacks is read from the headers of its scans here.
"""

import io
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from _crc32c import crc32c
from PIL import Image


def drawing(width, height):
    """A smooth, coloured picture with edges and fine grain."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    planes = [128 + 80 * np.sin(x / (7 + 3 * c)) * np.cos(y / (11 - 2 * c)) + 30 * ((x + 2 * y) // 17 % 2) for c in range(3)]
    grain = np.random.default_rng(1).integers(0, 16, (height, width, 3))
    return np.clip(np.stack(planes, -1) + grain, 0, 255).astype(np.uint8)


def jpeg(array, **options):
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "JPEG", **{"quality": 88, **options})
    return buffer.getvalue()


def program(name, data, *options):
    with tempfile.TemporaryDirectory() as folder:
        source, result = pathlib.Path(folder, "in"), pathlib.Path(folder, "out")
        source.write_bytes(data)
        subprocess.run([name, *options, "-outfile", str(result), str(source)], check=True)
        return result.read_bytes()


def arithmetic(array, *options):
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "PPM")
    return program("cjpeg", buffer.getvalue(), "-arithmetic", *options)


def scans(data):
    """The place of each scan's tables and header, the header's fields, and the place where its code begins."""
    position, start, found = 2, None, []
    while data[position + 1] != 0xD9:
        marker, length = data[position + 1], data[position + 2] << 8 | data[position + 3]
        start = start or (position if found or marker in (0xC4, 0xDA) else None)
        end = position + 2 + length
        if marker == 0xDA:
            count = data[position + 4]
            ids = [data[position + 5 + 2 * i] for i in range(count)]
            first, last, bits = data[position + 5 + 2 * count :][:3]
            code = end
            while not (data[end] == 0xFF and data[end + 1] not in (0, *range(0xD0, 0xD8))):
                end += 1
            found.append({"start": start, "code": code, "ids": ids, "band": range(first, last + 1), "refines": bits >> 4 > 0})
            start = None
        position = end
    return found


def with_scans(data, count):
    found = scans(data)
    return data[: found[count]["start"]] + b"\xff\xd9" if count < len(found) else data


def has_all_coefficients(data, count):
    """Whether the first scans of a progressive file say something of every coefficient of the three components."""
    known = {(i, k) for scan in scans(data)[:count] for i in scan["ids"] for k in scan["band"]}
    return len(known) == 3 * 64


def without_end(data, count):
    """The file without the last bytes of its code, but with its end marker."""
    code = data[: -2 - count]
    return code.rstrip(b"\xff") + b"\xff\xd9"


def checksum(data):
    with Image.open(io.BytesIO(data)) as image:
        return crc32c(np.ascontiguousarray(np.asarray(image.convert("RGB"))).tobytes())


def cases():
    picture = drawing(120, 88)
    plain = jpeg(picture, subsampling=2)
    for name, data in {
        "420": plain,
        "444": jpeg(picture, subsampling=0),
        "gray": jpeg(picture[:, :, 0]),
        "restarts": jpeg(picture, restart_marker_blocks=4),
        "optimized": jpeg(picture, optimize=True),
    }.items():
        for count in (1, 2):
            cut = without_end(data, count)
            yield f"{name}-without-{count}", cut, {"pixels": checksum(cut)}
        yield f"{name}-without-60", without_end(data, 60), {"refused": True}

    progressive = jpeg(picture, progressive=True)
    yield "progressive", progressive, {"pixels": checksum(progressive)}
    for count in range(1, len(scans(progressive))):
        whole = has_all_coefficients(progressive, count)
        yield f"progressive-{count}", with_scans(progressive, count), {"close": "progressive"} if whole else {"refused": True}
    yield "progressive-without-2", without_end(progressive, 2), {"close": "progressive"}
    yield "progressive-without-60", without_end(progressive, 60), {"close": "progressive"}

    with tempfile.NamedTemporaryFile("w", suffix=".txt") as script:
        script.write("0;1;2;")
        script.flush()
        separate = program("jpegtran", plain, "-scans", script.name)
    yield "separate", separate, {"pixels": checksum(separate)}
    for count in (1, 2):
        yield f"separate-{count}", with_scans(separate, count), {"refused": True}

    flat = picture.copy()
    flat[30:] = 255
    for name, data in {
        "arithmetic": arithmetic(picture),
        "arithmetic-progressive": arithmetic(picture, "-progressive"),
        "arithmetic-restarts": arithmetic(picture, "-restart", "1"),
        "arithmetic-flat-below": arithmetic(flat),
        "arithmetic-white": arithmetic(np.full((700, 900, 3), 255, np.uint8)),
    }.items():
        yield name, data, {"pixels": checksum(data)}
    for name, data in {"arithmetic": arithmetic(picture), "arithmetic-restarts": arithmetic(picture, "-restart", "1")}.items():
        start = scans(data)[-1]["code"]
        for part in (25, 50, 75):
            yield f"{name}-{part}", without_end(data, (len(data) - 2 - start) * (100 - part) // 100), {"refused": True}
    coded = arithmetic(picture, "-progressive")
    start = scans(coded)[0]["code"]
    rest = scans(coded)[1]["start"]
    yield "arithmetic-progressive-50", coded[: (start + rest) // 2] + coded[rest:], {"refused": True}


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "Tests/RecImageTests/Fixtures/Scans"
    folder.mkdir(parents=True, exist_ok=True)
    expected = []
    for name, data, expectation in cases():
        (folder / f"{name}.jpg").write_bytes(data)
        expected.append({"name": name, **expectation})
    lines = ",\n".join(json.dumps(case) for case in expected)
    (folder / "goldens.json").write_text(f"[\n{lines}\n]\n")


main()
