"""The servers that are measured, each on a port of its own."""
import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.request

from soak.server import free_port

HERE = pathlib.Path(__file__).resolve().parent
#: Seconds that a start may take: an index may have to be made.
PATIENCE = 300


class Contestant:
    """A server with all its processes."""

    def __init__(self, name, command, folder, variables=()):
        self.name, self.port = name, free_port()
        self.log = pathlib.Path(folder) / (name.replace(" ", "-").replace(",", "") + ".log")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [part.replace("PORT", str(self.port)) for part in command],
                stdout=subprocess.DEVNULL, stderr=log, cwd=HERE, env=os.environ | dict(variables),
                process_group=0,
            )
        self.wait()

    def wait(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} has ended; see {self.log}")
            try:
                self.products = self.json("/ready")["products"]
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"{self.name} is not ready; see {self.log}")

    def json(self, path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body)
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def kept(self):
        """The answers that our server had kept, and those that it made."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=30) as response:
            lines = dict(line.rsplit(" ", 1) for line in response.read().decode().splitlines() if line[:1] != "#")
        return [int(lines[f'shop_answers_total{{source="{source}"}}']) for source in ("kept", "made")]

    def processes(self):
        """The process and its children."""
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        return found

    def memory(self):
        """Resident bytes, where pages that several processes share count once."""
        total = 0
        for pid in self.processes():
            lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
        return total

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def ours(program, index, catalogue, weights, folder, name, log="warning", recall=1, cache=0):
    command = [program, "--index", index, "--catalog", catalogue, "--weights", weights, "--port", "PORT"]
    command += ["--log-level", log, "--recall", recall]
    variables = {"SHOP_ANSWER_CACHE_BYTES": str(cache)}
    return Contestant(name, [str(part) for part in command], folder, variables.items())


def rival(index, folder, workers, name="rival", cache=0):
    """A process for each core, each with one thread: uvicorn with uvloop and httptools, no log of requests."""
    command = [
        sys.executable, "-B", "-m", "uvicorn", "rival:app", "--host", "127.0.0.1", "--port", "PORT", "--loop", "uvloop",
        "--http", "httptools", "--workers", str(workers), "--log-level", "warning", "--no-access-log",
    ]
    variables = {
        "RIVAL_FOLDER": str(folder), "RIVAL_INDEX": index, "RIVAL_ONNX": f"{folder}/network.onnx",
        "RIVAL_CACHE": str(cache), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
    }
    return Contestant(name, command, folder, variables.items())
