#!/usr/bin/env python3
"""Embeddings in Parquet as PyArrow and Spark write them, one file for each way of storing them, and the rows as JSON.

Needs pyarrow (made with 26.0.1), and pyspark (made with 4.3.0) with Java for spark.parquet, which is kept without.
"""
import json
import pathlib
import random
import shutil
import sys
import tempfile

import pyarrow as pa
import pyarrow.parquet as parquet

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "Tests" / "RecMetadataTests" / "Fixtures" / "Embeddings"
RECIPE = '{"backbone":"none","layer":"pooled"}'
WIDTH = 5

VARIANTS = {
    "snappy": dict(compression="snappy"),
    "uncompressed": dict(compression="none"),
    "version2": dict(compression="snappy", data_page_version="2.0"),
    "plain": dict(compression="none", use_dictionary=False),
    "small-pages": dict(compression="snappy", data_page_size=64, write_batch_size=3, row_group_size=17),
    "gzip": dict(compression="gzip"),
    "zstd": dict(compression="zstd"),
    "split": dict(
        compression="none", use_dictionary=False, column_encoding={"embedding.list.element": "BYTE_STREAM_SPLIT"}
    ),
}


def rows():
    numbers = random.Random(15)
    for index in range(60):
        path = f"images/{index}.jpg" if index % 7 else f"images/\u00e9 '{index}\" \U0001f45f.jpg"
        if index % 11 == 3:
            error = dict(code="not-jpeg", message=f"{path}: no picture")
            yield dict(path=path, embedding=None, error=error, recipe=None)
        else:
            # Values repeat, so that dictionaries are used.
            vector = [numbers.choice([0.0, 0.25, 0.5, 0.1, 1.0]) for _ in range(WIDTH - 1)] + [1.0]
            length = sum(value * value for value in vector) ** 0.5
            vector = pa.array([value / length for value in vector], pa.float32()).to_pylist()
            yield dict(path=path, embedding=vector, error=None, recipe=RECIPE)


def schema(kind):
    error = pa.struct([("code", pa.string()), ("message", pa.string())])
    return pa.schema([("path", pa.string()), ("embedding", pa.list_(kind)), ("error", error), ("recipe", pa.string())])


FIXTURES.mkdir(parents=True, exist_ok=True)
table = list(rows())
singles = pa.Table.from_pylist(table, schema=schema(pa.float32()))
for name, options in VARIANTS.items():
    parquet.write_table(singles, FIXTURES / f"{name}.parquet", **options)
parquet.write_table(
    pa.Table.from_pylist(table, schema=schema(pa.float64())), FIXTURES / "doubles.parquet", compression="snappy"
)
odd = [dict(table[1], embedding=[]), dict(table[2], embedding=[0.6, None]), dict(table[4], embedding=[0.6, 0.8])]
parquet.write_table(pa.Table.from_pylist(odd, schema=schema(pa.float32())), FIXTURES / "odd-lists.parquet")
parquet.write_table(
    pa.table({"path": ["a"], "embedding": [[[1.0]]]}), FIXTURES / "nested-lists.parquet", compression="none"
)
parquet.write_table(pa.table({"id": ["a"], "vector": [[1.0]]}), FIXTURES / "other-columns.parquet", compression="none")
(FIXTURES / "rows.json").write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n")

try:
    from pyspark.sql import SparkSession
except ImportError:
    sys.exit()
sys.path.insert(0, str(ROOT / "Examples" / "Spark"))
from embed_catalogue import schema as spark_schema  # noqa: E402

spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
with tempfile.TemporaryDirectory() as folder:
    lines = [
        (row["path"], row["embedding"], row["error"] and tuple(row["error"].values()), row["recipe"]) for row in table
    ]
    spark.createDataFrame(lines, spark_schema()).coalesce(1).write.parquet(f"{folder}/out")
    (part,) = pathlib.Path(folder, "out").glob("*.parquet")
    shutil.copyfile(part, FIXTURES / "spark.parquet")
spark.stop()
