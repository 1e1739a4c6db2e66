#!/usr/bin/env python3
"""Reads a table of a million rows with table-times and with pandas, in alternation, and writes Results/tables.md.

    measure_tables.py [--rows 1000000] [--rounds 5] [--earlier PROGRAM] [--cache FOLDER]

Needs pandas for the comparison. `--earlier` is table-times of another state of the sources. Each reading is a process
of its own, so that the greatest memory is its own; the file is read once before, so that it comes from memory.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
PANDAS = """
import json, resource, sys, time
import pandas
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start, processor = time.perf_counter(), time.process_time()
path = sys.argv[1]
if path.endswith(".csv"):
    table = pandas.read_csv(path, on_bad_lines="skip")
else:
    table = pandas.read_json(path, lines=True)
seconds, used = time.perf_counter() - start, time.process_time() - processor
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"rows": len(table), "seconds": seconds, "processor": used, "peak": peak * 1024, "atStart": before * 1024}))
"""


def machine():
    fields = dict(
        (part.strip() for part in line.split(":", 1)) for line in open("/proc/cpuinfo") if ":" in line
    )
    return f"{fields['model name']} (family {fields['cpu family']}, model {fields['model']})"


def run(command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--earlier")
    parser.add_argument("--cache", type=pathlib.Path, default=HERE / ".cache" / "tables")
    options = parser.parse_args()
    if not (options.cache / "table.csv").exists():
        subprocess.run(
            [sys.executable, HERE / "make_table.py", "--rows", str(options.rows), "--out", options.cache], check=True
        )
    subprocess.run(["swift", "build", "-c", "release", "--product", "table-times"], cwd=ROOT, check=True)
    ours = str(ROOT / ".build" / "release" / "table-times")
    csv, lines = (str(options.cache / f"table.{kind}") for kind in ["csv", "jsonl"])
    engines = [("CSV", csv, "CSVCatalogue", [ours, csv])]
    if options.earlier:
        engines.append(("CSV", csv, "CSVCatalogue of 0.1.0", [options.earlier, csv]))
    engines += [
        ("CSV", csv, "pandas `read_csv`", [sys.executable, "-c", PANDAS, csv]),
        ("JSON Lines", lines, "JSONLinesCatalogue", [ours, lines]),
        ("JSON Lines", lines, "pandas `read_json`", [sys.executable, "-c", PANDAS, lines]),
    ]
    results = {index: [] for index in range(len(engines))}
    for _ in range(options.rounds):
        for index, engine in enumerate(engines):
            results[index].append(run(engine[3]))
    text = [
        "# Tables of a million rows",
        "",
        f"`measure_tables.py` on tables of {options.rows:,} rows like `styles.csv`, made by `make_table.py`: ten columns, a comma in the",
        f"title of one row of 2,000. {machine()}, one thread, {options.rounds} rounds in",
        "alternation, each reading a process of its own; medians. Processor time counts on a machine with other work. Memory is",
        "the greatest resident size, the program itself included; the last column is without the size before the reading.",
        "",
        "| file | reader | time | processor time | rows | greatest memory | of the file's size | without the program |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for index, (kind, path, name, _) in enumerate(engines):
        size = pathlib.Path(path).stat().st_size
        seconds = statistics.median(result["seconds"] for result in results[index])
        used = statistics.median(result["processor"] for result in results[index])
        peak = statistics.median(result["peak"] for result in results[index])
        start = statistics.median(result["atStart"] for result in results[index])
        text.append(
            f"| {kind}, {size / 1e6:.0f} MB | {name} | {seconds:.2f} s | {used:.2f} s | {results[index][0]['rows']:,} | "
            f"{peak / 1e6:.0f} MB | {peak / size:.2f} | {(peak - start) / size:.2f} |"
        )
    text += ["", "pandas skips the rows with too many fields; the others join them into the title.", ""]
    (HERE / "Results" / "tables.md").write_text("\n".join(text))
    print("\n".join(text))


if __name__ == "__main__":
    main()
