"""Reference for the one-hot encoder, made with scikit-learn.

    python one_hot.py [STYLES_CSV]

Writes `cases.json`, small made-up tables with every setting, whole matrices and errors; and with STYLES_CSV, the
`styles.csv` of the Kaggle Fashion Product Images Dataset, `styles.json`: feature names, column sums and checksums of
the matrices of the real table. Needs scikit-learn 1.9, pandas and numpy.
"""

import itertools
import json
import pathlib
import random
import sys

import numpy
import pandas
from sklearn.preprocessing import MultiLabelBinarizer, OneHotEncoder

from _crc32c import crc32c

OUTPUT = pathlib.Path(__file__).resolve().parent.parent.parent / "Tests/RecMetadataTests/Fixtures/Encoding"
UNKNOWN = {"error": "error", "ignore": "ignore", "infrequentIfExists": "infrequent_if_exist"}


def table(rows):
    """Rows with None for missing as an array of objects with NaN."""
    return numpy.array([[numpy.nan if v is None else v for v in row] for row in rows], dtype=object)


def given_categories(rows, categories, missing):
    """What scikit-learn must be given: "missing is ignored" is said by leaving NaN out of the categories."""
    if categories is not None:
        return [list(c) + ([numpy.nan] if missing == "category" else []) for c in categories]
    if missing == "category":
        return "auto"
    return [sorted({row[i] for row in rows} - {None}) for i in range(len(rows[0]))]


def encoder(rows, unknown, missing, minimum=None, maximum=None, categories=None):
    """An unfitted encoder with these settings."""
    return OneHotEncoder(
        categories=given_categories(rows, categories, missing),
        handle_unknown=UNKNOWN[unknown],
        min_frequency=minimum,
        max_categories=maximum,
        sparse_output=False,
        dtype=numpy.uint8,
    )


def plain(category):
    """None for a missing value, in JSON as in the input."""
    return None if isinstance(category, float) else str(category)


def inverse_of(fitted, matrix):
    """The inverse, row by row: None where nothing is set, {"missing": true} for NaN."""
    result = []
    for row in fitted.inverse_transform(matrix):
        result.append([{"missing": True} if isinstance(v, float) else v for v in row])
    return result


def case(rows, probes, unknown, missing, minimum, maximum, categories):
    """One case with what scikit-learn makes of it."""
    names = ["colour", "size"][: len(rows[0])]
    result = {
        "attributes": names, "rows": rows, "probes": probes, "unknown": unknown, "missing": missing,
        "minimum": minimum, "maximum": maximum, "categories": categories,
    }
    fitted = encoder(rows, unknown, missing, minimum, maximum, categories)
    try:
        fitted.fit(table(rows))
    except ValueError as error:
        assert "unknown categories" in str(error), error
        return result | {"fitError": True}
    result["names"] = list(fitted.get_feature_names_out(names))
    infrequent = fitted.infrequent_categories_ if minimum is not None or maximum is not None else [None] * len(names)
    result["infrequent"] = [[] if c is None else [plain(v) for v in c] for c in infrequent]
    matrix = fitted.transform(table(rows))
    result["matrix"] = ["".join(map(str, row)) for row in matrix]
    result["inverse"] = inverse_of(fitted, matrix)
    result["probeRows"] = []
    for probe in probes:
        try:
            result["probeRows"].append("".join(map(str, fitted.transform(table([probe]))[0])))
        except ValueError as error:
            assert "unknown categories" in str(error), error
            result["probeRows"].append(None)
    return result


def cases():
    """All settings over a few seeded tables; ties among frequencies are common in them."""
    generator = random.Random(20)
    colours = ["Red", "blue", "Blue", "Éclair", "Zinc", "Ω", "a b", "nan", "10", "9"]
    sizes = ["S", "M", "L"]
    result = []
    settings = itertools.product(
        UNKNOWN, ("ignore", "category"), (None, 1, 2, 4, 0.1, 0.25), (None, 1, 2, 3, 4, 7), (False, True))
    for unknown, missing, minimum, maximum, given in settings:
        if missing == "ignore" and unknown != "ignore":
            continue  # scikit-learn has no such thing
        rows = [
            [generator.choice(colours[: generator.choice((3, 6, 10))]), generator.choice(sizes)]
            for _ in range(generator.choice((5, 12, 20)))
        ]
        for row in rows:
            for i in range(2):
                if generator.random() < 0.15:
                    row[i] = None
        categories = None
        if given:
            # Not sorted, with one that no product has; some values are left out when they may be.
            first = sorted({row[0] for row in rows} - {None}, key=lambda v: generator.random())
            categories = [first + ["Unseen"], ["L", "M", "S"]]
            if generator.random() < 0.5:
                categories[0] = categories[0][1:]
        if not given and missing == "ignore" and any(all(row[i] is None for row in rows) for i in range(2)):
            continue
        probes = [["Red", "S"], ["never seen", "M"], [None, "L"], ["Blue", None], [colours[9], "XXL"], [None, None]]
        result.append(case(rows, probes, unknown, missing, minimum, maximum, categories))
    return result


def multi_valued():
    """Tags: scikit-learn's MultiLabelBinarizer is the n-hot of one attribute."""
    rows = [["new", "sale"], [], ["eco"], ["sale", "eco", "new"], ["new"], ["Éclair"]]
    binarizer = MultiLabelBinarizer()
    matrix = binarizer.fit_transform(rows)
    return {"rows": rows, "categories": list(binarizer.classes_), "matrix": ["".join(map(str, r)) for r in matrix]}


def styles(path):
    """The real table, rows with too many fields included."""
    columns = "gender masterCategory subCategory articleType baseColour season year usage".split()
    # The text column is the last one, so the overflowing fields can be dropped here.
    frame = pandas.read_csv(
        path, dtype=str, header=0, usecols=range(10), names=["id", *columns, "name", "overflow1", "overflow2"])
    frame = frame[columns]
    seed = "gender masterCategory subCategory baseColour season usage".split()
    half = len(frame) // 2
    settings = [
        {"unknown": "error", "missing": "category"},
        {"unknown": "ignore", "missing": "ignore"},
        {"unknown": "error", "missing": "category", "attributes": seed},
        {"unknown": "ignore", "missing": "category", "minimum": 30},
        {"unknown": "ignore", "missing": "ignore", "minimum": 0.01},
        {"unknown": "ignore", "missing": "category", "maximum": 9},
        {"unknown": "infrequentIfExists", "missing": "category", "minimum": 25, "maximum": 20, "fit": half},
        {"unknown": "ignore", "missing": "ignore", "fit": 1000},
    ]
    result = []
    for setting in settings:
        names = setting.get("attributes", columns)
        rows = [[None if pandas.isna(v) else v for v in row] for row in frame[names].itertuples(index=False)]
        fit = setting.get("fit", len(rows))
        fitted = encoder(
            rows[:fit], setting["unknown"], setting["missing"], setting.get("minimum"), setting.get("maximum"))
        matrix = fitted.fit(table(rows[:fit])).transform(table(rows))
        result.append({
            "unknown": setting["unknown"], "missing": setting["missing"], "minimum": setting.get("minimum"),
            "maximum": setting.get("maximum"), "attributes": names, "fit": fit,
            "names": list(fitted.get_feature_names_out(names)),
            "sums": matrix.sum(axis=0, dtype=int).tolist(),
            "crc32c": crc32c(matrix.tobytes()),
        })
    return result


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    golden = {"cases": cases(), "multiValued": multi_valued()}
    (OUTPUT / "cases.json").write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n")
    if len(sys.argv) > 1:
        text = json.dumps(styles(sys.argv[1]), ensure_ascii=False, separators=(",", ":"))
        (OUTPUT / "styles.json").write_text(text + "\n")


main()
