"""Where things are."""
import os
import pathlib
import sys

BENCHMARKS = pathlib.Path(__file__).resolve().parents[1]
ROOT = BENCHMARKS.parent
CACHE = BENCHMARKS / ".cache"
#: What is measured on; the number changes with the scripts that make it.
DATA = CACHE / "data-2"
LOGS = CACHE / "logs"
RESULTS = BENCHMARKS / "Results"
README = ROOT / "README.md"
#: The picture of how the index grows, which the documents show.
CHART = ROOT / "Docs" / "Images" / "index-scaling.svg"
RIVALS = BENCHMARKS / "rivals"


def worker_command(engine):
    """How the worker of an engine is started."""
    if engine == "ours":
        return [os.environ.get("REC_BENCH_WORKER") or str(BENCHMARKS.parent / ".build/release/rec-bench")]
    return [sys.executable, str(RIVALS / f"{engine}_worker.py")]
