#!/usr/bin/env python3
"""Times ONNX files here, in ONNX Runtime and in OpenVINO, in turn, and prints a table.

    python Benchmarks/measure_onnx.py [--batch 1] [--threads 1] [--rounds 10] MODEL...

Build onnx-times first: swift build -c release --product onnx-times. Needs onnxruntime and numpy; openvino is left out
where it is missing. A model may be written NAME=FILE, with resnet50 or vgg16 for a name: then the network of that name
that the package has itself is timed too. Each round runs every engine once, in turn; a time is the least of all
rounds, a ratio the faster rival's time over ours.
"""
import argparse
import pathlib
import subprocess
import time

import numpy as np
import onnxruntime

try:
    import openvino
except ImportError:
    openvino = None

ROOT = pathlib.Path(__file__).resolve().parents[1]


class Ours:
    def __init__(self, model, batch, threads, *cut):
        self.process = subprocess.Popen(
            [ROOT / ".build/release/onnx-times", model, str(batch), str(threads), *cut],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.opened = float(self.process.stdout.readline().split()[2])

    def run(self):
        self.process.stdin.write("run\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Rival:
    """An engine that is called from here; a graph whose batch is fixed takes one picture at a time."""

    def __init__(self, model, batch, threads):
        start = time.perf_counter()
        fixed, shape = self.open(model, batch, threads)
        self.opened = (time.perf_counter() - start) * 1e3
        shape = [size if isinstance(size, int) else other for size, other in zip(shape, [1, 3, 224, 224])]
        shape[0] = 1 if fixed else batch
        self.batch, self.runs = batch, batch if fixed else 1
        self.picture = np.linspace(-1, 1, int(np.prod(shape)), dtype=np.float32).reshape(shape)

    def run(self):
        start = time.perf_counter()
        for _ in range(self.runs):
            self.call(self.picture)
        return (time.perf_counter() - start) * 1e3 / self.batch


class ONNXRuntime(Rival):
    def open(self, model, batch, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        given = self.session.get_inputs()[0]
        self.name, self.output = given.name, [self.session.get_outputs()[0].name]
        return isinstance(given.shape[0], int), given.shape

    def call(self, picture):
        self.session.run(self.output, {self.name: picture})


class OpenVINO(Rival):
    def open(self, model, batch, threads):
        core = openvino.Core()
        network = core.read_model(model)
        shape = network.inputs[0].partial_shape
        fixed = shape[0].is_static
        sizes = [size.get_length() if size.is_static else other for size, other in zip(shape, [batch, 3, 224, 224])]
        network.reshape({network.inputs[0]: sizes})
        self.compiled = core.compile_model(network, "CPU", {
            "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "f32"})
        self.request = self.compiled.create_infer_request()
        return fixed, sizes

    def call(self, picture):
        self.request.infer({0: picture})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("models", nargs="+")
    options = parser.parse_args()
    print("| model | ours, ms a picture | our own network | ONNX Runtime | OpenVINO | ratio | opened in, ms "
          "| ONNX Runtime | OpenVINO |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for model in options.models:
        native, _, path = model.rpartition("=")
        arguments = (options.batch, options.threads)
        # A network of our own ends before the classifier, so the file is cut there for us.
        engines = {"ours": Ours(path, *arguments, *(["features"] if native else []))}
        if native:
            engines["native"] = Ours(native, *arguments)
        engines["onnxruntime"] = ONNXRuntime(path, *arguments)
        if openvino:
            engines["openvino"] = OpenVINO(path, *arguments)
        times = {name: [] for name in engines}
        for _ in range(options.rounds):
            for name, engine in engines.items():
                times[name].append(engine.run())
        engines["ours"].close()
        if native:
            engines["native"].close()
        least = {name: min(values) for name, values in times.items()}
        rival = min(least[name] for name in ("onnxruntime", "openvino") if name in least)

        def text(values, name, digits=2):
            return f"{values[name]:.{digits}f}" if name in values else ""

        opened = {name: engine.opened for name, engine in engines.items()}
        cells = [
            "/".join(pathlib.Path(path).parts[-3:-1]), *(text(least, name) for name in
                                                       ("ours", "native", "onnxruntime", "openvino")),
            f"{rival / least['ours']:.2f}", *(text(opened, name, 0) for name in ("ours", "onnxruntime", "openvino"))]
        print("| " + " | ".join(cells) + " |", flush=True)


main()
