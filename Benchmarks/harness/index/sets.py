"""The vectors that indexes are measured on: real ones where they are, and synthetic ones like a network's features."""
import csv
import dataclasses
import os
import pathlib

import numpy as np

from harness.paths import CACHE, ROOT

#: Where they are kept; the number changes with the code that makes them.
FOLDER = CACHE / "index-1"
ATTRIBUTES = ["gender", "baseColour", "season", "usage"]
#: The weight of the picture where attributes count too.
IMAGE_WEIGHT = 0.8
MISSING = ("", "NA")
SEED = 7
#: Vectors drawn at once, each block with random numbers of its own, so that a longer file begins with a shorter one.
BLOCK = 20_000
#: Dimensions that the synthetic vectors really vary in.
LATENT = 64


@dataclasses.dataclass
class VectorSet:
    """Unit vectors in a file, perhaps with attributes."""

    name: str
    path: pathlib.Path
    count: int
    dimension: int
    catalogue: pathlib.Path | None = None
    ids: pathlib.Path | None = None

    @property
    def vectors(self):
        return np.memmap(self.path, dtype="<f4", mode="r", shape=(self.count, self.dimension))

    @property
    def folder(self):
        """Where indexes of these vectors are kept."""
        folder = FOLDER / f"{self.path.stem}-{self.count}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def vectors_command(self):
        """What a worker must know to read the vectors."""
        return {"vectors": str(self.path), "count": self.count, "dimension": self.dimension}

    def command(self):
        """What a worker must know to build an index."""
        values = self.vectors_command()
        if self.catalogue:
            values |= {"catalogue": str(self.catalogue), "ids": str(self.ids), "attributes": ATTRIBUTES}
        return values

    def codes(self):
        """The categories of each product as numbers, a column for each attribute; -1 where it is missing."""
        with open(self.catalogue, newline="", encoding="utf-8") as file:
            products = {product["id"]: product for product in csv.DictReader(file)}
        known = [{} for _ in ATTRIBUTES]
        return np.array([
            [-1 if (value := (products[id].get(attribute) or "").strip()) in MISSING
             else numbers.setdefault(value, len(numbers)) for attribute, numbers in zip(ATTRIBUTES, known)]
            for id in self.ids.read_text().split()
        ])


def shared_data():
    """The folder of the real data, or `None`."""
    named = os.environ.get("REC_SHARED_DATA")
    folders = [pathlib.Path(named)] if named else [ROOT.parent / "shared" / "data"]
    return next((folder for folder in folders if (folder / "full-catalogue" / "ids.txt").exists()), None)


def real():
    """Features of a fashion catalogue with its attributes, or `None` when they are not there."""
    folder = shared_data()
    if folder is None:
        return None
    features = np.load(folder / "full-catalogue" / "efficientnet-lite0.f16.npy", mmap_mode="r")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / "real.f32"
    if not path.exists():
        numbers = features.astype(np.float64)
        write(path, [numbers / np.linalg.norm(numbers, axis=1, keepdims=True)])
    return VectorSet("real", path, *features.shape, folder / "styles.csv", folder / "full-catalogue" / "ids.txt")


def synthetic(name, count, dimension, clusters):
    """Vectors like a network's: never negative, in clusters of unequal size and width, varying in a few directions.

    A file that is there already is made longer when it has too few.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"clustered-{clusters}x{dimension}.f32"
    size = path.stat().st_size if path.exists() else 0
    missing = range(size // (4 * dimension * BLOCK), -(-count // BLOCK))
    if missing:
        print(f"drawing {len(missing) * BLOCK} vectors of {dimension}", flush=True)
        with open(path, "ab") as file:
            file.truncate(missing.start * 4 * dimension * BLOCK)
            for part in drawn(missing, dimension, clusters):
                part.tofile(file)
    return VectorSet(name, path, count, dimension)


def drawn(blocks, dimension, clusters):
    """Rectified random projections of points around the centres of clusters."""
    random = np.random.default_rng(SEED)
    spread = np.arange(1, LATENT + 1, dtype=np.float32) ** -0.5
    centres = 2 * spread * random.standard_normal((clusters, LATENT), dtype=np.float32)
    widths = random.uniform(0.3, 0.9, clusters).astype(np.float32)
    sizes = random.gamma(1, 1, clusters)
    layer = random.standard_normal((LATENT, dimension), dtype=np.float32) / np.sqrt((spread**2).sum())
    for block in blocks:
        random = np.random.default_rng((SEED, block))
        cluster = random.choice(clusters, BLOCK, p=sizes / sizes.sum())
        points = random.standard_normal((BLOCK, LATENT), dtype=np.float32)
        points = centres[cluster] + widths[cluster, None] * spread * points
        features = points @ layer - 0.7 + 0.25 * random.standard_normal((BLOCK, dimension), dtype=np.float32)
        features = np.maximum(features, 0)
        yield (features / np.linalg.norm(features, axis=1, keepdims=True)).astype("<f4")


def write(path, parts):
    unfinished = path.with_name(path.name + ".part")
    with open(unfinished, "wb") as file:
        for part in parts:
            part.astype("<f4").tofile(file)
    unfinished.rename(path)
