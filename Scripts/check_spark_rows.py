#!/usr/bin/env python3
"""Compares the Parquet of Examples/Spark with the JSON Lines of a local run, bit for bit, and tries the job's function
with a command that fetches pictures, and with programs that fail.

    check_spark_rows.py PARQUET LOCAL ROOT rec-demo embed OPTION...
"""
import json
import pathlib
import struct
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Examples" / "Spark"))
import embed_catalogue  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

parquet, local, root, *command = sys.argv[1:]


def bits(vector):
    return vector and struct.pack(f"{len(vector)}f", *vector)


wanted = {row["path"]: row for row in map(json.loads, open(f"{local}/rows.jsonl", encoding="utf-8"))}
recipe = pathlib.Path(local, "_recipe.json").read_text().strip()
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
rows = spark.read.parquet(parquet).collect()
spark.stop()
assert len(rows) == len(wanted) and {row.path for row in rows} == set(wanted), "other pictures, or some twice"
for row in rows:
    local_row = wanted[row.path]
    assert bits(row.embedding) == bits(local_row.get("embedding")), row.path
    assert (row.error and row.error.code) == local_row.get("error", {}).get("code"), row.path
    assert row.recipe == recipe or row.error, row.path
failed = {row.path: row.error for row in rows if row.error}
assert {path: error.code for path, error in failed.items()} == {
    "images/absent.jpg": "file-not-found", "images/broken é '.jpg": "not-jpeg"
}, failed

names = sorted(wanted)[:3] + ["images/absent.jpg", "images/broken é '.jpg", "a\0b"]
settings = embed_catalogue.Settings(command, fetch=f"cp {root}/{{name}} {{file}}", fetch_attempts=1)
fetched = list(embed_catalogue.embed(names, settings))
assert [row[0] for row in fetched] == names
for name, vector, error, _ in fetched[:3]:
    assert bits(vector) == bits(wanted[name]["embedding"]) and error is None, name
assert [row[2][0] for row in fetched[3:]] == ["fetch-failed", "not-jpeg", "invalid-path"], fetched[3:]
assert fetched[4][2][1].startswith("images/broken"), fetched[4]

with tempfile.TemporaryDirectory() as folder:
    for script in ["exit 3", "head -c 1 >/dev/null; exit 0", "kill -9 $$"]:
        program = pathlib.Path(folder, "program")
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        try:
            list(embed_catalogue.embed(names * 50, embed_catalogue.Settings([str(program)], root)))
        except RuntimeError as error:
            assert "rec-demo ended with code" in str(error), error
        else:
            raise AssertionError(f"'{script}' went unnoticed")
print(f"{len(rows)} rows are those of the local run, {len(failed)} of them errors.")
