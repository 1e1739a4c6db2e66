"""The line protocol of the workers: a line of JSON in, a line of JSON out, until the input ends."""
import json
import os
import sys
import time

import numpy as np


def read_floats(path):
    return np.fromfile(path, dtype="<f4")


def write_floats(path, numbers):
    numbers = np.ascontiguousarray(numbers, dtype="<f4")
    numbers.tofile(path)
    return {"written": int(numbers.size)}


def serve(handlers):
    """Answers commands with the functions of a table by command name; a function takes the command and gives a dict.

    What libraries print goes to standard error, so that it cannot get between the answers.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        try:
            command = json.loads(line)
            name = command["command"]
            if name not in handlers:
                raise ValueError(f"no command '{name}'")
            answer = handlers[name](command)
        except Exception as error:  # A worker outlives a command that fails, whatever the reason.
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


class NetworkWorker:
    """The commands about a network; an engine says how it opens one.

    `variants(batch, threads)` lists the engine's settings by name, the likeliest best first.
    `open(variant, command, images)` gives a function that computes the features of `images`.
    """

    version = ""

    def handlers(self):
        return {
            "version": lambda command: {"version": self.version},
            "variants": lambda command: {"variants": self.variants(command["batch"], command["threads"])},
            "load": self.load,
            "run": self.run,
            "features": lambda command: write_floats(command["output"], self.infer()),
        }

    infer = None

    def load(self, command):
        self.infer = None
        batch = command["batch"]
        images = read_floats(command["input"]).reshape(-1, 3, 224, 224)[:batch].copy()
        if len(images) < batch:
            raise ValueError(f"the input has fewer than {batch} images")
        start = time.perf_counter()
        self.infer = self.open(command["variant"], command, images)
        return {"seconds": time.perf_counter() - start}

    def run(self, command):
        start = time.perf_counter()
        for _ in range(command["count"]):
            self.infer()
        return {"seconds": time.perf_counter() - start}


class DecodingWorker:
    """The commands about decoding; `decoders` has a function from a path to a CHW array by name."""

    def __init__(self, version, decoders):
        self.version, self.decoders = version, decoders

    def handlers(self):
        return {
            "version": lambda command: {"version": self.version},
            "decode": self.decode,
            "tensors": self.tensors,
        }

    def decode(self, command):
        decoder = self.decoders[command["mode"]]
        start = time.perf_counter()
        for path in command["files"]:
            decoder(path)
        return {"seconds": time.perf_counter() - start}

    def tensors(self, command):
        decoder = self.decoders[command["mode"]]
        return write_floats(command["output"], np.stack([decoder(path) for path in command["files"]]))
