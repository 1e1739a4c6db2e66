#!/usr/bin/env python3
"""Makes the bytes of messages of Milvus with Google's library for Protocol Buffers, from the proto file of the tests.

Needs grpcio-tools: python3 -m pip install grpcio-tools
"""
import importlib
import pathlib
import struct
import sys
import tempfile

from grpc_tools import protoc

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Tests/RecMilvusTests/Fixtures"

with tempfile.TemporaryDirectory() as folder:
    assert protoc.main(["", f"-I{FIXTURES}", f"--python_out={folder}", str(FIXTURES / "milvus.proto")]) == 0
    sys.path.insert(0, folder)
    m = importlib.import_module("milvus_pb2")

TEXTS = ["plain", 'quote " and \\', "emoji \U0001f44d", ""]


def pairs(**entries):
    return [m.KeyValuePair(key=key, value=value) for key, value in entries.items()]


def column(name, kind, **data):
    return m.FieldData(type=kind, field_name=name, scalars=m.ScalarField(**data))


def vectors(name, dimension, numbers):
    return m.FieldData(
        type=101,
        field_name=name,
        vectors=m.VectorField(dim=dimension, float_vector=m.FloatArray(data=numbers)),
    )


schema = m.CollectionSchema(
    name="products",
    description="Ein Test",
    fields=[
        m.FieldSchema(name="id", is_primary_key=True, data_type=21, type_params=pairs(max_length="65535")),
        m.FieldSchema(name="vector", data_type=101, type_params=pairs(dim="3")),
        m.FieldSchema(
            name="terms",
            data_type=22,
            element_type=21,
            type_params=pairs(max_capacity="4096", max_length="256"),
        ),
    ],
)
columns = [
    column("id", 21, string_data=m.StringArray(data=TEXTS)),
    vectors("vector", 3, [0.1 * number for number in range(12)]),
    column("pattern", 5, long_data=m.LongArray(data=[0, -1, 300, 2**62])),
    column(
        "terms",
        22,
        array_data=m.ArrayArray(
            element_type=21,
            data=[m.ScalarField(string_data=m.StringArray(data=TEXTS[:count])) for count in range(4)],
        ),
    ),
    column("numbers", 9 + 14, json_data=m.JSONArray(data=[b'{"price": [1.5]}', b"{}", b"", b"{}"])),
]
group = m.PlaceholderGroup(
    placeholders=[
        m.PlaceholderValue(tag="$0", type=101, values=[struct.pack("<3f", 1, 2, 3), struct.pack("<3f", -1, 0, 0.5)])
    ]
)
bad = m.Status(error_code=1, reason="no such thing", code=65535, retriable=True)

messages = {
    "create": m.CreateCollectionRequest(
        db_name="shop",
        collection_name="products",
        schema=schema.SerializeToString(),
        shards_num=2,
        consistency_level=2,
        properties=pairs(one="1", two=""),
    ),
    "alter": m.AlterCollectionRequest(collection_name="products", properties=pairs(one="1", two="")),
    "drop": m.CollectionRequest(db_name="shop", collection_name="products"),
    "load": m.LoadCollectionRequest(collection_name="products", replica_number=2),
    "load-state": m.GetLoadStateRequest(collection_name="products", db_name="shop"),
    "index": m.CreateIndexRequest(
        collection_name="products",
        field_name="vector",
        index_name="vector",
        extra_params=pairs(index_type="FLAT", params="{}"),
    ),
    "flush": m.FlushRequest(collection_names=["products"]),
    "flush-state": m.GetFlushStateRequest(segmentIDs=[1, 2**40], flush_ts=2**60, collection_name="products"),
    "upsert": m.UpsertRequest(collection_name="products", fields_data=columns, num_rows=4),
    "delete": m.DeleteRequest(collection_name="products", expr='id in ["a"]'),
    "query": m.QueryRequest(
        collection_name="products",
        expr="pattern >= 0",
        output_fields=["id", "vector"],
        guarantee_timestamp=2**60,
        query_params=pairs(limit="10"),
        consistency_level=1,
    ),
    "search": m.SearchRequest(
        collection_name="products",
        dsl="pattern in [1]",
        placeholder_group=group.SerializeToString(),
        dsl_type=1,
        output_fields=["id"],
        search_params=pairs(anns_field="vector", topk="5"),
        guarantee_timestamp=7,
        nq=2,
        consistency_level=1,
    ),
    "replicas": m.GetReplicasRequest(collection_name="products", db_name="shop"),
    "loaded": m.GetQuerySegmentInfoRequest(collection_name="products", db_name="shop"),
    "stored": m.GetPersistentSegmentInfoRequest(collection_name="products", db_name="shop"),
    "connect": m.ConnectRequest(client_info=m.ClientInfo(sdk_type="Swift")),
    "status": bad,
    "description": m.DescribeCollectionResponse(schema=schema, properties=pairs(one="1", two="2")),
    "state": m.GetLoadStateResponse(state=3),
    "version": m.GetVersionResponse(version="v2.3.5"),
    "connected": m.ConnectResponse(server_info=m.ServerInfo(deploy_mode="DISTRIBUTED")),
    "flushed": m.FlushResponse(
        coll_segIDs={"products": m.LongArray(data=[5, 6])}, coll_flush_ts={"products": 2**50}
    ),
    "flush-done": m.GetFlushStateResponse(flushed=True),
    "mutation": m.MutationResult(timestamp=2**60 + 1),
    "rows": m.QueryResults(fields_data=columns),
    "refused": m.QueryResults(status=bad),
    "replica-nodes": m.GetReplicasResponse(
        replicas=[m.ReplicaInfo(node_ids=[4, 2**40]), m.ReplicaInfo(), m.ReplicaInfo(node_ids=[9])]
    ),
    "replica-fault": m.GetReplicasResponse(status=bad),
    "loaded-segments": m.GetQuerySegmentInfoResponse(
        infos=[
            m.QuerySegmentInfo(segment_id=7, num_rows=450, node_ids=[4, 9]),
            m.QuerySegmentInfo(segment_id=2**40, num_rows=2**40),
        ]
    ),
    "stored-segments": m.GetPersistentSegmentInfoResponse(
        infos=[
            m.PersistentSegmentInfo(segment_id=5, num_rows=450, state=4),
            m.PersistentSegmentInfo(segment_id=6, num_rows=7, state=2),
            m.PersistentSegmentInfo(segment_id=7, state=4),
            m.PersistentSegmentInfo(segment_id=2**40, num_rows=900, state=4),
        ]
    ),
    "found": m.SearchResults(
        results=m.SearchResultData(
            num_queries=2,
            top_k=3,
            fields_data=columns[:3],
            scores=[0.5, 0.25, -1, 1e-7],
            ids=m.IDs(str_id=m.StringArray(data=TEXTS)),
            topks=[3, 1],
        )
    ),
}
lines = [f"{name} {message.SerializeToString(deterministic=True).hex()}" for name, message in sorted(messages.items())]
(FIXTURES / "messages.txt").write_text("\n".join(lines) + "\n")
