#!/usr/bin/env python3
"""Times ONNX files here and in ONNX Runtime, in turn, and prints a table.

    python Benchmarks/measure_onnx.py [--batch 1] [--threads 1] [--rounds 10] MODEL...

Build onnx-times first: swift build -c release --product onnx-times. Needs onnxruntime and numpy. Each round runs either
engine once, in turn; the time is the least of all rounds, the ratio ONNX Runtime's over ours.
"""
import argparse
import pathlib
import subprocess
import time

import numpy as np
import onnxruntime

ROOT = pathlib.Path(__file__).resolve().parents[1]


def session(path, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    start = time.perf_counter()
    result = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return result, (time.perf_counter() - start) * 1e3


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("models", nargs="+")
    options = parser.parse_args()
    print("| model | ours, ms a picture | ONNX Runtime | ratio | opened in, ms | ONNX Runtime |")
    print("|---|---|---|---|---|---|")
    for model in options.models:
        ours = subprocess.Popen(
            [ROOT / ".build/release/onnx-times", model, str(options.batch), str(options.threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        opened = float(ours.stdout.readline().split()[2])
        theirs, theirs_opened = session(model, options.threads)
        given = theirs.get_inputs()[0]
        shape = [size if isinstance(size, int) else fallback for size, fallback in zip(given.shape, [1, 3, 224, 224])]
        # A graph whose batch is fixed takes one picture at a time.
        runs = options.batch if isinstance(given.shape[0], int) else 1
        shape[0] = 1 if isinstance(given.shape[0], int) else options.batch
        picture = np.linspace(-1, 1, int(np.prod(shape)), dtype=np.float32).reshape(shape)
        output = [theirs.get_outputs()[0].name]
        times = {"ours": [], "theirs": []}
        for _ in range(options.rounds):
            ours.stdin.write("run\n")
            ours.stdin.flush()
            times["ours"].append(float(ours.stdout.readline()))
            start = time.perf_counter()
            for _ in range(runs):
                theirs.run(output, {given.name: picture})
            times["theirs"].append((time.perf_counter() - start) * 1e3 / options.batch)
        ours.stdin.close()
        ours.wait()
        mine, other = min(times["ours"]), min(times["theirs"])
        name = "/".join(pathlib.Path(model).parts[-3:-1])
        print(f"| {name} | {mine:.2f} | {other:.2f} | {other / mine:.2f} | {opened:.0f} | {theirs_opened:.0f} |", flush=True)


main()
