"""Writes Results/shop.md from files of figures: `report.py LOAD.json... --soak TITLE SOAK.json`."""
import argparse
import json
import pathlib
import statistics

PAGE = pathlib.Path(__file__).resolve().parents[1] / "Results" / "shop.md"
KINDS = {"similar": "`GET /products/ID/similar`", "picture": "`POST /search/image`"}
NAMES = {
    "ours": "ours", "ours, cached": "ours, with recent answers kept",
    "ours, logged": "ours, with a log line for each request", "ours, exact": "ours, exact",
    "rival": "rival, {index}", "rival, cached": "rival, {index}, with recent answers kept",
    "rival, flat": "rival, FAISS flat",
}


def median(rounds, server, figure):
    return statistics.median(turn[server][figure] for turn in rounds)


def ratio(rounds, server, figure):
    """Ours to another, in each round; the median and the quartiles. Both keep answers, or neither does."""
    own = "ours, cached" if server == "rival, cached" and "ours, cached" in rounds[0] else "ours"
    ratios = [turn[own][figure] / turn[server][figure] for turn in rounds]
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
    yield "| request | server | answers/s | p50 ms | p99 ms | ours / it: answers | ours / it: p99 |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for kind, title in KINDS.items():
        rounds = result[kind]
        for server in rounds[0]:
            name = NAMES[server].format(index=result["rival"]["index"])
            figures = [f"{median(rounds, server, figure):,.{digits}f}" for figure, digits in
                       (("rate", 0), ("p50", 2), ("p99", 2))]
            ratios = ["", ""] if server == "ours" else [ratio(rounds, server, figure) for figure in ("rate", "p99")]
            yield f"| {title} | {name} | {' | '.join(figures + ratios)} |"
    yield ""
    memory = result["memory"]
    others = "".join(f"; {name} {memory[name] / 1e6:.0f} MB" for name in memory if name not in ("ours", "rival"))
    yield (
        f"Memory at the end: ours {memory['ours'] / 1e6:.0f} MB, rival {memory['rival'] / 1e6:.0f} MB "
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
turns; ratios are those within a round, with their quartiles. "Recent answers kept" means 32 MB of bodies, in each
process; elsewhere each request is a search. Memory is what is resident of all processes of a server, where shared pages
count once.
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
