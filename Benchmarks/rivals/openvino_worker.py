"""Runs networks with OpenVINO on the CPU: fixed shapes, by its latency and its throughput hint.

In 32-bit floats, in bfloat16, or a network that its own tool (NNCF) quantised to int8.
"""
import threading

import numpy as np
import openvino

from pipeline import PipelineWorker
from protocol import NetworkWorker, serve

LATENCY, SINGLE, STREAMS = "latency", "throughput, image by image", "throughput, a part of the batch for each stream"


def compiled(command, batch, threads, streams):
    core = openvino.Core()
    model = core.read_model(command["onnx"])
    model.reshape([batch, 3, 224, 224])
    settings = {
        "PERFORMANCE_HINT": "LATENCY" if streams == 1 else "THROUGHPUT",
        "INFERENCE_PRECISION_HINT": "bf16" if command.get("arithmetic") == "bfloat16" else "f32",
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": streams,
    }
    return core.compile_model(model, "CPU", settings)


def infer(request, images):
    return request.infer({0: images}, share_inputs=True, share_outputs=True)[0]


class Worker(NetworkWorker):
    version = f"OpenVINO {openvino.__version__}"

    def variants(self, batch, threads):
        if batch == 1:
            return [LATENCY]
        return [LATENCY, SINGLE] + ([STREAMS] if threads > 1 and batch % threads == 0 else [])

    def open(self, variant, command, images):
        batch, threads = command["batch"], command["threads"]
        if variant == LATENCY:
            request = compiled(command, batch, threads, 1).create_infer_request()
            return lambda: infer(request, images)
        size = 1 if variant == SINGLE else batch // threads
        model = compiled(command, size, threads, threads)
        requests = [model.create_infer_request() for _ in range(batch // size)]
        parts = np.split(images, len(requests))

        def run():
            for request, part in zip(requests, parts):
                request.start_async({0: part}, share_inputs=True)
            for request in requests:
                request.wait()
            return np.concatenate([request.get_output_tensor().data for request in requests])

        return run


def network(command, batch, threads, callers):
    """Each calling thread has a request, and each request a stream."""
    model = compiled(command, batch, threads * callers, callers)
    local = threading.local()

    def run(images):
        if not hasattr(local, "request"):
            local.request = model.create_infer_request()
        return infer(local.request, images).copy()

    return run


if __name__ == "__main__":
    serve(Worker().handlers() | PipelineWorker(network).handlers())
