"""Searches with VSAG (pyvsag): HGraph, whose codes choose candidates that the vectors rank again."""
import json
from importlib import metadata

import numpy as np
import pyvsag

from searching import IndexWorker, in_threads
from protocol import serve

DEGREE, CANDIDATES = 32, 200
#: Bits of a code by the name of the method.
CODES = {"HGraph SQ4": "sq4_uniform", "HGraph SQ8": "sq8_uniform"}


def made(method, dimension, threads):
    parameters = {
        "base_quantization_type": CODES[method],
        "use_reorder": True,
        "precise_quantization_type": "fp32",
        "max_degree": DEGREE,
        "ef_construction": CANDIDATES,
        "build_thread_count": threads,
    }
    # Euclidean distance orders unit vectors as the inner product does.
    whole = {"dtype": "float32", "metric_type": "l2", "dim": dimension, "index_param": parameters}
    return pyvsag.Index("hgraph", json.dumps(whole))


class Worker(IndexWorker):
    version = f"VSAG {metadata.version('pyvsag')}"

    def build(self, method, vectors, threads):
        count, dimension = vectors.shape
        index = made(method, dimension, threads)
        # The library wants an array that may be written to.
        index.build(np.array(vectors).reshape(-1), np.arange(count), count, dimension)
        return index

    def write(self, index, path):
        index.save(path)

    def open(self, method, path, vectors):
        index = made(method, vectors.shape[1], 1)
        index.load(path)
        return index

    def variants(self, method):
        return [f"ef {count}" for count in (12, 16, 20, 24, 30, 40, 50, 70, 100, 150, 200, 300)]

    def configure(self, index, variant):
        self.parameters = json.dumps({"hgraph": {"ef_search": int(variant.split()[1])}})

    def search(self, index, queries, count, threads):
        return in_threads(queries, threads, lambda query: index.knn_search(query, count, self.parameters)[0])


if __name__ == "__main__":
    serve(Worker().handlers())
