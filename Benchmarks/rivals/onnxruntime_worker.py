"""Runs networks with ONNX Runtime on the CPU: all graph optimisations (which choose its blocked layout, NCHWc).

In 32-bit floats, or a network that its own tool quantised to int8.
"""
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime

from pipeline import PipelineWorker
from protocol import NetworkWorker, serve

WHOLE, SINGLE, HALVES = "whole batch", "image by image", "a part of the batch for each thread"


def session(path, batch, threads):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Its threads spin while it runs and soon go to sleep afterwards.
    options.add_session_config_entry("session.intra_op.allow_spinning", "1")
    options.add_free_dimension_override_by_name("batch", batch)
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


class Worker(NetworkWorker):
    version = f"ONNX Runtime {onnxruntime.__version__}"

    def variants(self, batch, threads):
        if batch == 1:
            return [WHOLE]
        return [WHOLE, SINGLE] + ([HALVES] if threads > 1 and batch % threads == 0 else [])

    def open(self, variant, command, images):
        batch, threads = command["batch"], command["threads"]
        if variant == WHOLE:
            whole = session(command["onnx"], batch, threads)
            return lambda: whole.run(None, {"pixels": images})[0]
        if variant == SINGLE:
            single = session(command["onnx"], 1, threads)
            return lambda: np.concatenate([single.run(None, {"pixels": images[i:i + 1]})[0] for i in range(batch)])
        part = session(command["onnx"], batch // threads, 1)
        pool = ThreadPoolExecutor(threads)
        parts = np.split(images, threads)
        return lambda: np.concatenate(list(pool.map(lambda part_: part.run(None, {"pixels": part_})[0], parts)))


def network(command, batch, threads, callers):
    """A session may be run from several threads; with one thread of its own it computes on the caller's."""
    shared = session(command["onnx"], batch, threads)
    return lambda images: shared.run(None, {"pixels": images})[0]


if __name__ == "__main__":
    serve(Worker().handlers() | PipelineWorker(network).handlers())
