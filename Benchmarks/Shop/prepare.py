"""Makes what both servers serve: `prepare.py CATALOGUE FOLDER`.

The catalogue is a folder in the Kaggle layout, whose pictures both embed, or the folder of the real data, whose vectors
are there (`full-catalogue`): 44,441 products, of which few have a picture. What is there already is not made again.

`REC_DEMO` names the program that makes an index of vectors; it is needed for the real data alone.
"""
import json
import os
import pathlib
import subprocess
import sys

import numpy as np

from catalogue import Catalogue, read_folder, read_table
from indexes import choose
from network import Network, export

WEIGHTS = pathlib.Path(__file__).resolve().parents[2] / ".models" / "efficientnet-lite0-57934424.pth"


def prepare(catalogue, folder):
    """Returns the index that the rival is best with."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx = folder / "network.onnx"
    if not onnx.exists():
        export(WEIGHTS, folder / "network.part")
        (folder / "network.part").rename(onnx)
    chosen = folder / "rival.json"
    if not chosen.exists():
        if (catalogue / "full-catalogue").is_dir():
            made = real(catalogue, folder)
        else:
            made = pictures(catalogue, Network(onnx, threads=2))
        made.write(folder)
        name, tried = choose(Catalogue.read(folder), folder)
        chosen.write_text(json.dumps({"index": name, "tried": tried}))
    return json.loads(chosen.read_text())


def pictures(catalogue, network):
    found = read_folder(catalogue)
    vectors = np.stack([network.vector(path.read_bytes()) for _, path in found])
    return Catalogue.make([product for product, _ in found], vectors)


def real(catalogue, folder):
    """Writes our index of the vectors that are there, and returns the rival's matrix of them."""
    ids = (catalogue / "full-catalogue" / "ids.txt").read_text().split()
    features = np.load(catalogue / "full-catalogue" / "efficientnet-lite0.f16.npy").astype(np.float64)
    vectors = features / np.linalg.norm(features, axis=1, keepdims=True)
    table = read_table(catalogue / "styles.csv")
    products = [table[id] for id in ids]
    if not (folder / "shop.live").exists():
        index(products, vectors, folder)
    return Catalogue.make(products, vectors)


def index(products, vectors, folder):
    demo = os.environ["REC_DEMO"]
    embeddings = folder / "embeddings"
    embeddings.mkdir(exist_ok=True)
    with open(folder / "products.jsonl", "w", encoding="utf-8") as file:
        for product in products:
            present = {name: value for name, value in product.items() if value not in ("", "NA")}
            file.write(json.dumps(present | {"picture": f"images/{product['id']}.jpg"}) + "\n")
    with open(embeddings / "part.jsonl", "w") as file:
        for product, vector in zip(products, vectors):
            numbers = ",".join(f"{number:.7g}" for number in vector)
            file.write(f'{{"path":"images/{product["id"]}.jpg","embedding":[{numbers}]}}\n')
    sample = pathlib.Path(__file__).resolve().parents[2] / "Examples" / "SampleCatalogue" / "images" / "10001.jpg"
    network = ["--backbone", "efficientnet-lite0", "--weights", str(WEIGHTS)]
    recipe = embeddings / "_recipe.json"
    run(demo, "embed", *network, "--recipe", str(recipe), str(sample))
    run(demo, "index", "--catalog", str(folder / "products.jsonl"), "--embeddings", str(embeddings), *network,
        "--out", str(folder / "shop.index"))
    run(demo, "publish", "--approximate", "--index", str(folder / "shop.index"), "--to", str(folder / "shop.live.part"))
    (folder / "shop.live.part").rename(folder / "shop.live")
    (embeddings / "part.jsonl").unlink()


def run(*arguments):
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    print(json.dumps(prepare(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])), indent=1))
