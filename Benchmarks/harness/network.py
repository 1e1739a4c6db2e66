"""Images per second of the networks, on prepared tensors."""
import contextlib
import math

from harness import accuracy
from harness.alternation import alternate
from harness.paths import CACHE, DATA
from harness.settings import BACKBONES
from harness.worker import Worker, WorkerError

#: A rival that computes something else is no rival.
LEAST_COSINE = 0.999


def groups(settings):
    """What shares worker processes: a backbone and a number of threads."""
    return [(backbone, threads) for backbone in settings.backbones for threads in settings.threads]


def step_name(backbone, threads):
    return f"{backbone}, {threads} thread{'s' if threads > 1 else ''}"


def expected_seconds(settings, backbone, tuning):
    loading = 25 if backbone == "vgg16" else 12
    return len(settings.batches) * (settings.budget_seconds * 1.3 + loading + tuning.extra_seconds(3 * loading))


def measure_group(backbone, threads, settings, tuning, progress):
    """One result for each batch size."""
    with contextlib.ExitStack() as stack:
        cores = settings.pinned(threads)
        workers = {name: stack.enter_context(Worker(name, cores, threads)) for name in ["ours", *settings.rivals]}
        return [
            Measurement(backbone, batch, threads, workers, settings, tuning, progress).result()
            for batch in settings.batches
        ]


class Measurement:
    """One backbone, batch size and number of threads."""

    def __init__(self, backbone, batch, threads, workers, settings, tuning, progress):
        self.backbone, self.batch, self.threads = backbone, batch, threads
        self.workers, self.settings, self.tuning = workers, settings, tuning
        self.say = lambda text: progress.say(f"batch {batch}: {text}")

    def result(self):
        engines = {name: self.prepared(name) for name in self.workers}
        counts = {name: self.calibrated(name) for name in self.workers}
        turns = {name: (worker, self.turn(name, counts[name])) for name, worker in self.workers.items()}
        seconds = sum(counts[name] * self.batch / self.turn(name, 1)() for name in self.workers)
        count = max(self.settings.rounds, min(40, math.floor(self.settings.budget_seconds / seconds)))
        rounds = alternate(turns, count, self.settings.pinned(self.threads))
        for name, engine in engines.items():
            engine |= {
                "images_per_second": rounds.spread(name).json(),
                "rates": rounds.rates[name],
                "peak_bytes": self.workers[name].peak_bytes(),
            }
        fastest = rounds.fastest(self.settings.rivals)
        ratio = rounds.ratio("ours", fastest)
        self.say(f"{rounds.spread('ours').median:.1f} images/s, {ratio.median:.2f} of {fastest}, {count} rounds")
        return {
            "backbone": self.backbone,
            "layer": BACKBONES[self.backbone],
            "batch": self.batch,
            "threads": self.threads,
            "cores": self.settings.pinned(self.threads),
            "rounds": count,
            "engines": engines,
            "fastest_rival": fastest,
            "ratio": ratio.json(),
            "ratios": {rival: rounds.ratio("ours", rival).json() for rival in self.settings.rivals},
        } | rounds.disturbances()

    def prepared(self, name):
        """Opens the network at the engine's best setting and checks what it computes."""
        worker = self.workers[name]
        version = worker.ask("version")["version"]
        variant = self.best_variant(worker, version) if name != "ours" else None
        opened = self.load(worker, variant)
        path = CACHE / f"features.{name}.f32"
        worker.ask("features", output=str(path))
        features = accuracy.read_floats(DATA / f"{self.backbone}.features.f32").reshape(8, -1)[: self.batch]
        found = accuracy.compare(accuracy.read_floats(path), features)
        if name != "ours" and not found["worst_cosine"] >= LEAST_COSINE:
            raise WorkerError(f"{name}: cosine {found['worst_cosine']} on {self.backbone}: it computes something else")
        return {"version": version, "setting": variant, "open_seconds": opened["seconds"]} | found | {
            key: opened[key] for key in ["parameterBytes", "workspaceBytes"] if key in opened
        }

    def load(self, worker, variant):
        data = {"weights": "pth", "onnx": "onnx", "input": "input.f32"}
        return worker.ask(
            "load",
            backbone=self.backbone,
            layer=BACKBONES[self.backbone],
            batch=self.batch,
            threads=self.threads,
            variant=variant,
            **{key: str(DATA / f"{self.backbone}.{ending}") for key, ending in data.items()},
        )

    def best_variant(self, worker, version):
        variants = worker.ask("variants", batch=self.batch, threads=self.threads)["variants"]
        if not self.settings.torch_compile:
            variants = [variant for variant in variants if not variant.startswith("compiled")]

        def seconds(variant):
            self.load(worker, variant)
            worker.ask("run", count=1)
            return min(worker.ask("run", count=1)["seconds"] for _ in range(3))

        key = f"{version} {self.backbone} batch {self.batch} threads {self.threads}"
        return self.tuning.best(key, variants, seconds, lambda text: self.say(f"{version}: {text}"))

    def turn(self, name, count):
        worker = self.workers[name]
        return lambda: count * self.batch / worker.ask("run", count=count)["seconds"]

    def calibrated(self, name):
        """Runs that fill a turn."""
        self.workers[name].ask("run", count=1)
        seconds = self.workers[name].ask("run", count=1)["seconds"]
        return max(1, min(4096, round(self.settings.turn_seconds / seconds)))
