"""The rival: the same routes with FastAPI, ONNX Runtime and an index of FAISS or hnswlib.

It is written as a careful team would: no validation of answers, orjson, searches on the event loop since they are
shorter than the way to another thread and back, networks on threads, and one thread for each computation because there
is a process for each core. It has no logs, metrics, limits, filters or changes, which ours has. With RIVAL_CACHE it keeps
recent answers, which in ours end with each change of the catalogue.
"""
import asyncio
import collections
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import orjson
from fastapi import FastAPI, HTTPException, Request, Response

from catalogue import IMAGE_WEIGHT, Catalogue
from indexes import open_index
from network import Network

FOLDER = os.environ["RIVAL_FOLDER"]

catalogue = Catalogue.read(FOLDER)
index = open_index(os.environ["RIVAL_INDEX"], catalogue, FOLDER)
network = Network(os.environ["RIVAL_ONNX"])
threads = ThreadPoolExecutor(int(os.environ.get("RIVAL_THREADS", "1")))
dimension, width = catalogue.matrix.shape[1], catalogue.pictures
# The index has the vectors, so that none is in memory twice.
catalogue.matrix = None
ids = [product["id"] for product in catalogue.products]
titles = [product["title"] for product in catalogue.products]
pictures = [f"/pictures/{id}?v=1" for id in ids]
rows = {id: row for row, id in enumerate(ids)}
app = FastAPI(openapi_url=None)
#: Bodies of recent answers by product and count, the one asked for last at the end, and the bytes that they may have in each process.
known, room = collections.OrderedDict(), int(os.environ.get("RIVAL_CACHE", "0"))
taken = 0


def answer(found):
    lines = [
        {
            "id": ids[row],
            "rank": rank,
            "score": score,
            "image": image,
            "metadata": metadata,
            "title": titles[row],
            "picture": pictures[row],
        }
        for rank, (row, score, image, metadata) in enumerate(found, 1)
    ]
    return orjson.dumps({"results": lines})


def response(body):
    return Response(body, media_type="application/json")


def keep(address, body):
    global taken
    known[address] = body
    taken += len(body) + 200
    while taken > room:
        _, content = known.popitem(last=False)
        taken -= len(content) + 200


@app.get("/ready")
async def ready():
    return {"status": "ready", "products": len(ids)}


@app.get("/products/{id}/similar")
async def similar(id: str, count: int = 10):
    address = (id, count) if room else None
    if address in known:
        known.move_to_end(address)
        return response(known[address])
    row = rows.get(id)
    if row is None:
        raise HTTPException(404)
    query = index.vectors([row])[0]
    scores, found = index.search(query, count + 1)
    # The product finds itself, as a rule first.
    kept = found != row
    scores, found = scores[kept][:count], found[kept][:count]
    images = index.vectors(found)[:, :width] @ query[:width] / IMAGE_WEIGHT
    metadata = (scores - IMAGE_WEIGHT * images) / (1 - IMAGE_WEIGHT)
    body = answer(zip(found.tolist(), scores.tolist(), images.tolist(), metadata.tolist()))
    if room:
        keep(address, body)
    return response(body)


@app.post("/search/image")
async def search_image(request: Request, count: int = 10):
    body = await request.body()
    vector = await asyncio.get_running_loop().run_in_executor(threads, network.vector, body)
    # No attributes are known, so the picture alone counts.
    query = np.zeros(dimension, dtype=np.float32)
    query[:width] = vector * IMAGE_WEIGHT**-0.5
    scores, found = index.search(query, count)
    scores = scores.tolist()
    return response(answer(zip(found.tolist(), scores, scores, [None] * len(scores))))
