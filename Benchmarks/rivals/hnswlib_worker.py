"""Searches with hnswlib: inner product of unit vectors, 16 links, 100 candidates while building."""
from importlib import metadata

import hnswlib

from searching import IndexWorker, chunks
from protocol import serve

LINKS, CANDIDATES = 16, 100


class Worker(IndexWorker):
    version = f"hnswlib {metadata.version('hnswlib')}"

    def build(self, method, vectors, threads):
        index = hnswlib.Index("ip", vectors.shape[1])
        index.init_index(len(vectors), M=LINKS, ef_construction=CANDIDATES)
        for positions, part in chunks(vectors):
            index.add_items(part, positions, num_threads=threads)
        return index

    def write(self, index, path):
        index.save_index(path)

    def open(self, method, path, vectors):
        index = hnswlib.Index("ip", vectors.shape[1])
        index.load_index(path)
        return index

    def variants(self, method):
        return [f"ef {count}" for count in (12, 16, 20, 24, 30, 40, 50, 70, 100, 150, 200, 300)]

    def configure(self, index, variant):
        index.set_ef(int(variant.split()[1]))

    def search(self, index, queries, count, threads):
        return index.knn_query(queries, count, num_threads=threads)[0].astype("int64")


if __name__ == "__main__":
    serve(Worker().handlers())
