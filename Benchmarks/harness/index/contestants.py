"""Who searches."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Contestant:
    """A way to search: which index, with attributes or not, and whether its setting is chosen for the recall."""

    engine: str
    method: str
    has_attributes: bool = False
    variant: str | None = None

    @property
    def index(self):
        return self.engine, self.method


OURS = {
    "ours, exact": Contestant("ours", "quantized", variant="exact"),
    "ours, tuned": Contestant("ours", "quantized"),
}
OURS_WITH_ATTRIBUTES = {
    "ours, exact, with attributes": Contestant("ours", "quantized", has_attributes=True, variant="exact"),
    "ours, tuned, with attributes": Contestant("ours", "quantized", has_attributes=True),
}
RIVALS = {
    "FAISS flat": Contestant("faiss", "flat"),
    "FAISS SQ8": Contestant("faiss", "SQ8"),
    "FAISS HNSW": Contestant("faiss", "HNSW"),
    "FAISS IVF RaBitQ": Contestant("faiss", "IVF RaBitQ"),
    "hnswlib": Contestant("hnswlib", "HNSW"),
    "USearch": Contestant("usearch", "HNSW"),
}


def contestants(vector_set, libraries):
    has_attributes = vector_set.catalogue is not None
    every = {"ours, every product": Contestant("ours", "exact", has_attributes=has_attributes)}
    return (OURS_WITH_ATTRIBUTES if has_attributes else {}) | OURS | every | {
        name: rival for name, rival in RIVALS.items() if rival.engine in libraries
    }
