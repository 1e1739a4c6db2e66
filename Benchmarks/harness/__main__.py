"""Prepares, measures part after part, and writes the report."""
import json
import subprocess
import sys

from harness import decoding, fewer_bits, machine, network, pipeline, report
from harness.index import chart, part as index
from harness.paths import BENCHMARKS, CACHE, CHART, DATA, README, ROOT
from harness.progress import Progress
from harness.settings import from_arguments, parser
from harness.tuning import Tuning
from harness.worker import WorkerError


def main():
    arguments = parser().parse_args()
    if arguments.render:
        run = json.loads(arguments.render.read_text())
        publish(run, arguments.render.parent, arguments.render.stem, arguments.readme)
        return
    settings = from_arguments(arguments)
    files = prepared(settings)
    try:
        run = measured(settings, files)
    except WorkerError as error:
        sys.exit(f"benchmark: {error}")
    settings.output.mkdir(parents=True, exist_ok=True)
    name = machine.slug()
    (settings.output / f"{name}.json").write_text(json.dumps(run, indent=1) + "\n")
    publish(run, settings.output, name, settings.readme)


def prepared(settings):
    """Makes pictures, weights and references where they are missing; gives the paths of the pictures."""
    CACHE.mkdir(exist_ok=True)
    if settings.parts == ["index"]:
        return []
    backbones = list(dict.fromkeys([*settings.backbones, pipeline.BACKBONE]))
    steps = [("harness.prepare", backbones)]
    if "network" in settings.parts and "int8" in settings.arithmetics:
        steps.append(("harness.quantizing", [name for name in backbones if name in fewer_bits.BACKBONES]))
    for module, names in steps:
        command = [sys.executable, "-m", module, str(DATA), str(settings.pictures), *names]
        if subprocess.run(command, cwd=BENCHMARKS).returncode != 0:
            sys.exit("benchmark: the data to measure on could not be made")
    return [str(DATA / "pictures" / f"{index:03}.jpg") for index in range(settings.pictures)]


def measured(settings, files):
    run = {
        "machine": machine.description(),
        "packages": machine.packages(),
        "options": {
            "quick": settings.quick,
            "whole": settings.is_whole,
            "cores": settings.cores,
            "turn_seconds": settings.turn_seconds,
            "neighbour": settings.neighbour,
        },
    }
    tuning = Tuning(settings.retune, settings.quick)
    groups = network.groups(settings) if "network" in settings.parts else []
    steps = [(network.step_name(*group), network.expected_seconds(settings, group[0], tuning)) for group in groups]
    if "decode" in settings.parts:
        steps.append(("decode", decoding.expected_seconds(settings)))
    if "formats" in settings.parts:
        steps.append(("formats", len(decoding.FORMATS) * decoding.expected_seconds(settings)))
    if "pipeline" in settings.parts:
        steps.append(("pipeline", pipeline.expected_seconds(settings, tuning)))
    if "index" in settings.parts:
        steps += index.steps(settings)
    progress = Progress(steps)
    for group in groups:
        progress.begin(network.step_name(*group))
        run.setdefault("network", []).extend(network.measure_group(*group, settings, tuning, progress))
    if "decode" in settings.parts:
        progress.begin("decode")
        run["decode"] = decoding.measure(files, settings, progress)
    if "formats" in settings.parts:
        progress.begin("formats")
        run["formats"] = decoding.measure_formats(files, settings, progress)
    if "pipeline" in settings.parts:
        progress.begin("pipeline")
        run["pipeline"] = pipeline.measure(files, settings, tuning, progress)
    if "index" in settings.parts:
        run["index"] = index.measure(settings, progress)
    return run


def publish(run, folder, name, readme):
    """Prints the report, writes it beside the JSON, and puts the short table into the README if asked to."""
    text = report.markdown(run)
    path = (folder / f"{name}.md").resolve()
    path.write_text(text)
    print(text)
    if run.get("index", {}).get("scaling"):
        chart.write(run["index"]["scaling"], CHART if readme else folder / f"{name}-index-scaling.svg")
    print(f"Written to {path} and {path.with_suffix('.json').name}", file=sys.stderr)
    if readme:
        if not run["options"]["whole"]:
            sys.exit("benchmark: the README shows whole runs only; run it again without options that leave parts out")
        link = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
        fresh = report.into_readme(README.read_text(), run, link)
        if fresh is None:
            sys.exit(f"benchmark: README.md needs one '{report.START}' and one '{report.END}' after it")
        README.write_text(fresh)


if __name__ == "__main__":
    main()
