"""What the server has acknowledged, and what it must therefore answer.

A product that is put has the picture of a product of the catalogue, its model, so that their pictures are equal, and
the score of the two follows from their attributes: 0.8 + 0.2 * cosine of the attributes.
"""
import csv
import dataclasses
import math
import pathlib
import threading

ATTRIBUTES = ["gender", "masterCategory", "subCategory", "articleType", "baseColour", "season", "usage"]
IMAGE_SHARE = 0.8
TOLERANCE = 1e-4


@dataclasses.dataclass(frozen=True)
class Model:
    """A product of the catalogue."""

    id: str
    attributes: dict
    picture: bytes


@dataclasses.dataclass(frozen=True)
class Version:
    """A product as it was put."""

    title: str
    model: Model
    attributes: dict

    @property
    def score(self):
        """The score of this product and its model."""
        shared = sum(self.model.attributes[name] == value for name, value in self.attributes.items())
        cosine = shared / math.sqrt(len(self.attributes) * len(self.model.attributes))
        return IMAGE_SHARE + (1 - IMAGE_SHARE) * cosine


def read_models(folder):
    """The products of a folder in the Kaggle layout that have a JPEG and all attributes."""
    folder = pathlib.Path(folder)
    models = []
    with open(folder / "styles.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            path = folder / "images" / f"{row['id']}.jpg"
            attributes = {name: row.get(name) for name in ATTRIBUTES}
            if path.is_file() and all(value not in (None, "", "NA") for value in attributes.values()):
                models.append(Model(row["id"], attributes, path.read_bytes()))
    return models


class Ledger:
    """The state of each product that the soak may change: each has one writer, so its changes follow each other."""

    def __init__(self):
        self.lock = threading.Lock()
        self.present = {}
        #: What was asked for and not answered yet, or never: both states are right then.
        self.open = {}
        self.acknowledged = {"PUT": 0, "DELETE": 0}

    def begin(self, id, version):
        """Before a change is sent; `None` is a removal."""
        with self.lock:
            self.open[id] = version

    def acknowledge(self, id):
        """The server has answered that it was done."""
        with self.lock:
            version = self.open.pop(id)
            self.acknowledged["PUT" if version else "DELETE"] += 1
            self.set(id, version)

    def refuse(self, id):
        """The server has answered that it was not done."""
        with self.lock:
            self.open.pop(id)

    def settle(self, id, version):
        """What an unanswered change came to."""
        with self.lock:
            self.open.pop(id, None)
            self.set(id, version)

    def set(self, id, version):
        if version is None:
            self.present.pop(id, None)
        else:
            self.present[id] = version

    def possible(self, id):
        """The versions that may be there; `None` among them when it may be absent."""
        with self.lock:
            states = [self.present.get(id)]
            if id in self.open:
                states.append(self.open[id])
            return states
