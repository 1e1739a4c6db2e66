"""Indexes that a team could take for the rival: FAISS flat, FAISS HNSW and hnswlib."""
import pathlib
import time

import numpy as np

LINKS, CANDIDATES = 16, 100
EFFORTS = (16, 24, 32, 48, 64, 96, 128, 200, 300)
#: What a search must find of the true ten nearest, and on how many products that is tried.
LEAST_RECALL, TRIED = 0.99, 300
#: Neighbours that are asked for; the product itself is one more.
WANTED = 11


class Flat:
    """All vectors, compared by FAISS."""

    def __init__(self, matrix, path, effort):
        import faiss

        faiss.omp_set_num_threads(1)
        self.index = faiss.IndexFlatIP(matrix.shape[1])
        self.index.add(np.ascontiguousarray(matrix))

    def search(self, query, count):
        scores, rows = self.index.search(query[None], count)
        return scores[0], rows[0]

    def vectors(self, rows):
        return self.index.reconstruct_batch(rows)


class FaissGraph(Flat):
    """FAISS' HNSW."""

    def __init__(self, matrix, path, effort):
        import faiss

        faiss.omp_set_num_threads(2)
        file = pathlib.Path(f"{path}.faiss")
        if not file.exists():
            index = faiss.IndexHNSWFlat(matrix.shape[1], LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = CANDIDATES
            index.add(np.ascontiguousarray(matrix))
            faiss.write_index(index, str(file))
        faiss.omp_set_num_threads(1)
        self.index = faiss.read_index(str(file))
        self.index.hnsw.efSearch = effort


class Graph:
    """hnswlib."""

    def __init__(self, matrix, path, effort):
        import hnswlib

        file = pathlib.Path(f"{path}.hnswlib")
        if not file.exists():
            index = hnswlib.Index("ip", matrix.shape[1])
            index.init_index(len(matrix), M=LINKS, ef_construction=CANDIDATES)
            index.add_items(np.ascontiguousarray(matrix), np.arange(len(matrix)), num_threads=2)
            index.save_index(str(file))
        self.index = hnswlib.Index("ip", matrix.shape[1])
        self.index.load_index(str(file))
        self.index.set_ef(effort)

    def search(self, query, count):
        rows, distances = self.index.knn_query(query, count, num_threads=1)
        return 1 - distances[0], rows[0].astype(np.int64)

    def vectors(self, rows):
        return self.index.get_items(rows)


KINDS = {"FAISS flat": Flat, "FAISS HNSW": FaissGraph, "hnswlib": Graph}


def open_index(name, catalogue, folder):
    """Opens what `choose` named, such as `hnswlib, ef 64`."""
    kind, _, effort = name.partition(", ef ")
    return KINDS[kind](catalogue.matrix, pathlib.Path(folder) / "graph", int(effort or 0))


def choose(catalogue, folder):
    """The fastest index that finds 99 % of the true neighbours on one core.

    Returns its name, and milliseconds and recall of all that were tried.
    """
    matrix, generator = catalogue.matrix, np.random.default_rng(7)
    rows = generator.choice(len(matrix), min(TRIED, len(matrix)), replace=False)
    queries = np.ascontiguousarray(matrix[rows])
    least = np.sort(queries @ np.asarray(matrix).T, axis=1)[:, -min(WANTED, len(matrix))]
    tried = {}
    for kind in KINDS:
        for effort in EFFORTS if kind != "FAISS flat" else (0,):
            name = f"{kind}, ef {effort}" if effort else kind
            index = open_index(name, catalogue, folder)
            found, times = 0, []
            for query, limit in zip(queries, least):
                start = time.perf_counter()
                scores, _ = index.search(query, WANTED)
                times.append(time.perf_counter() - start)
                found += np.count_nonzero(scores >= limit - 1e-5)
            recall = min(1, found / (WANTED * len(queries)))
            tried[name] = (float(np.median(times) * 1000), float(recall))
            if recall >= LEAST_RECALL:
                break
    good = {name: cost for name, (cost, recall) in tried.items() if recall >= LEAST_RECALL}
    return min(good, key=good.get), tried
