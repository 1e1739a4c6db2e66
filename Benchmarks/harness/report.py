"""A run as Markdown, from the same dictionary that is written as JSON."""
import re

from harness.formatting import cores, cosine, megabytes, rate, ratio, table, threads
from harness.index import report as index_report

NAMES = {
    "ours": "swift-recommend",
    "ours-float32": "swift-recommend, float32",
    "onnxruntime": "ONNX Runtime",
    "openvino": "OpenVINO",
    "pytorch": "PyTorch",
}
NETWORKS = {"resnet50": "ResNet50", "vgg16": "VGG16 to fc2", "efficientnet-lite0": "EfficientNet-Lite0"}
#: Above these shares of the processor, a run says that it was disturbed.
MOST_IDLE, MOST_FOREIGN = 0.02, 0.05


def machine_section(run):
    rows = [[key, value] for key, value in run["machine"].items()]
    packages = ", ".join(f"{name} {version}" for name, version in run["packages"].items())
    return "## Machine\n\n" + table(["", ""], [*rows, ["packages", packages]])


def in_floats(run):
    """The networks in 32-bit floats; older runs have no others."""
    return [result for result in run.get("network", []) if result.get("arithmetic", "float32") == "float32"]


def network_section(run):
    parts = [floats_section(in_floats(run))] if in_floats(run) else []
    for arithmetic in ("bfloat16", "int8"):
        results = [result for result in run["network"] if result.get("arithmetic") == arithmetic]
        if results:
            parts.append(fewer_bits_section(arithmetic, results))
    return "\n\n".join(parts)


def fewer_bits_section(arithmetic, results):
    """Speed with the cosine, since both say what an engine gives."""
    engines = list(results[0]["engines"])
    rows = [
        [NETWORKS[result["backbone"]], result["batch"], pinned(result)]
        + [
            f"{rate(engine['images_per_second'])}, {cosine(engine['worst_cosine'])}"
            for engine in result["engines"].values()
        ]
        + [f"{ratio(result['ratio'])} {NAMES[result['fastest_rival']]}"]
        + [" / ".join(f"{each['median']:.2f}" for each in result["ratios"].values())]
        + ["; ".join(engine["setting"] for engine in result["engines"].values() if engine["setting"])]
        for result in results
    ]
    others = [NAMES[name] for name in results[0]["ratios"]]
    head = ["network", "batch", "threads", *[NAMES[name] for name in engines], "ours / fastest rival",
            f"ours / {', '.join(others)}", "settings of rivals"]
    return "\n\n".join([
        f"## Networks in {arithmetic}",
        "Images per second, and the worst cosine with PyTorch's features in 32-bit floats.",
        table(head, rows),
    ])


def floats_section(results):
    engines = list(results[0]["engines"])
    head = ["network", "batch", "threads", *[NAMES[name] for name in engines], "ours / fastest rival", "worst cosine"]
    rows = [
        [
            NETWORKS[result["backbone"]],
            result["batch"],
            pinned(result),
            *[rate(result["engines"][name]["images_per_second"]) for name in engines],
            f"{ratio(result['ratio'])} {NAMES[result['fastest_rival']]}",
            cosine(result["engines"]["ours"]["worst_cosine"]),
        ]
        for result in results
    ]
    return "\n\n".join([
        "## Networks",
        "Images per second on prepared 224x224 tensors, the median of the rounds. The ratio is taken in each round; "
        "shown are its median and quartiles. The cosine is that of our features with PyTorch's.",
        table(head, rows),
        opening(results, engines),
        settings(results, engines),
    ])


def pinned(result):
    """The threads, and the cores where there are fewer."""
    is_short = len(result["cores"]) < result["threads"]
    return str(result["threads"]) + (f" on {cores(result['cores'])}" if is_short else "")


def opening(results, engines):
    rows = []
    for backbone in dict.fromkeys(result["backbone"] for result in results):
        of_backbone = [result["engines"] for result in results if result["backbone"] == backbone]
        cells = []
        for name in engines:
            times = [engine[name]["open_seconds"] for engine in of_backbone]
            peak = max(engine[name]["peak_bytes"] for engine in of_backbone)
            cells.append(f"{min(times):.2f}-{max(times):.2f} s, {megabytes(peak)}")
        rows.append([NETWORKS[backbone], *cells])
    return (
        "Time to open the weights and plan the network, over the runs above; peak memory of the process.\n\n"
        + table(["network", *[NAMES[name] for name in engines]], rows)
    )


def settings(results, engines):
    rivals = [name for name in engines if name != "ours"]
    rows = [
        [NETWORKS[result["backbone"]], result["batch"], result["threads"]]
        + [result["engines"][name]["setting"] for name in rivals]
        + [" / ".join(f"{result['ratios'][name]['median']:.2f}" for name in rivals)]
        for result in results
    ]
    head = ["network", "batch", "threads", *[NAMES[name] for name in rivals], "ours / each"]
    return "The setting of each rival, the fastest of those tried, and our ratio to it.\n\n" + table(head, rows)


def decode_section(run):
    return "\n\n".join([
        "## Decode and resize",
        "Milliseconds from a 2400x1600 JPEG file to the prepared 224x224 tensor, one thread. The last column is the "
        "worst picture's distance from what torchvision gives with Pillow.",
        decode_table(run["decode"]),
    ])


def formats_section(run):
    parts = ["## Other formats", "The same for the same pictures in other formats, three files."]
    for name, decode in run["formats"].items():
        parts += [f"### {name}", decode_table(decode)]
    return "\n\n".join(parts)


def decode_table(decode):
    rows = []
    for name, result in decode["contestants"].items():
        speed = result["pictures_per_second"]
        compared = decode["comparisons"].get(name)
        decibels = "identical" if result["psnr"] is None else f"{result['psnr']:.1f} dB"
        rows.append([
            name,
            f"{1000 / speed['median']:.1f}",
            f"{ratio(compared['ratio'])} {compared['fastest_rival']}" if compared else "",
            decibels,
        ])
    return table(["", "ms", "ours / fastest rival", "pixels"], rows)


def pipeline_section(run):
    pipeline = run["pipeline"]
    rows = []
    for name, result in pipeline["contestants"].items():
        compared = pipeline["comparisons"].get(name, {})
        ratios = [
            f"{ratio(compared[group]['ratio'])} {compared[group]['fastest_rival']}" if compared else ""
            for group in compared or ["", ""]
        ]
        rows.append([
            name,
            result["setting"],
            rate(result["pictures_per_second"]),
            *ratios,
            megabytes(result["peak_bytes"]),
            f"{result['open_seconds']:.2f}",
            cosine(result["worst_cosine"]),
        ])
    head = ["", "setting", "images/s", "ours / fastest Python", "with decoding of the same kind", "peak memory",
            "opened in s", "worst cosine"]
    return "\n\n".join([
        "## Files to embeddings",
        f"2400x1600 JPEG files to {NETWORKS[pipeline['backbone']]} embeddings, {cores(pipeline['cores'])}, "
        f"{pipeline['pictures']} files a round. Full decoding is Pillow's or OpenCV's of all pixels, fast is Pillow's "
        "draft or OpenCV's reduced reading. The cosine is that with PyTorch's embeddings of Pillow's full decoding.",
        table(head, rows),
    ])


def measured(run):
    """All that was measured in alternation."""
    single = [run[part] for part in ("decode", "pipeline") if part in run] + list(run.get("formats", {}).values())
    index = run.get("index", {"contests": [], "scaling": []})
    tables = [contest["all_neighbors"] for contest in index["contests"] if contest["all_neighbors"]]
    return run.get("network", []) + single + index["contests"] + tables + index["scaling"]


def warnings(run):
    lines = []
    if run["options"]["quick"]:
        lines.append("A quick run: few rounds, and rivals at settings that may not be their best. Quote a full one.")
    if run["options"].get("neighbour"):
        lines.append("Whatever left a core free was measured while a process copied memory on that core.")
    foreign = max(result["foreign_share"] for result in measured(run))
    if foreign > MOST_FOREIGN:
        lines.append(f"Other processes took up to {foreign:.0%} of the cores; quote a run on an idle machine.")
    builds = [index["build_foreign_share"] for contest in run.get("index", {}).get("contests", [])
              for index in contest["contestants"].values()]
    if max(builds, default=0) > MOST_FOREIGN:
        lines.append(
            f"Other processes took up to {max(builds):.0%} of the cores while indexes were built; quote no build time "
            "of such a run. Those of rivals are kept: `--retune` takes them again."
        )
    idle = max(result["idle_share"] for result in measured(run))
    if idle > MOST_IDLE:
        lines.append(f"Engines that waited took up to {idle:.0%} of a core.")
    return "".join(f"> {line}\n>\n" for line in lines).removesuffix(">\n")


def markdown(run):
    sections = [f"# Benchmarks on {run['machine']['CPU']}", warnings(run)]
    for part, section in [
        ("network", network_section),
        ("decode", decode_section),
        ("formats", formats_section),
        ("pipeline", pipeline_section),
        ("index", index_report.section),
    ]:
        if run.get(part):
            sections.append(section(run))
    sections.append(machine_section(run))
    return "\n\n".join(section.strip() for section in sections if section) + "\n"


# The networks and batches that the README shows, on all cores.
SHORT_NETWORKS = {("resnet50", 1), ("efficientnet-lite0", 8)}


def short_table(run):
    """The rows for the README: two networks, decoding, the whole pipeline, exact and tuned search."""
    rows = []
    most_threads = max((result["threads"] for result in in_floats(run)), default=0)
    for result in in_floats(run):
        if (result["backbone"], result["batch"]) not in SHORT_NETWORKS or result["threads"] != most_threads:
            continue
        engines, rival = result["engines"], result["fastest_rival"]
        rows.append([
            f"{NETWORKS[result['backbone']]}, batch {result['batch']}, {threads(result['threads'])}",
            f"{rate(engines['ours']['images_per_second'])} images/s",
            f"{rate(engines[rival]['images_per_second'])}, {NAMES[rival]}",
            ratio(result["ratio"]),
        ])
    if "decode" in run:
        contestants = run["decode"]["contestants"]
        for name, compared in run["decode"]["comparisons"].items():
            if name != "ours, exact":
                continue
            milliseconds = [1000 / contestants[who]["pictures_per_second"]["median"]
                            for who in (name, compared["fastest_rival"])]
            rows.append([
                f"2400x1600 JPEG to 224x224 input, {name.removeprefix('ours, ')}",
                f"{milliseconds[0]:.1f} ms",
                f"{milliseconds[1]:.1f}, {compared['fastest_rival']}",
                ratio(compared["ratio"]),
            ])
    if "pipeline" in run:
        contestants = run["pipeline"]["contestants"]
        for name, compared in run["pipeline"]["comparisons"].items():
            if name != "ours, exact":
                continue
            rival = compared["any decoding"]["fastest_rival"]
            rows.append([
                f"2400x1600 JPEG files to ResNet50 embeddings, {name.removeprefix('ours, ')}, "
                f"{cores(run['pipeline']['cores'])}",
                f"{rate(contestants[name]['pictures_per_second'])} images/s",
                f"{rate(contestants[rival]['pictures_per_second'])}, {rival}",
                ratio(compared["any decoding"]["ratio"]),
            ])
    if "index" in run:
        rows += index_report.short_rows(run)
    return table(["work", "ours", "fastest rival", "ratio (quartiles)"], rows)


START, END = "<!-- benchmarks -->", "<!-- end benchmarks -->"


def into_readme(text, run, report):
    """The README with the short table between its two marks, or `None` when it has no such marks."""
    block = "\n".join([
        START,
        f"On {run['machine']['CPU']}, {run['machine']['cores']} cores ([all figures]({report})):",
        "",
        short_table(run),
        END,
    ])
    fresh, count = re.subn(f"{START}.*?{END}", lambda _: block, text, flags=re.DOTALL)
    return fresh if count == 1 else None
