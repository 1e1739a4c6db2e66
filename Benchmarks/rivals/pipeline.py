"""The best that Python can do from files to features: decoding in threads, the network beside it or in turns with it.

Both decoders and both engines release the interpreter's lock while they work.
"""
import importlib
import queue
import threading
import time

import numpy as np

from protocol import write_floats


def decoder(name):
    """A decoder by the name of its worker and its mode, as `pillow draft`."""
    library, mode = name.split(" ")
    return importlib.import_module(f"{library}_worker").DECODERS[mode]


def layouts(threads):
    """The ways to share the work by name.

    In `turns`, each thread decodes a batch and runs the network on it, on itself alone. In `queue`, some threads decode
    and one runs the network, which may use threads of its own.
    """
    table = {}
    for batch in (1, 4, 8):
        table[f"turns, batch {batch}"] = {"decoders": 0, "network": 1, "batch": batch}
        for decoders in range(1, threads + 1):
            for network in range(1, threads + 1):
                if decoders + network >= threads:
                    name = f"queue, batch {batch}, {decoders} decoding, {network} in the network"
                    table[name] = {"decoders": decoders, "network": network, "batch": batch}
    return table


class PipelineWorker:
    """The commands about a pipeline; `network(command, batch, threads, callers)` gives a function from images to
    features that `callers` threads may call at once, each on `threads` cores."""

    def __init__(self, network):
        self.network = network

    def handlers(self):
        return {
            "pipeline-variants": lambda command: {"variants": list(layouts(command["threads"]))},
            "open-pipeline": self.open,
            "pipeline": self.run,
        }

    def open(self, command):
        layout = layouts(command["threads"])[command["variant"]]
        self.batch, self.decoders = layout["batch"], layout["decoders"]
        self.decode = decoder(command["decoder"])
        self.callers = command["threads"] if self.decoders == 0 else 1
        start = time.perf_counter()
        self.infer = self.network(command, self.batch, layout["network"], self.callers)
        return {"seconds": time.perf_counter() - start}

    def run(self, command):
        files = command["files"]
        start = time.perf_counter()
        rows = self.in_turns(files) if self.decoders == 0 else self.through_queue(files)
        seconds = time.perf_counter() - start
        features = np.concatenate([rows[index] for index in sorted(rows)])
        if len(features) != len(files):
            raise ValueError(f"{len(files)} files gave {len(features)} embeddings")
        answer = write_floats(command["output"], features) if "output" in command else {}
        return answer | {"seconds": seconds}

    def features(self, images):
        """The unit vectors of a batch, which is filled up for the engine's fixed shape when it is short."""
        count = len(images)
        stack = np.stack(images + images[-1:] * (self.batch - count))
        features = self.infer(stack)[:count]
        return features / np.linalg.norm(features, axis=1, keepdims=True)

    def in_turns(self, files):
        starts = iter(range(0, len(files), self.batch))
        lock, rows, failures = threading.Lock(), {}, []

        def work():
            try:
                while True:
                    with lock:
                        first = next(starts, None)
                    if first is None:
                        return
                    rows[first] = self.features([self.decode(path) for path in files[first:first + self.batch]])
            except Exception as error:
                failures.append(error)

        run_threads([work] * self.callers)
        if failures:
            raise failures[0]
        return rows

    def through_queue(self, files):
        indices = iter(range(len(files)))
        decoded = queue.Queue(maxsize=2 * self.batch + self.decoders)
        lock, rows = threading.Lock(), {}

        def work():
            while True:
                with lock:
                    index = next(indices, None)
                if index is None:
                    return
                try:
                    decoded.put((index, self.decode(files[index])))
                except Exception as error:
                    decoded.put((index, error))

        threads = [threading.Thread(target=work, daemon=True) for _ in range(self.decoders)]
        for thread in threads:
            thread.start()
        waiting = []
        for number in range(len(files)):
            index, image = decoded.get()
            if isinstance(image, Exception):
                raise image
            waiting.append((index, image))
            if len(waiting) == self.batch or number == len(files) - 1:
                features = self.features([image for _, image in waiting])
                for (index, _), row in zip(waiting, features):
                    rows[index] = row[None]
                waiting = []
        return rows


def run_threads(functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
