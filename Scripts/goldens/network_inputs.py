"""Makes Tests/RecDemoTests/Fixtures/NetworkInputs: arrays of halves and of floats as numpy.save writes them, a network
with an input of each of the two types, and what ONNX Runtime computes.

Needs numpy, onnx and onnxruntime: pip install numpy onnx==1.22.0 onnxruntime
Run: python Scripts/goldens/network_inputs.py
"""
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Tests/RecDemoTests/Fixtures/NetworkInputs"
TYPES = {"half": (np.float16, TensorProto.FLOAT16), "single": (np.float32, TensorProto.FLOAT)}
WIDTH, OUTPUTS = 8, 5


def halves(random):
    """Rows of numbers, the largest and smallest among them, of subnormals and zeros, of infinities, of NaN."""
    least, normal = 2.0**-24, 2.0**-14
    rows = [
        [1, -2, 1 / 3, 0.1, 65504, -65504, normal, -normal],
        [least, -least, 2 * least, 3 * least, 1023 * least, -1023 * least, 0.0, -0.0],
        [np.inf, 1, 2, 3, 4, 5, 6, 7],
        [np.inf, -np.inf, 1, 1, 1, 1, 1, 1],
        [np.nan, 1, -1, 2, -2, 3, -3, 4],
    ]
    return np.vstack([rows, random.normal(size=(3, WIDTH))]).astype(np.float16)


def singles(random):
    """Rows of ties and their neighbours, of what is too large or too small for a half, of ties of subnormals."""
    least = 2.0**-24
    rows = [
        [1 + 2.0**-11, 1 + 3 * 2.0**-11, 1 + 2.0**-11 + 2.0**-20, 1 - 2.0**-12, 2049, 2051, -2049, 4098],
        [65519, 65519.996, 65520, -65520, 1e9, -3e38, np.inf, np.nan],
        [least / 2, 0.75 * least, 1.5 * least, 2.5 * least, -least / 2, 1023.5 * least, 1e-40, -1e-10],
    ]
    return np.vstack([rows, random.normal(size=(3, WIDTH))]).astype(np.float32)


def network(number, type, random):
    """`y`, a product of the input's type, and `z`, three times the input in floats, which is exact for halves."""
    weights = random.normal(size=(WIDTH, OUTPUTS)).astype(number)
    tensors = {"w": weights, "b": np.linspace(-1, 1, OUTPUTS).astype(number), "three": np.float32(3)}
    nodes = [
        helper.make_node("Gemm", ["x", "w", "b"], ["y"], "y"),
        helper.make_node("Cast", ["x"], ["wide"], "wide", to=TensorProto.FLOAT),
        helper.make_node("Mul", ["wide", "three"], ["z"], "z"),
    ]
    graph = helper.make_graph(
        nodes,
        "inputs",
        [helper.make_tensor_value_info("x", type, ["batch", WIDTH])],
        [
            helper.make_tensor_value_info("y", type, ["batch", OUTPUTS]),
            helper.make_tensor_value_info("z", TensorProto.FLOAT, ["batch", WIDTH]),
        ],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in tensors.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(16)
    arrays = {"halves": halves(random), "singles": singles(random)}
    for name, array in arrays.items():
        np.save(FOLDER / f"{name}.npy", array)
    for model, (number, type) in TYPES.items():
        made = network(number, type, random)
        onnx.checker.check_model(made)
        onnx.save(made, FOLDER / f"{model}.onnx")
        session = onnxruntime.InferenceSession(FOLDER / f"{model}.onnx", providers=["CPUExecutionProvider"])
        for name, array in arrays.items():
            with np.errstate(over="ignore"):
                given = array.astype(number)
            np.save(FOLDER / f"{model}-{name}-x.npy", given.astype(np.float32))
            for output, value in zip(("y", "z"), session.run(["y", "z"], {"x": given})):
                np.save(FOLDER / f"{model}-{name}-{output}.npy", value.astype(np.float32))
            if array.dtype != number:
                refuses_other_types(session, array)


def refuses_other_types(session, array):
    """ONNX Runtime converts nothing: its caller does, by `astype`."""
    try:
        session.run(["y"], {"x": array})
    except Exception as error:
        assert "Unexpected input data type" in str(error), error
    else:
        raise AssertionError("ONNX Runtime took an array of another type")


main()
