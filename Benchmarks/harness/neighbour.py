"""A process that copies memory on a core of its own, as other programs of a server do.

Two blocks that no cache holds are copied back and forth until the standard input ends.
"""
import os
import subprocess
import sys
import threading

from harness.paths import BENCHMARKS

BYTES = 256 * 1024 * 1024


class Neighbour:
    """Copies while the `with` statement lasts."""

    def __init__(self, core):
        self.core = core

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "harness.neighbour"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=BENCHMARKS,
            preexec_fn=lambda: os.sched_setaffinity(0, {self.core}),
        )
        self.process.stdout.readline()  # It copies from now on.

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def copy():
    import numpy as np

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    blocks = [np.ones(BYTES, np.uint8), np.zeros(BYTES, np.uint8)]
    print("copying", flush=True)
    while not ended.is_set():
        np.copyto(blocks[1], blocks[0])
        blocks.reverse()


if __name__ == "__main__":
    copy()
