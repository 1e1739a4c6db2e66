"""Pictures per second from a file to the prepared tensor, on one core: JPEG, and other formats."""
import contextlib

from harness import accuracy, pictures
from harness.alternation import alternate
from harness.paths import CACHE
from harness.worker import Worker

CONTESTANTS = {
    "ours, exact": ("ours", "exact"),
    "ours, fast": ("ours", "fast"),
    "Pillow": ("pillow", "full"),
    "Pillow, crop only": ("pillow", "cropped"),
    "Pillow, draft": ("pillow", "draft"),
    "OpenCV": ("opencv", "full"),
    "OpenCV, reduced to 1/2": ("opencv", "reduced-2"),
    "OpenCV, reduced to 1/4": ("opencv", "reduced-4"),
}
#: What is compared with what; of several rivals the fastest counts.
PAIRS = {
    "ours, exact": ["Pillow", "Pillow, crop only"],
    "ours, fast": ["Pillow, draft", "OpenCV, reduced to 1/2", "OpenCV, reduced to 1/4"],
}
#: Formats other than JPEG: the extension and how they are saved.
FORMATS = {
    "PNG": ("png", {}),
    "WebP": ("webp", {"quality": 85}),
    "WebP, lossless": ("webp", {"lossless": True, "method": 1}),
}
FORMAT_CONTESTANTS = {
    "ours, exact": ("ours", "exact"),
    "ours, fast": ("ours", "fast"),
    "Pillow": ("pillow", "full"),
    "Pillow, crop only": ("pillow", "cropped"),
    "OpenCV": ("opencv", "full"),
}
FORMAT_PAIRS = {name: ["Pillow", "Pillow, crop only", "OpenCV"] for name in ("ours, exact", "ours, fast")}
DEVIATION = [0.229, 0.224, 0.225]


def expected_seconds(settings):
    return 8 + settings.rounds * 1.6


def measure_formats(files, settings, progress):
    """Measures the same pictures in other formats."""
    files = files[:3]
    measured = {}
    for name, (extension, options) in FORMATS.items():
        progress.say(name)
        converted = [pictures.convert(path, CACHE / "formats", extension, options) for path in files]
        measured[name] = measure(converted, settings, progress, FORMAT_CONTESTANTS, FORMAT_PAIRS)
    return measured


def measure(files, settings, progress, contestants=CONTESTANTS, pairs=PAIRS):
    files = files[:4 if settings.quick else 8]
    with contextlib.ExitStack() as stack:
        engines = {name for name, _ in contestants.values()}
        cores = settings.pinned(1)
        workers = {name: stack.enter_context(Worker(name, cores, 1)) for name in sorted(engines)}
        results = {name: {"psnr": value} for name, value in fidelity(workers, files, contestants).items()}
        turns = {name: (workers[engine], turn(workers[engine], mode, files))
                 for name, (engine, mode) in contestants.items()}
        for _, work in turns.values():
            work()
        with settings.neighbour_beside(cores):
            rounds = alternate(turns, settings.rounds, cores)
        versions = {name: worker.ask("version")["version"] for name, worker in workers.items()}
    for name in contestants:
        results[name] |= {"pictures_per_second": rounds.spread(name).json(), "rates": rounds.rates[name]}
    ratios = {}
    for ours, rivals in pairs.items():
        fastest = rounds.fastest(rivals)
        ratios[ours] = {"fastest_rival": fastest, "ratio": rounds.ratio(ours, fastest).json()}
        ratios[ours]["ratios"] = {rival: rounds.ratio(ours, rival).json() for rival in rivals}
        progress.say(f"{ours}: {ratios[ours]['ratio']['median']:.2f} of {fastest}")
    return {"contestants": results, "comparisons": ratios, "versions": versions, "pictures": len(files),
            "rounds": settings.rounds} | rounds.disturbances()


def fidelity(workers, files, contestants):
    """How far each contestant's pixels are from torchvision's, which are Pillow's."""
    tensors = {}
    for name, (engine, mode) in contestants.items():
        path = CACHE / f"tensors.{engine}.f32"
        workers[engine].ask("tensors", mode=mode, files=files, output=str(path))
        tensors[name] = accuracy.read_floats(path)
    decibels = {name: accuracy.psnr(values, tensors["Pillow"], DEVIATION) for name, values in tensors.items()}
    return {name: value if value != float("inf") else None for name, value in decibels.items()}


def turn(worker, mode, files):
    return lambda: len(files) / worker.ask("decode", mode=mode, files=files)["seconds"]
