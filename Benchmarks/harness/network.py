"""Images per second of the networks, on prepared tensors."""
import contextlib
import math

from harness import accuracy, fewer_bits
from harness.alternation import alternate
from harness.paths import CACHE, DATA
from harness.settings import BACKBONES
from harness.worker import Worker, WorkerError

#: A rival that computes something else in 32-bit floats is no rival.
LEAST_COSINE = 0.999


def groups(settings):
    """What shares worker processes: a backbone, a number of threads and an arithmetic."""
    return [
        (backbone, threads, arithmetic)
        for backbone in settings.backbones for threads in settings.threads for arithmetic in settings.arithmetics
        if rivals(arithmetic, settings) and fewer_bits.is_measured(backbone, arithmetic)
    ]


def rivals(arithmetic, settings):
    return [name for name in settings.rivals if name in fewer_bits.RIVALS.get(arithmetic, settings.rivals)]


def step_name(backbone, threads, arithmetic):
    ending = "" if arithmetic == "float32" else f", {arithmetic}"
    return f"{backbone}, {threads} thread{'s' if threads > 1 else ''}{ending}"


def expected_seconds(settings, backbone, tuning):
    loading = 25 if backbone == "vgg16" else 12
    return len(settings.batches) * (settings.budget_seconds * 1.3 + loading + tuning.extra_seconds(3 * loading))


def measure_group(backbone, threads, arithmetic, settings, tuning, progress):
    """One result for each batch size."""
    with contextlib.ExitStack() as stack:
        def started(engine):
            return stack.enter_context(Worker(engine, settings.pinned(threads), threads))

        workers = {"ours": started("ours")}
        if arithmetic != "float32":
            workers[fewer_bits.OUR_FLOATS] = started("ours")
            if arithmetic not in workers["ours"].ask("version").get("arithmetics", []):
                del workers["ours"]
        workers |= {name: started(name) for name in rivals(arithmetic, settings)}
        return [
            Measurement(backbone, batch, threads, arithmetic, workers, settings, tuning, progress).result()
            for batch in settings.batches
        ]


class Measurement:
    """One backbone, batch size, number of threads and arithmetic.

    With fewer bits than 32 our floats take part too, and stand for ours where our worker lacks the arithmetic.
    """

    def __init__(self, backbone, batch, threads, arithmetic, workers, settings, tuning, progress):
        self.backbone, self.batch, self.threads, self.arithmetic = backbone, batch, threads, arithmetic
        self.rivals = rivals(arithmetic, settings)
        self.ours = "ours" if "ours" in workers else fewer_bits.OUR_FLOATS
        self.workers, self.settings, self.tuning = workers, settings, tuning
        self.say = lambda text: progress.say(f"batch {batch}: {text}")

    def result(self):
        engines = {name: self.prepared(name) for name in self.workers}
        counts = {name: self.calibrated(name) for name in self.workers}
        turns = {name: (worker, self.turn(name, counts[name])) for name, worker in self.workers.items()}
        seconds = sum(counts[name] * self.batch / self.turn(name, 1)() for name in self.workers)
        count = max(self.settings.rounds, min(40, math.floor(self.settings.budget_seconds / seconds)))
        cores = self.settings.pinned(self.threads)
        with self.settings.neighbour_beside(cores):
            rounds = alternate(turns, count, cores)
        for name, engine in engines.items():
            engine |= {
                "images_per_second": rounds.spread(name).json(),
                "rates": rounds.rates[name],
                "peak_bytes": self.workers[name].peak_bytes(),
            }
        fastest = rounds.fastest(self.rivals)
        ratio = rounds.ratio(self.ours, fastest)
        self.say(f"{rounds.spread(self.ours).median:.1f} images/s, {ratio.median:.2f} of {fastest}, {count} rounds")
        return {
            "backbone": self.backbone,
            "layer": BACKBONES[self.backbone],
            "batch": self.batch,
            "threads": self.threads,
            "arithmetic": self.arithmetic,
            "cores": self.settings.pinned(self.threads),
            "rounds": count,
            "engines": engines,
            "fastest_rival": fastest,
            "ratio": ratio.json(),
            "ratios": {name: rounds.ratio(self.ours, name).json() for name in self.workers if name != self.ours},
        } | rounds.disturbances()

    def prepared(self, name):
        """Opens the network at the engine's best setting and checks what it computes."""
        worker = self.workers[name]
        version = worker.ask("version")["version"]
        variant = self.best_variant(name, version) if name in self.rivals else None
        opened = self.load(name, variant)
        path = CACHE / f"features.{name}.f32"
        worker.ask("features", output=str(path))
        features = accuracy.read_floats(DATA / f"{self.backbone}.features.f32").reshape(8, -1)[: self.batch]
        found = accuracy.compare(accuracy.read_floats(path), features)
        is_exact = self.arithmetic == "float32" and name in self.rivals
        if is_exact and not found["worst_cosine"] >= LEAST_COSINE:
            raise WorkerError(f"{name}: cosine {found['worst_cosine']} on {self.backbone}: it computes something else")
        return {"version": version, "setting": variant, "open_seconds": opened["seconds"]} | found | {
            key: opened[key] for key in ["parameterBytes", "workspaceBytes"] if key in opened
        }

    def load(self, name, variant):
        """Opens the network; whoever quantises while opening finds the pictures to calibrate on in the command."""
        arithmetic = "float32" if name == fewer_bits.OUR_FLOATS else self.arithmetic
        data = {"weights": "pth", "onnx": "onnx", "input": "input.f32"}
        if arithmetic == "int8":
            data |= fewer_bits.files(name, self.settings.pictures)
        return self.workers[name].ask(
            "load",
            arithmetic=arithmetic,
            backbone=self.backbone,
            layer=BACKBONES[self.backbone],
            batch=self.batch,
            threads=self.threads,
            variant=variant,
            **{key: str(DATA / f"{self.backbone}.{ending}") for key, ending in data.items()},
        )

    def best_variant(self, name, version):
        worker = self.workers[name]
        variants = worker.ask("variants", batch=self.batch, threads=self.threads)["variants"]
        if not self.settings.torch_compile:
            variants = [variant for variant in variants if not variant.startswith("compiled")]

        def seconds(variant):
            self.load(name, variant)
            worker.ask("run", count=1)
            return min(worker.ask("run", count=1)["seconds"] for _ in range(3))

        ending = "" if self.arithmetic == "float32" else f" {self.arithmetic}"
        key = f"{version} {self.backbone} batch {self.batch} threads {self.threads}{ending}"
        return self.tuning.best(key, variants, seconds, lambda text: self.say(f"{version}: {text}"))

    def turn(self, name, count):
        worker = self.workers[name]
        return lambda: count * self.batch / worker.ask("run", count=count)["seconds"]

    def calibrated(self, name):
        """Runs that fill a turn."""
        self.workers[name].ask("run", count=1)
        seconds = self.workers[name].ask("run", count=1)["seconds"]
        return max(1, min(4096, round(self.settings.turn_seconds / seconds)))
