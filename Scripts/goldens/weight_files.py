"""Makes the weight files of Tests/RecNetworkTests/Fixtures/WeightFiles, and expected.json that says what is in them.

Every file is written by the library that owns its format, except the TAR checkpoint, which no living version of
PyTorch writes; it is written by hand and checked with torch.load, which still reads it.

Needs: numpy, torch, safetensors, h5py, keras (on the torch backend).
Use:   python Scripts/goldens/weight_files.py [folder]
"""

import argparse
import collections
import io
import json
import os
import pathlib
import pickle
import struct
import sys
import tarfile
import zipfile

os.environ["KERAS_BACKEND"] = "torch"

import h5py
import keras
import numpy as np
import safetensors.torch
import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/RecNetworkTests/Fixtures/WeightFiles"

TYPES = {
    torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32", torch.float64: "F64",
    torch.int8: "I8", torch.int16: "I16", torch.int32: "I32", torch.int64: "I64",
    torch.uint8: "U8", torch.bool: "BOOL",
}
NUMPY_TYPES = {"f2": "F16", "f4": "F32", "f8": "F64", "i4": "I32", "i8": "I64", "u1": "U8", "i1": "I8"}

expected = {}


def values(count, seed):
    """Numbers of both signs with many different bits, all finite."""
    return np.random.default_rng(seed).standard_normal(count).astype(np.float32)


def tensors():
    """A state dictionary with every element type and every kind of view."""
    base = torch.from_numpy(values(24, 1))
    square = torch.from_numpy(values(12, 2)).reshape(3, 4)
    result = collections.OrderedDict()
    result["conv.weight"] = torch.from_numpy(values(24, 3)).reshape(3, 2, 2, 2)
    result["conv.bias"] = torch.from_numpy(values(3, 4))
    result["bn.num_batches_tracked"] = torch.tensor(123456789012, dtype=torch.int64)
    result["half"] = torch.tensor([1.0, -2.5, 65504.0, 5.9604644775390625e-08, 0.333251953125], dtype=torch.float16)
    result["brain"] = torch.tensor([1.0, -3.140625, 3.3895e38, 1e-40, 0.0], dtype=torch.bfloat16)
    result["double"] = torch.tensor([np.pi, -1e-300, 16777217.0], dtype=torch.float64)
    result["int8"] = torch.tensor([-128, 0, 127], dtype=torch.int8)
    result["int16"] = torch.tensor([-32768, 0, 32767], dtype=torch.int16)
    result["int32"] = torch.tensor([-2147483648, 0, 2147483647], dtype=torch.int32)
    result["uint8"] = torch.tensor([0, 128, 255], dtype=torch.uint8)
    result["bool"] = torch.tensor([True, False, True])
    result["scalar"] = torch.tensor(0.1)
    result["empty"] = torch.zeros(0, 3)
    result["shared.whole"] = base
    result["shared.part"] = base[5:11]
    result["shared.columns"] = base.reshape(4, 6)[1:, 1:4]
    result["transposed"] = square.t()
    result["channels_last"] = torch.from_numpy(values(24, 5)).reshape(2, 3, 2, 2).to(memory_format=torch.channels_last)
    result["expanded"] = torch.from_numpy(values(3, 6)).expand(2, 3)
    return result


def describe_torch(name, dictionary, format_name, metadata=None):
    expected[name] = {
        "format": format_name,
        "metadata": metadata or {},
        "layers": [],
        "tensors": [
            {"name": key, "shape": list(value.shape), "type": TYPES[value.dtype],
             "values": value.detach().to(torch.float32).contiguous().reshape(-1).numpy().astype(float).tolist()}
            for key, value in dictionary.items()
        ],
    }


def write_torch():
    state = tensors()
    archive, stream = "PyTorch archive", "PyTorch pickle stream"
    torch.save(state, FOLDER / "archive.pth")
    describe_torch("archive.pth", state, archive)
    torch.save(state, FOLDER / "archive-protocol4.pth", pickle_protocol=4)
    describe_torch("archive-protocol4.pth", state, archive)
    torch.save(state, FOLDER / "stream.pth", _use_new_zipfile_serialization=False)
    describe_torch("stream.pth", state, stream)
    torch.save(state, FOLDER / "stream-protocol4.pth", _use_new_zipfile_serialization=False, pickle_protocol=4)
    describe_torch("stream-protocol4.pth", state, stream)

    model = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 2), torch.nn.BatchNorm2d(3))
    with torch.no_grad():
        for seed, tensor in enumerate(model.state_dict().values()):
            if tensor.dtype == torch.float32:
                tensor.copy_(torch.from_numpy(values(tensor.numel(), 20 + seed)).reshape(tensor.shape))
    plain = model.state_dict()
    checkpoint = {
        "epoch": 3, "arch": "tiny", "best_acc1": torch.tensor(76.1), "args": argparse.Namespace(lr=0.1, batch=[1, 2]),
        "state_dict": {"module." + key: value for key, value in plain.items()},
        "optimizer": {"state": {0: {"momentum_buffer": torch.ones(4)}}, "param_groups": [{"lr": 0.1, "betas": (0.9, 1)}]},
    }
    torch.save(checkpoint, FOLDER / "wrapped.pth")
    paths = {"best_acc1": checkpoint["best_acc1"]} | {f"state_dict.module.{key}": value for key, value in plain.items()}
    paths["optimizer.state.0.momentum_buffer"] = torch.ones(4)
    describe_torch("wrapped.pth", paths, archive)
    parameters = collections.OrderedDict(model.named_parameters())
    torch.save({"model": {"state_dict": parameters}}, FOLDER / "parameters.pth")
    describe_torch("parameters.pth", {f"model.state_dict.{key}": value for key, value in parameters.items()}, archive)
    torch.save(model.state_dict(), FOLDER / "module-stream.pth", _use_new_zipfile_serialization=False)
    describe_torch("module-stream.pth", plain, stream)

    # Refused files: a whole model, an object without tensors, a big-endian checkpoint, a compressed archive.
    torch.save(model, FOLDER / "refused-module.pth")
    torch.save({"lr": 0.1, "epoch": 3}, FOLDER / "refused-no-tensors.pth")
    source = zipfile.ZipFile(FOLDER / "parameters.pth")
    for name, method in (("refused-big-endian.pth", zipfile.ZIP_STORED), ("refused-compressed.pth", zipfile.ZIP_DEFLATED)):
        with zipfile.ZipFile(FOLDER / name, "w", method) as target:
            for entry in source.namelist():
                big = entry.endswith("byteorder") and method == zipfile.ZIP_STORED
                target.writestr(entry, b"big" if big else source.read(entry))


def write_tar():
    """The format of PyTorch before 0.1.10: sys_info, pickle, tensors and storages in a TAR archive."""
    class Reference:
        def __init__(self, key):
            self.key = key

    class Pickler(pickle.Pickler):
        def persistent_id(self, value):
            return str(value.key) if isinstance(value, Reference) else None

    base, whole = values(10, 30), values(12, 31)
    storages = [(7001, torch.FloatStorage, base), (7002, torch.FloatStorage, whole),
                (7003, torch.LongStorage, np.array([42, -1], np.int64))]
    views = [(7010, 7001, 2, 6)]
    # key, storage, type, sizes, strides, offset
    table = [(1, 7002, torch.FloatTensor, (3, 4), (4, 1), 0), (2, 7010, torch.FloatTensor, (2, 2), (2, 1), 1),
             (3, 7003, torch.LongTensor, (2,), (1,), 0), (4, 7002, torch.FloatTensor, (4, 3), (1, 4), 0)]
    names = collections.OrderedDict([("weight", 1), ("part", 2), ("counts", 3), ("transposed", 4)])

    def pickled(value):
        return pickle.dumps(value, protocol=2)

    storage_file = pickled(len(storages))
    for key, kind, data in storages:
        storage_file += pickled((key, "cpu", kind)) + struct.pack("<q", len(data)) + data.tobytes()
    storage_file += pickled(views)
    tensor_file = pickled(len(table))
    for key, storage, kind, sizes, strides, offset in table:
        tensor_file += pickled((key, storage, kind)) + struct.pack("<ii", len(sizes), 0)
        tensor_file += struct.pack(f"<{len(sizes)}q", *sizes) + struct.pack(f"<{len(sizes)}q", *strides)
        tensor_file += struct.pack("<q", offset)
    buffer = io.BytesIO()
    Pickler(buffer, protocol=2).dump(collections.OrderedDict((name, Reference(key)) for name, key in names.items()))
    parts = {"sys_info": pickled({"protocol_version": 1000, "little_endian": True}), "pickle": buffer.getvalue(),
             "tensors": tensor_file, "storages": storage_file}
    with tarfile.open(FOLDER / "tar.pth", "w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    describe_torch("tar.pth", torch.load(FOLDER / "tar.pth", weights_only=False), "PyTorch TAR archive")


def write_safetensors():
    state = collections.OrderedDict((key, value.contiguous().clone()) for key, value in tensors().items())
    path = FOLDER / "all-types.safetensors"
    safetensors.torch.save_file(state, path, metadata={"format": "pt", "author": "J\u00fcrgen \u201cJ\u201d \U0001f600"})
    length = struct.unpack("<Q", path.read_bytes()[:8])[0]
    order = [key for key in json.loads(path.read_bytes()[8:8 + length]) if key != "__metadata__"]
    describe_torch(path.name, {key: state[key] for key in order}, "safetensors",
                   {"format": "pt", "author": "J\u00fcrgen \u201cJ\u201d \U0001f600"})


def describe_hdf5(name, names, layers, path=None):
    with h5py.File(path or FOLDER / name) as file:
        expected[name] = {
            "format": "Keras HDF5",
            "metadata": {},
            "layers": [{"name": a, "group": b, "tensorNames": c} for a, b, c in layers],
            "tensors": [
                {"name": key, "shape": list(file[key].shape), "type": NUMPY_TYPES[file[key].dtype.str[1:]],
                 "values": np.asarray(file[key]).astype(np.float32).reshape(-1).astype(float).tolist()}
                for key in names
            ],
        }


def write_hdf5():
    def fill(group):
        group["kernel"] = values(12, 40).reshape(3, 4)
        group["half"] = values(5, 41).astype(np.float16)
        group["double"] = values(5, 42).astype(np.float64) / 3
        group["steps"] = np.array([1, -2, 3], np.int64)
        group["scalar"] = np.float32(0.25)
        group["text"] = "not a tensor"
        group.create_dataset("none", data=np.zeros((0, 3), np.float32))
        group.create_dataset("unwritten", shape=(2, 2), dtype=np.float32)

    names = ["double", "half", "kernel", "none", "scalar", "steps", "unwritten"]
    for name, version in (("plain.h5", "earliest"), ("latest.h5", "latest")):
        with h5py.File(FOLDER / name, "w", libver=version) as file:
            fill(file.create_group("block"))
            file["again"] = file["block"]  # a cycle of hard links
            file["block/up"] = file["/"]
            file["soft"] = h5py.SoftLink("/block/kernel")
        describe_hdf5(name, ["again/" + key for key in names], [("again", "again", ["again/" + key for key in names])])

    with h5py.File(FOLDER / "chunked.h5", "w") as file:
        data = (values(15 * 14, 43).reshape(15, 14) * 4).round() / 4
        file.create_dataset("chunks", data=data, chunks=(4, 5))
        file.create_dataset("gzip", data=data, chunks=(4, 5), compression="gzip")
        file.create_dataset("shuffled", data=data, chunks=(15, 14), compression="gzip", shuffle=True)
        file.create_dataset("zeros", data=np.zeros((40, 30), np.float32), chunks=(40, 30), compression="gzip")
        partly = file.create_dataset("partly", shape=(9, 4), chunks=(3, 4), dtype=np.float32)
        partly[3:6] = values(12, 44).reshape(3, 4)
    names = ["chunks", "gzip", "partly", "shuffled", "zeros"]
    describe_hdf5("chunked.h5", names, [("", "", names)])
    with h5py.File(FOLDER / "single-chunk-latest.h5", "w", libver="latest") as file:
        file.create_dataset("gzip", data=data, chunks=data.shape, compression="gzip")
    describe_hdf5("single-chunk-latest.h5", ["gzip"], [("", "", ["gzip"])])

    # Compact storage, and attributes and links by the hundred, which need trees.
    for name, version in (("many.h5", "earliest"), ("many-latest.h5", "latest")):
        with h5py.File(FOLDER / name, "w", libver=version) as file:
            properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            properties.set_layout(h5py.h5d.COMPACT)
            space = h5py.h5s.create_simple((1, 2))
            dataset = h5py.h5d.create(file.id, b"w0", h5py.h5t.IEEE_F32LE, space, dcpl=properties)
            dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, np.ascontiguousarray(values(2, 45).reshape(1, 2)))
            for index in range(1, 400):
                file[f"w{index}"] = file["w0"]
            for index in range(12):
                file.attrs[f"note{index}"] = f"text {index}"
        names = [f"w{index}" for index in range(400)]
        describe_hdf5(name, names, [("", "", names)])
        expected[name]["metadata"] = {f"note{index}": f"text {index}" for index in range(12)}

    # Legacy weights as Keras 1 and 2 wrote them: texts of fixed size, lists split over several attributes.
    with h5py.File(FOLDER / "split-names.h5", "w") as file:
        layers = [f"layer{index}" for index in (3, 1, 2, 0)]
        file.attrs["layer_names0"] = np.array([b"layer3", b"layer1"])
        file.attrs["layer_names1"] = np.array([b"layer2", b"layer0"])
        file.attrs["backend"] = b"tensorflow"
        listed = []
        for seed, layer in enumerate(layers):
            group = file.create_group(layer)
            weights = [] if layer == "layer2" else [f"{layer}_W_1:0", f"{layer}_b_1:0"]
            group.attrs["weight_names"] = np.array([key.encode() for key in weights])
            for key in weights:
                group[key] = values(4, 50 + seed).reshape(2, 2) if "W" in key else values(2, 60 + seed)
            listed.append((layer, layer, [f"{layer}/{key}" for key in weights]))
    describe_hdf5("split-names.h5", [key for layer in listed for key in layer[2]], listed)
    expected["split-names.h5"]["metadata"] = {"backend": "tensorflow"}

    with h5py.File(FOLDER / "refused-lzf.h5", "w") as file:
        file.create_dataset("w", data=data, chunks=(15, 14), compression="lzf")
    with h5py.File(FOLDER / "refused-big-endian.h5", "w") as file:
        file["w"] = values(4, 70).astype(">f4")
    with h5py.File(FOLDER / "refused-chunk-index.h5", "w", libver="latest") as file:
        file.create_dataset("w", data=data, chunks=(4, 5))


def write_keras():
    keras.utils.clear_session()
    model = keras.Sequential([
        keras.Input((5, 5, 2)), keras.layers.Conv2D(3, 2, name="stem_conv"),
        keras.layers.BatchNormalization(name="stem_bn"), keras.layers.Conv2D(2, 1, name="head_conv"),
        keras.layers.Flatten(name="flat"), keras.layers.Dense(2, name="predictions"),
    ], name="tiny")
    for seed, weight in enumerate(model.weights):
        weight.assign(values(int(np.prod(weight.shape)), 80 + seed).reshape(weight.shape))
    model.save(FOLDER / "keras.h5")
    model.save_weights(FOLDER / "keras.weights.h5")
    model.save(FOLDER / "keras.keras")

    listed = [("stem_conv", ["kernel", "bias"]), ("stem_bn", ["gamma", "beta", "moving_mean", "moving_variance"]),
              ("head_conv", ["kernel", "bias"]), ("flat", []), ("predictions", ["kernel", "bias"])]
    layers = [(name, f"model_weights/{name}", [f"model_weights/{name}/tiny/{name}/{key}" for key in keys])
              for name, keys in listed]
    describe_hdf5("keras.h5", [key for layer in layers for key in layer[2]], layers)
    counted = [("stem_bn", "batch_normalization", 4), ("stem_conv", "conv2d", 2), ("head_conv", "conv2d_1", 2),
               ("predictions", "dense", 2)]
    layers = [(name, f"layers/{group}", [f"layers/{group}/vars/{index}" for index in range(count)])
              for name, group, count in counted]
    names = [key for layer in layers for key in layer[2]]
    describe_hdf5("keras.weights.h5", names, layers)
    with zipfile.ZipFile(FOLDER / "keras.keras") as archive:
        describe_hdf5("keras.keras", names, layers, io.BytesIO(archive.read("model.weights.h5")))


FOLDER.mkdir(parents=True, exist_ok=True)
write_torch()
write_tar()
write_safetensors()
write_hdf5()
write_keras()
for entry in expected.values():
    for tensor in entry["tensors"]:
        tensor["values"] = [value if np.isfinite(value) else None for value in tensor["values"]]
(FOLDER / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")
