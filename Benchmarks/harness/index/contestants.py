"""Who searches."""
import dataclasses

from harness.worker import Worker, WorkerError


@dataclasses.dataclass(frozen=True)
class Contestant:
    """A way to search: which index, with attributes or not, and whether its setting is chosen for the recall."""

    engine: str
    method: str
    has_attributes: bool = False
    variant: str | None = None
    #: Products that it takes at most.
    most: int | None = None

    @property
    def index(self):
        return self.engine, self.method

    @property
    def is_tuned(self):
        """Whether it is ours, with a setting that is chosen for the recall."""
        return self.engine == "ours" and self.method != "exact" and self.variant is None


OURS = {
    "ours, exact": Contestant("ours", "quantized", variant="exact"),
    "ours, tuned": Contestant("ours", "quantized"),
}
OURS_WITH_ATTRIBUTES = {
    "ours, exact, with attributes": Contestant("ours", "quantized", has_attributes=True, variant="exact"),
    "ours, tuned, with attributes": Contestant("ours", "quantized", has_attributes=True),
}
OURS_WITH_GRAPH = {"ours, graph": Contestant("ours", "graph")}
OURS_WITH_GRAPH_AND_ATTRIBUTES = {
    "ours, graph, with attributes": Contestant("ours", "graph", has_attributes=True),
}
RIVALS = {
    "FAISS flat": Contestant("faiss", "flat"),
    "FAISS SQ8": Contestant("faiss", "SQ8"),
    "FAISS HNSW": Contestant("faiss", "HNSW"),
    "FAISS IVF RaBitQ": Contestant("faiss", "IVF RaBitQ"),
    "hnswlib": Contestant("hnswlib", "HNSW"),
    "USearch": Contestant("usearch", "HNSW"),
    "SymphonyQG": Contestant("rabitqlib", "SymphonyQG"),
    "rabitqlib HNSW": Contestant("rabitqlib", "HNSW"),
    "rabitqlib IVF": Contestant("rabitqlib", "IVF"),
    "SVS Vamana": Contestant("svs", "Vamana"),
    # All libraries with a million vectors each would need more than 24 GB.
    "VSAG HGraph": Contestant("vsag", "HGraph SQ8", most=100_000),
    # It takes a Python object for each product, so that a million would need as long as all other graphs together.
    "zvec HNSW": Contestant("zvec", "HNSW RaBitQ", most=100_000),
}


def missing(libraries, cores):
    """The libraries that do not start here, with the reason."""
    reasons = {}
    for engine in libraries:
        with Worker(engine, cores, 1) as worker:
            try:
                worker.ask("version")
            except WorkerError:
                reasons[engine] = worker.last_words()
    return reasons


def contestants(vector_set, libraries):
    has_attributes = vector_set.catalogue is not None
    every = {"ours, every product": Contestant("ours", "exact", has_attributes=has_attributes)}
    with_attributes = OURS_WITH_ATTRIBUTES | OURS_WITH_GRAPH_AND_ATTRIBUTES if has_attributes else {}
    return with_attributes | OURS | OURS_WITH_GRAPH | every | {
        name: rival for name, rival in RIVALS.items()
        if rival.engine in libraries and vector_set.count <= (rival.most or vector_set.count)
    }
