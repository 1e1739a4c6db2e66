"""Drives our server and the rival with wrk, in turns: see Benchmarks/README.md."""
import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from harness import machine  # noqa: E402

import contestants  # noqa: E402
from catalogue import Catalogue, read_folder  # noqa: E402
from indexes import LEAST_RECALL  # noqa: E402
from prepare import WEIGHTS, prepare  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
#: Connections of wrk: so many that each process of the rival gets some of them.
CONNECTIONS = {"similar": 16, "popular": 16, "picture": 8}
#: What makes the requests of each kind.
SCRIPTS = {"similar": "similar.lua", "popular": "similar.lua", "picture": "picture.lua"}
#: Seconds after a turn, in which a server ends what it was asked for and nobody waits for any more.
PAUSE = 1
#: Seconds of requests that are not measured, in which a server reads its index for the first time.
WARMING_UP = 3
#: Products and pictures that requests draw from, each as often as any other.
DRAWN = {"similar": 5000, "picture": 200}
#: Requests of popular products: the product of rank N of the whole catalogue comes with a frequency of 1 / N (Zipf).
POPULAR = 200_000
#: Bytes of recent answers that a server with a cache keeps; in the rival, each process does.
CACHE = 64 << 20
#: What can be measured beside the two servers, for `similar`.
OTHERS = ["ours, cached", "rival, cached", "ours, logged", "ours, exact", "rival, flat"]
#: Answers that are compared before anything is timed, and the share of equal products that they must have.
COMPARED, LEAST_AGREEMENT = 40, 0.9


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="the release build of the shop's server")
    parser.add_argument("--catalogue", type=pathlib.Path, required=True, help="in the Kaggle layout, or the real data")
    parser.add_argument("--pictures", type=pathlib.Path, help="a catalogue with pictures to search by")
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="for what is made of the catalogue")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8, help="of a turn")
    parser.add_argument("--workers", type=int, default=2, help="processes of the rival")
    parser.add_argument("--beside", nargs="*", choices=OTHERS, default=OTHERS, help="servers beside the two")
    parser.add_argument("--kinds", nargs="*", choices=CONNECTIONS, default=list(CONNECTIONS), help="of requests")
    parser.add_argument("--prepare", action="store_true", help="make what is missing, and measure nothing")
    parser.add_argument("--report", type=pathlib.Path, help="a JSON file for the figures")
    return parser.parse_args()


def turn(server, kind, folder, seed, seconds):
    """Requests a second, milliseconds of the median and of the slowest hundredth."""
    command = [
        "wrk", "--threads", "1", "--connections", str(CONNECTIONS[kind]), "--duration", f"{seconds}s",
        "--timeout", "20s", "--script", SCRIPTS[kind], f"http://127.0.0.1:{server.port}",
        "--", f"{folder}/{kind}.txt", str(seed),
    ]
    output = subprocess.run(
        command, cwd=HERE, env=os.environ | {"SHOP_LOAD": str(HERE)}, check=True, capture_output=True, text=True
    ).stdout
    time.sleep(PAUSE)
    result = json.loads(next(line for line in output.splitlines() if line.startswith("RESULT")).split(" ", 1)[1])
    if result["failed"] or result["refused"] or not result["requests"]:
        raise RuntimeError(f"{server.name}, {kind}: {result}")
    rate = result["requests"] / result["microseconds"] * 1e6
    return {"rate": rate, "p50": result["p50"] / 1000, "p99": result["p99"] / 1000}


def agreement(ours, rival, ids, pictures):
    """The share of the same products in the answers of both, and the greatest difference of a score."""
    requests = [(f"/products/{id}/similar?count=10", None) for id in ids[:COMPARED]]
    requests += [("/search/image?count=10", path.read_bytes()) for path in pictures[:COMPARED]]
    shares, differences = [], []
    for path, body in requests:
        answers = [server.json(path, body)["results"] for server in (ours, rival)]
        one, other = ({line["id"]: line["score"] for line in lines} for lines in answers)
        both = one.keys() & other.keys()
        shares.append(len(both) / max(len(one), 1))
        differences += [abs(one[id] - other[id]) for id in both]
    return {"share": statistics.mean(shares), "difference": max(differences)}


def described():
    return {"processor": f"{machine.cpu()} ({machine.family()})", "cores": os.cpu_count()}


def main():
    options = arguments()
    folder = options.folder.resolve()
    chosen = prepare(options.catalogue.resolve(), folder)
    generator = random.Random(7)
    ids = [product["id"] for product in Catalogue.read(folder).products]
    ranked = generator.sample(ids, len(ids))
    popular = generator.choices(ranked, [1 / rank for rank in range(1, len(ids) + 1)], k=POPULAR)
    ids = generator.sample(ids, min(DRAWN["similar"], len(ids)))
    pictures = [path.resolve() for _, path in read_folder(options.pictures or options.catalogue)]
    pictures = generator.sample(pictures, min(DRAWN["picture"], len(pictures)))
    (folder / "similar.txt").write_text("\n".join(ids) + "\n")
    (folder / "popular.txt").write_text("\n".join(popular) + "\n")
    (folder / "picture.txt").write_text("\n".join(map(str, pictures)) + "\n")

    index, running = folder / "shop.live", []
    source = (options.pictures or options.catalogue).resolve()
    copies = []

    def start(name):
        if name.startswith("rival"):
            kind = "FAISS flat" if name == "rival, flat" else chosen["index"]
            cache = CACHE if name == "rival, cached" else 0
            server = contestants.rival(kind, folder, options.workers, name, cache)
        else:
            # A live folder has one process, so each further server has a copy.
            own = index
            if running:
                own = folder / f"shop-{len(running)}.live"
                subprocess.run(["cp", "-r", str(index), str(own)], check=True)
                copies.append(own)
            server = contestants.ours(
                options.program, own, source, WEIGHTS, folder, name,
                recall=1 if name == "ours, exact" else LEAST_RECALL,
                log="info" if name == "ours, logged" else "warning",
                cache=CACHE if name == "ours, cached" else 0,
            )
        running.append(server)
        return server

    try:
        ours = start("ours")
        if options.prepare:
            return
        rival, *others = [start(name) for name in ["rival", *options.beside]]
        result = {"machine": described(), "products": ours.products, "rival": chosen}
        result |= {"workers": options.workers, "connections": CONNECTIONS, "seconds": options.seconds}
        result["agreement"] = agreement(ours, rival, ids, pictures)
        print(f"agreement {result['agreement']}, the rival's index: {chosen['index']}", flush=True)
        if result["agreement"]["share"] < LEAST_AGREEMENT:
            raise RuntimeError("the two do not answer alike")
        turns = {"similar": [ours, rival, *others], "picture": [ours, rival]}
        keeping = [server for server in running if server.name.endswith("cached")]
        if keeping:
            turns["popular"] = [ours, rival, *keeping]
        turns = {kind: servers for kind, servers in turns.items() if kind in options.kinds}
        result["kept"] = {}
        for kind, servers in turns.items():
            for server in servers:
                turn(server, kind, folder, 0, WARMING_UP)
            before = {server.name: server.kept() for server in servers if server.name == "ours, cached"}
            rounds = []
            for number in range(1, options.rounds + 1):
                rounds.append({server.name: turn(server, kind, folder, number, options.seconds) for server in servers})
                shown = [f"{name} {t['rate']:.0f}/s p99 {t['p99']:.1f} ms" for name, t in rounds[-1].items()]
                print(f"{kind}: {', '.join(shown)}", flush=True)
            result[kind] = rounds
            for server in servers:
                if server.name in before:
                    kept, made = (now - then for now, then in zip(server.kept(), before[server.name]))
                    result["kept"][kind] = kept / max(kept + made, 1)
                    print(f"{kind}: {server.name} had {result['kept'][kind]:.1%} of the answers", flush=True)
        result["memory"] = {server.name: server.memory() for server in running}
    finally:
        for server in running:
            server.end()
        subprocess.run(["rm", "-rf", *map(str, copies)], check=True)
    summary(result)
    if options.report:
        options.report.write_text(json.dumps(result, indent=1) + "\n")


def summary(result):
    for kind in CONNECTIONS:
        for one, other in (("ours", "rival"), ("ours, cached", "rival"), ("ours, cached", "rival, cached")):
            rounds = [turn_ for turn_ in result.get(kind, []) if {one, other} <= turn_.keys()]
            for figure, title in (("rate", "throughput"), ("p99", "p99")):
                ratios = [turn_[one][figure] / turn_[other][figure] for turn_ in rounds]
                if ratios:
                    print(f"{kind}: {one} has {statistics.median(ratios):.2f} times the {title} of {other}")
    memory = {name: f"{size / 1e6:.0f} MB" for name, size in result["memory"].items()}
    print(f"memory: {memory}")


if __name__ == "__main__":
    main()
