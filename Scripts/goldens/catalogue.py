"""Reference for the catalogue reader and the sampler, made with Python's csv module and pandas.

    python catalogue.py [STYLES_CSV]

Always writes the sample of the sample catalogue. STYLES_CSV is the `styles.csv` of the Kaggle Fashion Product Images
Dataset; only counts and checksums of it are written, since its texts belong to a retailer. Needs pandas and numpy.
"""

import csv
import json
import pathlib
import sys

import numpy
import pandas

from _crc32c import crc32c

COLUMNS = "id gender masterCategory subCategory articleType baseColour season year usage productDisplayName".split()
FRACTION, SEED = 0.1, 7


def read(path):
    """All rows with overflowing fields joined, blanks stripped and missing values as None; and the repaired lines."""
    rows, joined = [], []
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        assert next(reader) == COLUMNS
        for row in reader:
            if len(row) > len(COLUMNS):
                joined.append(reader.line_num)
                row = row[:9] + [",".join(row[9:])]
            assert len(row) == len(COLUMNS)
            values = [value.strip() for value in row]
            rows.append([None if value in ("", "NA") else value for value in values])
    return rows, joined


def check_with_pandas(path, rows, joined):
    """pandas, which skips the overflowing rows, must agree about all others, with its own idea of what is missing."""
    frame = pandas.read_csv(path, dtype=str, on_bad_lines="skip")
    skipped = set(joined)
    expected = [row for line, row in enumerate(rows, start=2) if line not in skipped]
    found = [[None if pandas.isna(v) else v.strip() for v in row] for row in frame.itertuples(index=False)]
    assert found == expected


def digest(rows):
    """CRC-32C of the rows as text: fields end with U+001F (a missing one is U+001A), rows with a newline."""
    text = "".join("".join(("\x1a" if v is None else v) + "\x1f" for v in row) + "\n" for row in rows)
    return crc32c(text.encode())


def mix(value):
    """One step of SplitMix64."""
    mask = 2**64 - 1
    value = (value + 0x9E3779B97F4A7C15) & mask
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & mask
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & mask
    return value ^ (value >> 31)


def priority(identifier, seed):
    """What the documentation of StratifiedSampler says."""
    value = 0xCBF29CE484222325
    for byte in identifier.encode():
        value = ((value ^ byte) * 0x100000001B3) % 2**64
    return mix(mix(seed) ^ value)


def sample(rows, column):
    """The sizes of pandas' grouped sample, one at least, filled with the rows of lowest priority."""
    frame = pandas.DataFrame(rows, columns=COLUMNS)
    groups = frame.groupby(column, dropna=False)
    sizes = groups.sample(frac=FRACTION, random_state=0).groupby(column, dropna=False).size()
    picked = []
    for key, group in groups:
        size = max(1, int(sizes.get(key, 0)))
        picked += sorted(group["id"], key=lambda identifier: priority(identifier, SEED))[:size]
    kept = set(picked)
    return [row[0] for row in rows if row[0] in kept]


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    output = root / "Tests/RecMetadataTests/Fixtures/Catalogue"
    output.mkdir(parents=True, exist_ok=True)
    rows, joined = read(root / "Examples/SampleCatalogue/styles.csv")
    golden = {"rows": len(rows), "joinedLines": joined, "fraction": FRACTION, "seed": SEED,
              "sample": sample(rows, "subCategory")}
    (output / "sample-catalogue.json").write_text(json.dumps(golden, indent=1) + "\n")
    if len(sys.argv) < 2:
        return
    path = pathlib.Path(sys.argv[1])
    rows, joined = read(path)
    check_with_pandas(path, rows, joined)
    assert numpy.unique([row[0] for row in rows]).size == len(rows)
    samples = {}
    for column in ("subCategory", "masterCategory", "season"):
        ids = sample(rows, column)
        samples[column] = {"count": len(ids), "crc32c": crc32c("".join(i + "\n" for i in ids).encode())}
    golden = {
        "columns": COLUMNS,
        "rows": len(rows),
        "joinedLines": joined,
        "missing": {name: sum(row[i] is None for row in rows) for i, name in enumerate(COLUMNS)},
        "crc32c": digest(rows),
        "fraction": FRACTION,
        "seed": SEED,
        "samples": samples,
    }
    (output / "styles.json").write_text(json.dumps(golden, indent=1) + "\n")


main()
