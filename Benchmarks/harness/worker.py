"""A worker process: one engine, pinned to some cores, asked one thing at a time."""
import json
import os
import select
import subprocess

from harness.paths import LOGS, worker_command

#: Longer than anything that is asked; a worker that takes more is stuck.
TIMEOUT = 1800


class WorkerError(Exception):
    """A worker died, or could not do what it was asked."""


def environment(threads):
    """Threads of the engines' OpenMP and BLAS pools.

    They spin for a moment after their work, as they do by default, and then sleep: with OMP_WAIT_POLICY=ACTIVE they
    would take the cores from the engine whose turn is next.
    """
    variables = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    for name in ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"]:
        variables[name] = str(threads)
    return variables | {"KMP_BLOCKTIME": "1", "PYTHONUNBUFFERED": "1"}


class Worker:
    """Starts at once; use it in a `with` statement, which ends the process."""

    def __init__(self, engine, cores, threads):
        LOGS.mkdir(parents=True, exist_ok=True)
        self.engine = engine
        self.log = LOGS / f"{engine}.log"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                worker_command(engine),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment(threads),
                preexec_fn=lambda: os.sched_setaffinity(0, cores),
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass  # It ended before it read all; what it was asked has failed already.
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def ask(self, command, **values):
        """Sends a command and waits for the answer."""
        line = json.dumps({"command": command} | values) + "\n"
        try:
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()
            ready, _, _ = select.select([self.process.stdout], [], [], TIMEOUT)
            if not ready:
                self.process.kill()
                raise WorkerError(f"{self.engine}: no answer to '{command}' in {TIMEOUT} seconds")
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        if not answer:
            raise WorkerError(f"{self.engine}: the worker ended at '{command}'; see {self.log}")
        result = json.loads(answer)
        if result.get("error"):
            raise WorkerError(f"{self.engine}: {command}: {result['error']}")
        return result

    def last_words(self):
        """The last line that the worker wrote to its log."""
        lines = self.log.read_text(errors="replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "it ended without a word")

    def pin(self, cores):
        """Moves all threads to these cores."""
        for thread in os.listdir(f"/proc/{self.process.pid}/task"):
            os.sched_setaffinity(int(thread), cores)

    def cpu_seconds(self):
        """Processor time so far, of all threads."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def anonymous_bytes(self):
        """Memory that only this process has, which the kernel cannot take back by reading a file again later."""
        with open(f"/proc/{self.process.pid}/smaps_rollup") as file:
            return sum(int(line.split()[1]) * 1024 for line in file if line.startswith("Anonymous:"))

    def maps(self, path):
        """Whether a file, or one in a folder, is mapped: its pages are in memory as far as they were needed."""
        with open(f"/proc/{self.process.pid}/maps") as file:
            return any(line.rstrip().endswith(f" {path}") or f" {path}/" in line for line in file)

    def peak_bytes(self):
        """The most memory that was resident so far, as the kernel counts it for any process."""
        with open(f"/proc/{self.process.pid}/status") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
        raise WorkerError(f"{self.engine}: the kernel does not tell its peak memory")
