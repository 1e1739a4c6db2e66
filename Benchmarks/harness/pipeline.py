"""Pictures per second from JPEG files to ResNet50 embeddings, on all cores that are measured on."""
import contextlib

from harness import accuracy
from harness.alternation import alternate
from harness.paths import CACHE, DATA
from harness.worker import Worker

BACKBONE, LAYER = "resnet50", "pooled"
RIVALS = {"onnxruntime": "ONNX Runtime", "openvino": "OpenVINO"}
FAST_DECODERS = ["pillow draft", "opencv reduced-4"]
# All pixels are decoded; OpenCV's resizing differs from Pillow's even then.
EXACT_DECODERS = ["pillow cropped", "opencv full"]
#: Pictures that our batches have; a rival's batch is tuned.
OUR_BATCH = 8


def expected_seconds(settings, tuning):
    return 15 + settings.rounds * settings.pictures * 0.3 + tuning.extra_seconds(150)


def measure(files, settings, tuning, progress):
    threads = max(settings.threads)
    contestants = {
        "ours, fast": ("ours", {"mode": "fast", "batch": OUR_BATCH}),
        "ours, exact": ("ours", {"mode": "exact", "batch": OUR_BATCH}),
    }
    for engine, name in RIVALS.items():
        with Worker(engine, settings.pinned(threads), threads) as worker:
            for kind, decoders in [("fast", FAST_DECODERS), ("exact", EXACT_DECODERS)]:
                chosen = tuned(worker, decoders, threads, files, tuning, progress)
                contestants[f"{name}, {kind}"] = (engine, chosen)
    with contextlib.ExitStack() as stack:
        workers, results = {}, {}
        for name, (engine, values) in contestants.items():
            workers[name] = stack.enter_context(Worker(engine, settings.pinned(threads), threads))
            opened = open_pipeline(workers[name], threads, **values)
            results[name] = {"setting": described(values), "open_seconds": opened["seconds"]}
            results[name] |= checked(workers[name], name, files)
        turns = {name: (worker, turn(worker, files)) for name, worker in workers.items()}

        def say_round(done):
            progress.say(f"round {done} of {settings.rounds}")

        cores = settings.pinned(threads)
        with settings.neighbour_beside(cores):
            rounds = alternate(turns, settings.rounds, cores, say_round)
        for name, worker in workers.items():
            results[name] |= {
                "pictures_per_second": rounds.spread(name).json(),
                "rates": rounds.rates[name],
                "peak_bytes": worker.peak_bytes(),
            }
    comparisons = {}
    for kind in ["fast", "exact"]:
        ours = f"ours, {kind}"
        # Whatever is fastest in Python is what our speed is held against, exact or not.
        for group, rivals in {
            "any decoding": [name for name in contestants if not name.startswith("ours")],
            f"{kind} decoding": [f"{name}, {kind}" for name in RIVALS.values()],
        }.items():
            fastest = rounds.fastest(rivals)
            comparison = {"fastest_rival": fastest, "ratio": rounds.ratio(ours, fastest).json()}
            comparisons.setdefault(ours, {})[group] = comparison
        progress.say(f"{ours}: {comparisons[ours]['any decoding']['ratio']['median']:.2f} of the fastest Python")
    return {"backbone": BACKBONE, "threads": threads, "cores": settings.pinned(threads), "pictures": len(files),
            "rounds": settings.rounds, "contestants": results, "comparisons": comparisons} | rounds.disturbances()


def described(values):
    """The setting in words."""
    if "variant" in values:
        return f"{values['decoder']}; {values['variant']}"
    return f"batches of {values['batch']}"


def tuned(worker, decoders, threads, files, tuning, progress):
    """The best decoder, then the best layout with it."""
    version = worker.ask("version")["version"]
    variants = worker.ask("pipeline-variants", threads=threads)["variants"]
    few = files[:16]

    def seconds(decoder, variant):
        open_pipeline(worker, threads, decoder=decoder, variant=variant)
        worker.ask("pipeline", files=few[:4])
        return worker.ask("pipeline", files=few)["seconds"]

    def say(text):
        progress.say(f"{version}: {text}")

    key = f"{version} pipeline threads {threads}"
    layout = "turns, batch 4"
    decoder = tuning.best(f"{key} decoder", decoders, lambda decoder: seconds(decoder, layout), say)
    variant = tuning.best(f"{key} {decoder}", variants, lambda variant: seconds(decoder, variant), say)
    return {"decoder": decoder, "variant": variant}


def open_pipeline(worker, threads, **values):
    return worker.ask(
        "open-pipeline",
        backbone=BACKBONE,
        layer=LAYER,
        weights=str(DATA / f"{BACKBONE}.pth"),
        onnx=str(DATA / f"{BACKBONE}.onnx"),
        threads=threads,
        **values,
    )


def checked(worker, name, files):
    """Runs once, for warmth, and compares the embeddings with those of PyTorch from Pillow's exact pixels."""
    path = CACHE / "embeddings.f32"
    worker.ask("pipeline", files=files, output=str(path))
    reference = accuracy.read_floats(DATA / f"{BACKBONE}.embeddings.{len(files)}.f32").reshape(len(files), -1)
    return accuracy.compare(accuracy.read_floats(path), reference)


def turn(worker, files):
    return lambda: len(files) / worker.ask("pipeline", files=files)["seconds"]
