"""Index files of the contestants. Those of rivals are kept, since graphs of a million take many minutes to build."""
import json
import time

from harness import cached
from harness.alternation import busy_seconds
from harness.worker import Worker


def built(vector_set, contestants, settings, say):
    """For each index, by engine and method: its file, the time that building took, and the version that built it."""
    files = {}
    for engine, method in dict.fromkeys(contestant.index for contestant in contestants.values()):
        if (engine, method) == ("ours", "exact"):
            # The same file, opened as the index that makes no use of codes.
            files[engine, method] = files["ours", "quantized"]
        else:
            files[engine, method] = build(vector_set, engine, method, settings, say)
    return files


def build(vector_set, engine, method, settings, say):
    cores = settings.index_cores
    path = vector_set.folder / f"{engine}-{method.replace(' ', '-').lower()}.index"
    record = path.with_suffix(".json")
    with Worker(engine, cores, len(cores)) as worker:
        version = worker.ask("version")["version"]
        key = {"version": version, "threads": len(cores)}
        kept = json.loads(record.read_text()) if record.exists() and path.exists() else {}
        if engine != "ours" and not settings.retune and kept.get("key") == key:
            result = kept["result"]
        else:
            say(f"building {version} {method}")
            record.unlink(missing_ok=True)
            result = measured(worker, cores, vector_set.command() | {"method": method, "output": str(path)})
            record.write_text(json.dumps({"key": key, "result": result}))
    file_bytes = sum(part.stat().st_size for part in cached.files(path))
    return {"path": path, "version": version, "file_bytes": file_bytes} | result


def measured(worker, cores, values):
    """Builds, and watches what other processes take of the cores meanwhile."""
    start, busy, used = time.monotonic(), busy_seconds(cores), worker.cpu_seconds()
    seconds = worker.ask("build-index", threads=len(cores), **values)["seconds"]
    foreign = busy_seconds(cores) - busy - (worker.cpu_seconds() - used)
    share = max(0.0, foreign) / ((time.monotonic() - start) * len(cores))
    return {"build_seconds": seconds, "build_foreign_share": share}


def remove_ours(vector_set):
    for path in vector_set.folder.glob("ours-*"):
        path.unlink()
