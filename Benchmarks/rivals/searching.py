"""The commands about indexes, for libraries that search vectors."""
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

#: Neighbours that are wanted; one more is asked for, since each query is a vector of the index and finds itself.
WANTED = 10
#: Vectors that are handed to a library at once while it builds, so that a large file need not be in memory twice.
ROWS_AT_ONCE = 100_000


class IndexWorker:
    """A library says how it builds, opens and searches.

    - `build(method, vectors, threads)` gives an index in memory; `write(index, path)` writes it and
      `open(method, path, vectors)` opens what was written.
    - `variants(method)` lists the settings of a search by name, none when there is nothing to set;
      `configure(index, variant)` sets one.
    - `search(index, queries, count, threads)` gives the positions of the nearest, a row for each query.
    """

    version = ""

    def handlers(self):
        return {
            "version": lambda command: {"version": self.version},
            "build-index": self.build_command,
            "open-index": self.open_command,
            "variants": lambda command: {"variants": self.variants(self.method)},
            "search": self.search_command,
            "search-together": self.search_together,
            "all-neighbors": self.all_neighbors,
        }

    def build_command(self, command):
        vectors = read_vectors(command)
        start = time.perf_counter()
        index = self.build(command["method"], vectors, command["threads"])
        seconds = time.perf_counter() - start
        self.write(index, command["output"])
        return {"seconds": seconds}

    def open_command(self, command):
        self.index, self.configured = None, None
        self.method, self.vectors = command["method"], read_vectors(command)
        start = time.perf_counter()
        self.index = self.open(self.method, command["path"], self.vectors)
        return {"seconds": time.perf_counter() - start}

    def use(self, command):
        """The queries of a command, ready made."""
        variant = command.get("variant")
        if variant is not None and variant != self.configured:
            self.configure(self.index, variant)
            self.configured = variant
        return np.ascontiguousarray(self.vectors[command["rows"]])

    def search_command(self, command):
        queries = self.use(command)
        latencies, found = [], []
        for position in range(len(queries)):
            query = queries[position:position + 1]
            start = time.perf_counter()
            positions = self.search(self.index, query, WANTED + 1, 1)
            latencies.append(time.perf_counter() - start)
            found.append(positions[0])
        return {"latencies": latencies, "neighbors": without_themselves(command["rows"], found)}

    def search_together(self, command):
        queries = self.use(command)
        start = time.perf_counter()
        self.search(self.index, queries, WANTED + 1, command["threads"])
        return {"seconds": time.perf_counter() - start}

    def all_neighbors(self, command):
        """Every vector is a query, all of them in one call."""
        queries, rows = np.array(self.vectors), command["rows"]
        start = time.perf_counter()
        found = self.search(self.index, queries, WANTED + 1, command["threads"])
        return {"seconds": time.perf_counter() - start, "neighbors": without_themselves(rows, found[rows])}


def read_vectors(command):
    """The vectors of a command; the file stays where it is until they are used."""
    dimension = command["dimension"]
    shape = (command["count"], dimension)
    return np.memmap(command["vectors"], dtype="<f4", mode="r", shape=shape)


def without_themselves(rows, found):
    """The neighbours of each query but itself; a library that found too few says so with negative numbers."""
    return [
        [int(position) for position in positions if position != row and position >= 0][:WANTED]
        for row, positions in zip(rows, found)
    ]


def chunks(vectors):
    """Positions and vectors, many at a time, in memory."""
    for start in range(0, len(vectors), ROWS_AT_ONCE):
        yield np.arange(start, min(start + ROWS_AT_ONCE, len(vectors))), np.ascontiguousarray(
            vectors[start:start + ROWS_AT_ONCE]
        )


def lists(count):
    """Lists for so many vectors: about four times the square root, as FAISS advises, in powers of two."""
    return 2 ** round(np.log2(4 * np.sqrt(count))) if count > 100_000 else 256


def in_threads(queries, threads, search):
    """One search after the other in each of the threads, for libraries that have no call for many queries at once."""
    if threads == 1:
        return np.stack([search(query) for query in queries])
    with ThreadPoolExecutor(threads) as pool:
        parts = pool.map(lambda part: in_threads(part, 1, search), np.array_split(queries, threads))
        return np.concatenate(list(parts))
