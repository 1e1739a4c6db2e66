"""Makes Tests/RecImageTests/Fixtures/ONNX: a small network with a classifier in the ways that two exporters write it, and what
ONNX Runtime makes of a picture.

Needs onnx 1.22 and onnxruntime: pip install onnx==1.22.0 onnxruntime
Run: python Scripts/goldens/onnx_backbone.py [FOLDER]
"""
import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/RecImageTests/Fixtures/ONNX"
SIDE = 16


def table(count, start):
    """Numbers from -1 to 1 by a formula."""
    index = np.arange(start, start + count, dtype=np.uint64)
    return ((index * 2654435761 % 4294967296) / 2147483648 - 1).astype(np.float32)


def weights():
    shapes = {"w1": (8, 3, 3, 3), "b1": (8,), "w2": (12, 8, 1, 1), "b2": (12,), "w3": (5, 12), "b3": (5,)}
    start, result = 1, {}
    for name, shape in shapes.items():
        count = int(np.prod(shape))
        result[name] = table(count, start).reshape(shape) * (0.5 if name.startswith("w") else 0.1)
        start += count
    return result


def network(is_free):
    tensors = weights()
    nodes = [
        helper.make_node("Conv", ["x", "w1", "b1"], ["c1"], "c1", strides=[2, 2], pads=[1, 1, 1, 1]),
        helper.make_node("Sigmoid", ["c1"], ["s1"], "s1"),
        helper.make_node("Mul", ["c1", "s1"], ["a1"], "a1"),
        helper.make_node("Conv", ["a1", "w2", "b2"], ["map"], "map"),
        helper.make_node("GlobalAveragePool", ["map"], ["mean"], "mean"),
        helper.make_node("Flatten", ["mean"], ["vector"], "vector"),
        helper.make_node("Gemm", ["vector", "w3", "b3"], ["logits"], "logits", transB=1),
    ]
    shape = ["batch", 3, "height", "width"] if is_free else [1, 3, SIDE, SIDE]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, [shape[0], 5]),
            helper.make_tensor_value_info("map", TensorProto.FLOAT, [shape[0], 12, "rows", "columns"]),
        ],
        [numpy_helper.from_array(value, name) for name, value in tensors.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, is_free in (("fixed", False), ("free", True)):
        model = network(is_free)
        onnx.checker.check_model(model)
        onnx.save(model, FOLDER / f"{name}.onnx")
    image = table(3 * SIDE * SIDE, 7).reshape(1, 3, SIDE, SIDE)
    session = onnxruntime.InferenceSession(FOLDER / "fixed.onnx", providers=["CPUExecutionProvider"])
    logits, features = session.run(["logits", "map"], {"x": image})
    expected = {
        "logits": [float(x) for x in logits.ravel()],
        "mean": [float(x) for x in features.mean(axis=(2, 3)).ravel()],
        "maximum": [float(x) for x in features.max(axis=(2, 3)).ravel()],
        "token": [float(x) for x in features[0, :, 0, 0]],
        "map": [float(x) for x in features.ravel()],
    }
    (FOLDER / "expected.json").write_text(json.dumps(expected) + "\n")


main()
