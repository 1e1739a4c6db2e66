"""Searches with rabitqlib: SymphonyQG's graph, and a graph and lists of RaBitQ codes.

All by Euclidean distance, which orders unit vectors as the inner product does: with the inner product SymphonyQG's
graph finds 95 % where it finds 99.9 % so.
"""
from importlib import metadata

import numpy as np
from rabitqlib import HnswIndex, IvfIndex, RaBitQKMeans, SymqgIndex

from searching import IndexWorker, lists
from protocol import serve

#: Of SymphonyQG: neighbours of a node, and candidates while building, as its examples have them.
DEGREE, CANDIDATES = 32, 200
#: Of the other two: bits a dimension, the most there are, since neither keeps vectors to rank again by.
BITS = 9
#: Of the graph of codes: links, and centres of its codes.
LINKS, CENTRES = 16, 16
CLASSES = {"SymphonyQG": SymqgIndex, "HNSW": HnswIndex, "IVF": IvfIndex}


class Worker(IndexWorker):
    version = f"rabitqlib {metadata.version('rabitqlib')}"

    def build(self, method, vectors, threads):
        count, dimension = vectors.shape
        if method == "SymphonyQG":
            index = SymqgIndex(dimension, DEGREE, metric="l2")
            index.build(vectors, CANDIDATES, num_threads=threads)
            return index
        clusters = RaBitQKMeans(dimension, CENTRES if method == "HNSW" else lists(count), num_threads=threads)
        clusters.train(vectors)
        if method == "HNSW":
            index = HnswIndex(dimension, count, M=LINKS, ef_construction=CANDIDATES, nbits=BITS, metric="l2")
        else:
            index = IvfIndex(dimension, count, clusters.k, BITS, metric="l2")
        index.build(vectors, clusters.centroids, clusters.assignments, num_threads=threads, fast_quantization=True)
        return index

    def write(self, index, path):
        index.save(path)

    def open(self, method, path, vectors):
        return CLASSES[method].load(path)

    def variants(self, method):
        if method == "IVF":
            return [f"probes {count}" for count in (4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)]
        return [f"ef {count}" for count in (12, 16, 18, 20, 22, 24, 27, 30, 40, 50, 70, 100, 150, 200, 300)]

    def configure(self, index, variant):
        self.effort = int(variant.split()[1])

    def search(self, index, queries, count, threads):
        return index.search(queries, count, self.effort, num_threads=threads)[0].astype(np.int64)


if __name__ == "__main__":
    serve(Worker().handlers())
