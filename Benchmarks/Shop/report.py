"""Writes Results/shop.md from files of figures: `report.py LOAD.json... --soak TITLE SOAK.json`."""
import argparse
import json
import pathlib
import statistics

PAGE = pathlib.Path(__file__).resolve().parents[1] / "Results" / "shop.md"
SIMILAR, IMAGE = "`GET /products/ID/similar`", "`POST /search/image`"
KINDS = {"similar": f"{SIMILAR}, 5,000 products", "popular": f"{SIMILAR}, popular products", "picture": IMAGE}
#: What is compared, where both were measured.
PAIRS = [
    ("ours, cached", "rival"), ("ours, cached", "rival, cached"), ("ours", "rival"), ("ours", "ours, logged"),
    ("ours", "rival, flat"), ("ours, exact", "rival, flat"),
]
NAMES = {
    "ours": "ours, each a search", "ours, cached": "ours, answers kept",
    "ours, logged": "ours, with a log line for each request", "ours, exact": "ours, exact",
    "rival": "rival, each a search", "rival, cached": "rival, answers kept",
    "rival, flat": "rival, FAISS flat",
}


def median(rounds, server, figure):
    return statistics.median(turn[server][figure] for turn in rounds)


def ratio(rounds, one, other, figure):
    """One to another, in each round; the median and the quartiles."""
    ratios = [turn[one][figure] / turn[other][figure] for turn in rounds]
    low, middle, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return f"**{middle:.2f}** ({low:.2f}-{high:.2f})"


def load(result):
    yield f"## {result['products']:,} products"
    yield ""
    tried = [f"{name} {cost:.2f} ms, recall {recall:.3f}" for name, (cost, recall) in result["rival"]["tried"].items()]
    yield (
        f"{result['machine']['processor']}, {result['machine']['cores']} cores; connections of wrk: "
        f"{', '.join(f'{count} for {kind}' for kind, count in result['connections'].items())}. The rival has "
        f"{result['workers']} processes. Its index is the fastest that finds 99 % of the ten nearest on one thread: "
        f"{'; '.join(tried)}. Of the products in 80 answers of both servers, {result['agreement']['share']:.1%} are the "
        f"same, and their scores differ by {result['agreement']['difference']:.0e} at most."
    )
    yield ""
    kinds = {kind: title for kind, title in KINDS.items() if kind in result}
    yield "| request | server | answers/s | p50 ms | p99 ms |"
    yield "|---|---|---:|---:|---:|"
    for kind, title in kinds.items():
        for server in result[kind][0]:
            name = NAMES[server]
            figures = [f"{median(result[kind], server, figure):,.{digits}f}" for figure, digits in
                       (("rate", 0), ("p50", 2), ("p99", 2))]
            yield f"| {title} | {name} | {' | '.join(figures)} |"
    yield ""
    yield "| request | compared | answers/s, ratio (quartiles) | p99, ratio (quartiles) |"
    yield "|---|---|---:|---:|"
    for kind, title in kinds.items():
        rounds = result[kind]
        for one, other in PAIRS:
            if {one, other} <= rounds[0].keys():
                names = " / ".join(NAMES[server] for server in (one, other))
                ratios = [ratio(rounds, one, other, figure) for figure in ("rate", "p99")]
                yield f"| {title} | {names} | {' | '.join(ratios)} |"
    yield ""
    kept = [f"{share:.1%} for {KINDS[kind]}" for kind, share in result["kept"].items()]
    if kept:
        yield f"Answers of ours that were kept already, while figures were taken: {'; '.join(kept)}."
        yield ""
    memory = result["memory"]
    others = "".join(f"; {NAMES[name]} {memory[name] / 1e6:.0f} MB" for name in memory if name not in ("ours", "rival"))
    yield (
        f"Memory at the end, each a search: ours {memory['ours'] / 1e6:.0f} MB, rival {memory['rival'] / 1e6:.0f} MB "
        f"(**{memory['ours'] / memory['rival']:.2f}**){others}."
    )
    yield ""


def soak(title, result):
    acknowledged, answers = result["acknowledged"], sum(result["answers"].values())
    stops = [
        f"{stop['signal']} at {stop['minute']:.1f} min with {stop['unanswered']} changes unanswered, then listening "
        f"after {stop['start']:.2f} s" for stop in result["stops"]
    ]
    statuses = ", ".join(f"{status}: {count:,}" for status, count in result["statuses"].items())
    yield f"## {title}"
    yield ""
    yield (
        f"{max(figures['minute'] for figures in result['minutes']):.0f} minutes on the sample catalogue beside other "
        f"builds; {answers:,} answers, of them {acknowledged['PUT']:,} PUT and {acknowledged['DELETE']:,} DELETE that "
        f"were acknowledged, and not one of these was lost. Stops: {'; '.join(stops)}. Answers by status: {statuses}."
    )
    yield ""
    yield "| minute | process | resident MB | its own MB | mapped MB | index MB | pictures put | open files | answers so far |"
    yield "|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for figures in result["minutes"]:
        megabytes = [f"{figures[name] / 1e6:.1f}" for name in ("resident", "own", "mapped", "disk")]
        yield (
            f"| {figures['minute']:.0f} | {figures['start'] + 1} | {' | '.join(megabytes)} | {figures['pictures']} | {figures['files']} | "
            f"{figures['answers']:,} |"
        )
    yield ""


INTRODUCTION = """# The example server under load

`Benchmarks/Shop/run.sh load` drives `Examples/Shop` and a rival with wrk, in turns on one machine: FastAPI and uvicorn
(uvloop, httptools, orjson, no log of requests), EfficientNet-Lite0 in ONNX Runtime, and an index of FAISS or hnswlib
over the same vectors, with attributes. Both find at least 99 % of the ten nearest products (`--recall 0.99`), but for the
rows that say exact and flat. Both answer with the same fields. wrk runs on the same cores. Figures are medians of the
turns; ratios are those within a round, with their quartiles. "Answers kept" means 64 MB of bodies, in each
process, and in ours until the next change of the catalogue, which is how ours starts by default. "5,000 products" are
drawn with equal frequency; of "popular products", the one of rank N in the whole catalogue comes with a frequency of
1 / N. Memory is what is resident of all processes of a server, where shared pages count once.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soak", nargs=2, action="append", default=[], metavar=("TITLE", "FILE"))
    parser.add_argument("load", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    lines = [INTRODUCTION]
    for path in options.load:
        lines += load(json.loads(path.read_text()))
    for title, path in options.soak:
        lines += soak(title, json.loads(pathlib.Path(path).read_text()))
    PAGE.write_text("\n".join(lines).rstrip() + "\n")


if __name__ == "__main__":
    main()
