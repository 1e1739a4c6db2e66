"""Searches with FAISS: every vector, vectors in 8 bits, a graph, or lists of RaBitQ codes ranked again by vectors."""
import faiss
import numpy as np

from searching import IndexWorker, chunks, lists
from protocol import serve

LINKS, CANDIDATES = 16, 100
#: Vectors that 8-bit steps and lists are trained on, at most.
TRAINED_ON = 100_000
#: Lists that are looked at, and candidates ranked again for each neighbour wanted.
PROBES = [(4, 10), (8, 10), (16, 5), (16, 10), (16, 20), (32, 10), (32, 20), (64, 10), (64, 30), (128, 30), (256, 30)]


class Worker(IndexWorker):
    version = f"FAISS {faiss.__version__}"

    def build(self, method, vectors, threads):
        faiss.omp_set_num_threads(threads)
        dimension, metric = vectors.shape[1], faiss.METRIC_INNER_PRODUCT
        if method == "flat":
            index = faiss.IndexFlatIP(dimension)
        elif method == "SQ8":
            index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_8bit, metric)
        elif method == "HNSW":
            index = faiss.IndexHNSWFlat(dimension, LINKS, metric)
            index.hnsw.efConstruction = CANDIDATES
        else:
            # The fast scan is the faster of the two RaBitQ indexes, and more exact.
            index = faiss.index_factory(dimension, f"IVF{lists(len(vectors))},RaBitQfs,RFlat", metric)
        if not index.is_trained:
            step = max(1, len(vectors) // TRAINED_ON)
            index.train(np.ascontiguousarray(vectors[::step][:TRAINED_ON]))
        for _, part in chunks(vectors):
            index.add(part)
        return index

    def write(self, index, path):
        faiss.write_index(index, path)

    def open(self, method, path, vectors):
        return faiss.read_index(path)

    def variants(self, method):
        if method == "HNSW":
            return [f"ef {count}" for count in (12, 16, 20, 24, 32, 40, 50, 64, 96, 128, 200, 300)]
        if method == "IVF RaBitQ":
            return [f"probes {probes}, refine {factor}" for probes, factor in PROBES]
        return []

    def configure(self, index, variant):
        numbers = [int(word) for word in variant.replace(",", "").split() if word.isdigit()]
        if self.method == "HNSW":
            index.hnsw.efSearch = numbers[0]
        else:
            faiss.downcast_index(index.base_index).nprobe, index.k_factor = numbers

    def search(self, index, queries, count, threads):
        if threads != self.threads:
            faiss.omp_set_num_threads(threads)
            self.threads = threads
        return index.search(queries, count)[1]

    threads = None


if __name__ == "__main__":
    serve(Worker().handlers())
