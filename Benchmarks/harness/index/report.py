"""The part `index` as Markdown."""
from harness.formatting import ratio, table, threads

SETS = {
    "real": "Features of a fashion catalogue, with attributes",
    "synthetic": "Synthetic, like a network's features",
    "million": "A million, synthetic",
    "small": "Small, synthetic",
}


def milliseconds(seconds):
    """Three digits."""
    value = seconds * 1000
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def duration(seconds):
    if seconds < 1:
        return f"{milliseconds(seconds)} ms"
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds:.0f} s"


def size(contest):
    return f"{contest['count']:,} x {contest['dimension']}"


def section(run):
    index = run["index"]
    parts = [
        "## Index",
        "The ten nearest of each product, itself left out. Milliseconds of a search on one thread; searches a second "
        "when many are asked for at once. Recall is the share of the true neighbours in double precision. \"Tuned\" and "
        "the rivals have the fastest setting that finds 99 %. Bytes a product are those of the file, of the process' own "
        "memory with the index open, and of a mapped file's pages that opening and a hundred searches brought into memory, "
        "with what the kernel read ahead.",
        *[contest_section(contest) for contest in index["contests"]],
    ]
    if index.get("left_out"):
        reasons = "; ".join(f"{name} ({reason})" for name, reason in index["left_out"].items())
        parts.append(f"Libraries that do not start on this machine: {reasons}.")
    if index["scaling"]:
        parts.append(scaling_section(index["scaling"]))
    return "\n\n".join(parts)


def contest_section(contest):
    rows = []
    for name, result in contest["contestants"].items():
        compared = contest["comparisons"].get(name)
        rows.append([
            name,
            result["setting"] or "",
            f"{result['recall']:.4f}",
            milliseconds(result["p50"]),
            milliseconds(result["p99"]),
            f"{ratio(compared['ratio'])} {compared['fastest_rival']}" if compared else "",
            f"{result['per_second_together']['median']:,.0f}",
            together(compared),
            duration(result["build_seconds"]),
            " / ".join(f"{bytes_each(result, kind, contest):,.0f}" for kind in ("file", "memory", "mapped")),
            duration(result["open_seconds"]),
        ])
    head = [
        "", "setting", "recall@10", "p50 ms", "p99 ms", "ours / rival", f"1/s, {threads(contest['threads'])}", "ours / rival",
        f"build, {threads(contest['threads'])}", "bytes a product: file / own / mapped", "open",
    ]
    versions = ", ".join(dict.fromkeys(
        result["version"] for name, result in contest["contestants"].items() if not name.startswith("ours")
    ))
    parts = [f"### {SETS[contest['name']]}: {size(contest)}", f"{versions}.", table(head, rows)]
    if contest["all_neighbors"]:
        parts.append(all_neighbors(contest))
    return "\n\n".join(parts)


def together(compared):
    """The ratio of many searches at once, which older runs do not have."""
    many = (compared or {}).get("together")
    return f"{ratio(many['ratio'])} {many['fastest_rival']}" if many else ""


def all_neighbors(contest):
    rows = [
        [name, duration(result["seconds"]), f"{result['recall']:.4f}", f"{result['ratio']:.2f}"]
        for name, result in contest["all_neighbors"]["contestants"].items()
    ]
    head = ["", threads(contest["threads"]), "recall@10", "times as fast as FAISS flat"]
    return "The ten nearest of every product, in one call.\n\n" + table(head, rows)


def bytes_each(result, kind, contest):
    return result[f"{kind}_bytes"] / contest["count"]


def scaling_section(scaling):
    rows = []
    for contest in scaling:
        exact, tuned = (contest["contestants"][name] for name in ("ours, exact", "ours, tuned"))
        rows.append([
            f"{contest['count']:,}",
            milliseconds(exact["p50"]),
            milliseconds(exact["p99"]),
            milliseconds(tuned["p50"]),
            milliseconds(tuned["p99"]),
            f"{tuned['setting']}, {tuned['recall']:.4f}",
            duration(exact["build_seconds"]),
            " / ".join(f"{bytes_each(exact, kind, contest):,.0f}" for kind in ("file", "memory", "mapped")),
            duration(exact["open_seconds"]),
        ])
    head = [
        "products", "exact, p50 ms", "p99 ms", "tuned, p50 ms", "p99 ms", "setting, recall@10",
        f"build, {threads(scaling[0]['threads'])}", "bytes a product: file / own / mapped", "open",
    ]
    dimension = scaling[0]["dimension"]
    return (
        f"### How it grows: synthetic vectors of {dimension}\n\n"
        f"The vectors alone take {4 * dimension:,} bytes a product.\n\n" + table(head, rows)
    )


def short_rows(run):
    """Rows for the README: the first catalogue exact against FAISS flat, the largest by its graph against the fastest
    rival, or by codes in runs without graphs."""
    contests = run["index"]["contests"]
    largest = max(contests, key=lambda contest: contest["count"])
    rows = []
    fastest = "ours, graph" if "ours, graph" in largest["comparisons"] else "ours, tuned"
    for contest, start in [(contests[0], "ours, exact"), (largest, fastest)]:
        name = next(name for name in contest["comparisons"] if name.startswith(start))
        compared = contest["comparisons"][name]
        ours, rival = (contest["contestants"][who] for who in (name, compared["fastest_rival"]))
        kind = name.removeprefix("ours, ").replace("tuned", "99 % found").replace("graph", "99 % found by a graph")
        rows.append([
            f"10 nearest of {size(contest)}, {kind}, 1 thread",
            f"{milliseconds(ours['p50'])} ms",
            f"{milliseconds(rival['p50'])}, {compared['fastest_rival']}",
            ratio(compared["ratio"]),
        ])
        many = compared.get("together")
        if many:
            rates = [
                f"{contest['contestants'][who]['per_second_together']['median']:,.0f}/s"
                for who in (name, many["fastest_rival"])
            ]
            rows.append([
                f"the same, many at once, {threads(contest['threads'])}",
                rates[0],
                f"{rates[1]}, {many['fastest_rival']}",
                ratio(many["ratio"]),
            ])
    return rows
