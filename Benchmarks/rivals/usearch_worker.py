"""Searches with USearch: inner product of unit vectors in 32-bit floats, its default links and candidates."""
import usearch
from usearch.index import Index

from searching import IndexWorker, chunks
from protocol import serve


class Worker(IndexWorker):
    version = f"USearch {usearch.__version__}"

    def build(self, method, vectors, threads):
        index = Index(ndim=vectors.shape[1], metric="ip", dtype="f32")
        for positions, part in chunks(vectors):
            index.add(positions, part, threads=threads)
        return index

    def write(self, index, path):
        index.save(path)

    def open(self, method, path, vectors):
        """In place, as it is: USearch can also read the file into memory."""
        return Index.restore(path, view=True)

    def variants(self, method):
        return [f"expansion {count}" for count in (12, 16, 20, 24, 32, 40, 50, 64, 96, 128, 200, 300)]

    def configure(self, index, variant):
        index.expansion_search = int(variant.split()[1])

    def search(self, index, queries, count, threads):
        if len(queries) == 1:
            return index.search(queries[0], count, threads=1).keys.astype("int64").reshape(1, -1)
        return index.search(queries, count, threads=threads).keys.astype("int64")


if __name__ == "__main__":
    serve(Worker().handlers())
