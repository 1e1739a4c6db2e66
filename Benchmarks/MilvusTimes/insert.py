"""Times the writing of made-up rows by hand, through pymilvus: insert.py ADDRESS [products [FLAT|HNSW]]

    PYTHONPATH=.servers/milvus-lite-3.2.2 python3 Benchmarks/MilvusTimes/insert.py http://127.0.0.1:PORT
"""
import json
import sys
import time

import numpy
from pymilvus import DataType, MilvusClient

count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
client = MilvusClient(sys.argv[1], timeout=600)
random = numpy.random.default_rng(1)
vectors = random.standard_normal((count, 1435), dtype=numpy.float32)
vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
rows = [
    {
        "id": str(100_000 + i), "vector": vectors[i], "article": f"articleType {i % 100}", "colour": f"baseColour {i % 46}",
        "numbers": {"price": [i % 100 + 0.5]}, "product": json.dumps({"title": f"Product {i}", "price": i % 100}),
    }
    for i in range(count)
]
for kind in sys.argv[3:] or ["FLAT", "HNSW"]:
    if client.has_collection("by_hand"):
        client.drop_collection("by_hand")
    schema = client.create_schema(auto_id=False)
    schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=100)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=1435)
    schema.add_field("article", DataType.VARCHAR, max_length=100)
    schema.add_field("colour", DataType.VARCHAR, max_length=100)
    schema.add_field("numbers", DataType.JSON)
    schema.add_field("product", DataType.VARCHAR, max_length=1000)
    index = client.prepare_index_params()
    parameters = {} if kind == "FLAT" else {"M": 16, "efConstruction": 200}
    index.add_index("vector", index_type=kind, metric_type="IP", params=parameters)
    client.create_collection("by_hand", schema=schema, index_params=index)
    start = time.perf_counter()
    for first in range(0, count, 500):
        client.insert("by_hand", rows[first:first + 500])
    written = time.perf_counter()
    client.flush("by_hand")
    flushed = time.perf_counter()
    print(f"{kind}: insert {written - start:.2f} s, flush {flushed - written:.2f} s")
    # An index is built in the background, of all rows that are in the storage.
    while kind != "FLAT" and client.describe_index("by_hand", "vector").get("pending_index_rows", 0) > 0:
        time.sleep(0.2)
    if kind != "FLAT":
        print(f"{kind}: indexed {time.perf_counter() - flushed:.2f} s later")
client.drop_collection("by_hand")
