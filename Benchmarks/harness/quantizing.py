"""Makes networks in int8 by the rivals' own tools, calibrated on the same pictures, none of which is measured on.

Runs as a process of its own (`python -m harness.quantizing FOLDER PICTURES BACKBONE...`).
"""
import logging
import pathlib
import sys

import nncf
import numpy as np
import openvino
from onnxruntime import quantization

from harness import fewer_bits, machine, pictures
from harness.prepare import made, tensor_of, write_floats


class Reader(quantization.CalibrationDataReader):
    """One picture after the other."""

    def __init__(self, images):
        self.left = iter(images)

    def get_next(self):
        image = next(self.left, None)
        return None if image is None else {"pixels": image[None]}


def quantize_for_onnxruntime(source, target, images):
    """Static, with quantise and dequantise nodes, weights a channel.

    Without VNNI the products of a pair of bytes are added in 16 bits and overflow, so weights get seven bits there, as
    its documentation says.
    """
    unfinished = target.with_name("unfinished." + target.name)
    quantization.quantize_static(
        str(source),
        str(unfinished),
        Reader(images),
        quant_format=quantization.QuantFormat.QDQ,
        per_channel=True,
        activation_type=quantization.QuantType.QUInt8,
        weight_type=quantization.QuantType.QInt8,
        reduce_range="vnni" not in machine.instruction_sets(),
    )
    unfinished.rename(target)


def quantize_for_openvino(source, target, images):
    model = openvino.Core().read_model(source)
    quantized = nncf.quantize(model, nncf.Dataset([image[None] for image in images]), subset_size=len(images))
    unfinished = target.with_name("unfinished." + target.name)
    openvino.save_model(quantized, unfinished, compress_to_fp16=False)
    # The weights come first: a network counts as made when its own file is there.
    for ending in (".bin", ".xml"):
        unfinished.with_suffix(ending).rename(target.with_suffix(ending))


def quantize(folder, name, paths):
    endings = {engine: fewer_bits.files(engine, len(paths)) for engine in fewer_bits.RIVALS["int8"]}
    tensors = folder / f"{name}.{endings['openvino']['calibration']}"
    if not made(tensors):
        write_floats(tensors, np.stack([tensor_of(name)(path) for path in paths[fewer_bits.MEASURED_ON:]]))
    images = np.fromfile(tensors, dtype="<f4").reshape(-1, 3, 224, 224)
    for engine, make in [("onnxruntime", quantize_for_onnxruntime), ("openvino", quantize_for_openvino)]:
        target = folder / f"{name}.{endings[engine]['onnx']}"
        if not made(target):
            make(folder / f"{name}.onnx", target, images)


def main():
    logging.disable(logging.WARNING)
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    paths = pictures.make(folder / "pictures", count)
    for name in sys.argv[3:]:
        quantize(folder, name, paths)


if __name__ == "__main__":
    main()
