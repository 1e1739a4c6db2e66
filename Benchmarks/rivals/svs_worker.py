"""Searches with Intel's Scalable Vector Search (scalable-vs): Vamana's graph with vectors in 16-bit floats.

Its LVQ and LeanVec codes run on Intel's processors only: on others the library ends the process.
"""
import os
from importlib import metadata

import numpy as np
import svs

from searching import IndexWorker
from protocol import serve

DEGREE, CANDIDATES = 32, 128
#: How much longer a way over another neighbour may be, for distances.
ALPHA = 1.2
PARTS = ["config", "graph", "data"]


class Worker(IndexWorker):
    version = f"SVS {metadata.version('scalable-vs')}"

    def build(self, method, vectors, threads):
        parameters = svs.VamanaBuildParameters(alpha=ALPHA, graph_max_degree=DEGREE, window_size=CANDIDATES)
        return svs.Vamana.build(parameters, vectors.astype(np.float16), svs.DistanceType.L2, threads)

    def write(self, index, path):
        os.makedirs(path, exist_ok=True)
        index.save(*(os.path.join(path, part) for part in PARTS))

    def open(self, method, path, vectors):
        config, graph, data = (os.path.join(path, part) for part in PARTS)
        loader = svs.VectorDataLoader(data, svs.DataType.float16, vectors.shape[1])
        return svs.Vamana(config, svs.GraphLoader(graph), loader, svs.DistanceType.L2, num_threads=1)

    def variants(self, method):
        return [f"window {count}" for count in (11, 12, 14, 16, 20, 24, 30, 40, 60, 100, 200)]

    def configure(self, index, variant):
        index.search_window_size = int(variant.split()[1])

    def search(self, index, queries, count, threads):
        if index.num_threads != threads:
            index.num_threads = threads
        return index.search(queries, count)[0].astype(np.int64)


if __name__ == "__main__":
    serve(Worker().handlers())
