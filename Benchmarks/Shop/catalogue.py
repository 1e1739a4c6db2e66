"""What both servers serve, as the rival needs it: products, their vectors, and an index of them.

A row of the matrix is the picture's unit vector and the unit vector of the attributes, scaled by the roots of their
weights, so that an inner product is the score that the library gives.
"""
import csv
import dataclasses
import json
import pathlib

import numpy as np

ATTRIBUTES = ["gender", "masterCategory", "subCategory", "articleType", "baseColour", "season", "usage"]
IMAGE_WEIGHT = 0.8
MISSING = ("", "NA")


@dataclasses.dataclass
class Catalogue:
    """Products in the order of the rows of the matrix."""

    products: list
    matrix: np.ndarray
    #: The numbers of the picture's part of a row.
    pictures: int

    @classmethod
    def make(cls, products, pictures):
        """From products with their attributes, and a unit vector for the picture of each."""
        attributes = one_hot(products)
        parts = [pictures * IMAGE_WEIGHT**0.5, attributes * (1 - IMAGE_WEIGHT) ** 0.5]
        return cls(products, np.ascontiguousarray(np.hstack(parts), dtype=np.float32), pictures.shape[1])

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "matrix.npy", self.matrix)
        (folder / "products.json").write_text(json.dumps({"pictures": self.pictures, "products": self.products}))

    @classmethod
    def read(cls, folder):
        """The matrix stays in its file, of which all processes share one copy in memory."""
        table = json.loads((pathlib.Path(folder) / "products.json").read_text())
        return cls(table["products"], np.load(f"{folder}/matrix.npy", mmap_mode="r"), table["pictures"])


def one_hot(products):
    """A unit vector of the attributes of each product; zeros where it has none."""
    columns = {}
    for product in products:
        for name in ATTRIBUTES:
            if product[name] not in MISSING:
                columns.setdefault((name, product[name]), len(columns))
    rows = np.zeros((len(products), len(columns)))
    for row, product in zip(rows, products):
        for name in ATTRIBUTES:
            if product[name] not in MISSING:
                row[columns[name, product[name]]] = 1
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, 1)


def read_table(path):
    """The products of a file like the Kaggle set's styles.csv, by identifier; a name may have commas."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        names = next(rows)
        named = (dict(zip(names, row[: len(names) - 1] + [",".join(row[len(names) - 1:])])) for row in rows if row)
        return {
            row["id"]: {"id": row["id"], "title": row["productDisplayName"]} | {name: row[name] for name in ATTRIBUTES}
            for row in named
        }


def read_folder(folder):
    """The products of a folder in the Kaggle layout that have a JPEG, with the path of each one's."""
    folder = pathlib.Path(folder)
    products = read_table(folder / "styles.csv")
    pictures = {id: folder / "images" / f"{id}.jpg" for id in products}
    return [(products[id], path) for id, path in pictures.items() if path.is_file()]
