"""Searches with zvec, a database in the process: a graph of RaBitQ codes, perhaps ranked again by the vectors."""
import os
import shutil
import time

import zvec

from searching import IndexWorker, in_threads, read_vectors
from protocol import serve

LINKS, CANDIDATES, BITS = 16, 200, 7
FIELD = "vector"
#: Products that are handed over at once; the library accepts no more than 1,024.
PRODUCTS_AT_ONCE = 1000


class Worker(IndexWorker):
    version = f"zvec {zvec.__version__}"

    def build_command(self, command):
        """A database is made in its folder, so building and writing are one."""
        path, threads, vectors = command["output"], command["threads"], read_vectors(command)
        shutil.rmtree(path, ignore_errors=True)
        zvec.init(optimize_threads=threads, log_level=zvec.LogLevel.ERROR)
        flat = zvec.FlatIndexParam(metric_type=zvec.MetricType.IP)
        field = zvec.VectorSchema(FIELD, zvec.DataType.VECTOR_FP32, vectors.shape[1], index_param=flat)
        start = time.perf_counter()
        collection = zvec.create_and_open(path, zvec.CollectionSchema(name="products", vectors=[field]))
        for first in range(0, len(vectors), PRODUCTS_AT_ONCE):
            part = vectors[first:first + PRODUCTS_AT_ONCE]
            collection.insert([
                zvec.Doc(id=str(position), vectors={FIELD: vector}) for position, vector in enumerate(part, first)
            ])
        graph = zvec.HnswRabitqIndexParam(
            metric_type=zvec.MetricType.IP, m=LINKS, ef_construction=CANDIDATES, total_bits=BITS
        )
        collection.create_index(FIELD, graph, zvec.IndexOption(concurrency=threads))
        collection.optimize(zvec.OptimizeOption(concurrency=threads))
        collection.flush()
        return {"seconds": time.perf_counter() - start}

    def open(self, method, path, vectors):
        if self.collection is None:
            zvec.init(query_threads=len(os.sched_getaffinity(0)), log_level=zvec.LogLevel.ERROR)
        else:
            self.collection.close()
        self.collection = zvec.open(path, zvec.CollectionOption(read_only=True))
        return self.collection

    collection = None

    def variants(self, method):
        efforts = (12, 16, 20, 24, 30, 40, 50, 70, 100, 150, 200)
        return [f"ef {count}{ending}" for ending in ("", ", ranked again") for count in efforts]

    def configure(self, index, variant):
        self.parameters = zvec.HnswRabitqQueryParam(
            ef=int(variant.split()[1].rstrip(",")), is_using_refiner="again" in variant
        )

    def search(self, index, queries, count, threads):
        def positions(query):
            asked = zvec.Query(field_name=FIELD, vector=query, param=self.parameters)
            found = [int(product.id) for product in index.query(asked, topk=count, output_fields=[])]
            return found + [-1] * (count - len(found))

        return in_threads(queries, threads, positions)


if __name__ == "__main__":
    serve(Worker().handlers())
