"""What milvus.sh needs Python for: the programs of Milvus 2.3.5 in its package, its configuration, and its health.

    milvus_standalone.py unpack DIR              unpacks the programs
    milvus_standalone.py configure DIR PORT      writes the configuration of a server on PORT and those from PORT + 1 on;
                                                 that of the metrics is PORT + 10, that of the peers of etcd PORT + 11
    milvus_standalone.py health PORT             ends with 0 when the server with these metrics is ready
"""
import os
import sys
import urllib.request


def unpack(folder):
    import milvus

    os.makedirs(folder, exist_ok=True)
    milvus._initialize_data_files(folder)
    # The packed programs are needed no more.
    packed = os.path.join(os.path.dirname(milvus.__file__), "data", "bin")
    for name in os.listdir(packed):
        if name.endswith(".lzma"):
            os.remove(os.path.join(packed, name))


def configure(folder, port):
    import milvus

    names = [
        "proxy_port", "proxy_internal_port", "root_coord_port", "query_coord_port", "query_node_port", "index_node_port",
        "data_coord_port", "data_node_port", "etcd_port", "index_coord_port",
    ]
    configuration = milvus.MilvusServerConfig(data_dir=folder, **{name: port + i for i, name in enumerate(names)})
    for component in ["rootCoord", "proxy", "queryCoord", "queryNode", "indexNode", "dataCoord", "dataNode"]:
        # The address that components give each other; they listen on all interfaces all the same.
        configuration.set(f"{component}.ip", "127.0.0.1")
    configuration.resolve()
    # The server within, etcd, has settings of its own; without them it would take ports 2379 and 2380.
    settings = os.path.join(folder, "configs", "etcd.yaml")
    path = os.path.join(folder, "configs", "milvus.yaml")
    with open(path) as file:
        text = file.read()
    # After 5 seconds without a sign of life instead of 30, another server may take the place of one that was killed; and
    # the clock ticks every 50 milliseconds instead of 200, for which tests wait often.
    tick = os.environ.get("REC_MILVUS_TICK", "50")
    for old, new in [
        ("\netcd:\n", f"\netcd:\n  config:\n    path: {settings}\n"),
        ("\n    ttl: 30 ", "\n    ttl: 5 "),
        ("\n  timeTickInterval: 200 ", f"\n  timeTickInterval: {tick} "),
    ]:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    with open(path, "w") as file:
        file.write(text)
    client, peer = configuration.get("etcd_port"), port + 11
    with open(settings, "w") as file:
        file.write(f"""name: default
listen-client-urls: http://127.0.0.1:{client}
advertise-client-urls: http://127.0.0.1:{client}
listen-peer-urls: http://127.0.0.1:{peer}
initial-advertise-peer-urls: http://127.0.0.1:{peer}
initial-cluster: default=http://127.0.0.1:{peer}
""")


def health(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
        sys.exit(0 if b"OK" in answer.read() else 1)


if sys.argv[1] == "unpack":
    unpack(sys.argv[2])
elif sys.argv[1] == "configure":
    configure(sys.argv[2], int(sys.argv[3]))
else:
    health(int(sys.argv[2]))
