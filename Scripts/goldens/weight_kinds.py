"""Makes the weight files of Tests/RecNetworkTests/Fixtures/WeightKinds, and expected.json that says what is in them.

They hold what real checkpoints hold besides plain tensors: dictionaries in dictionaries, keys that are no texts, tensors
of kinds that are not read, negated views, bfloat16 of Keras, several files with an index, and files of other programs.

Needs: numpy, torch, safetensors, h5py, keras (on the torch backend).
Use:   python Scripts/goldens/weight_kinds.py [folder]
"""

import collections
import json
import os
import pathlib
import pickle
import shutil
import sys
import warnings

os.environ["KERAS_BACKEND"] = "torch"
warnings.filterwarnings("ignore")

import keras
import numpy as np
import safetensors.torch
import torch
import torch.distributed.checkpoint

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/RecNetworkTests/Fixtures/WeightKinds"

expected = {}


def values(*shape, seed):
    return torch.from_numpy(np.random.default_rng(seed).standard_normal(shape).astype(np.float32))


def expect(file, tensors, unreadable=()):
    """`tensors` are what PyTorch or Keras says, by the names that the reader gives."""
    expected[file] = {
        "tensors": {name: np.asarray(value, dtype=np.float32).reshape(-1).astype(float).tolist()
                    for name, value in tensors.items()},
        "unreadable": list(unreadable),
    }


def resolved(tensor):
    return tensor.detach().resolve_neg().to(torch.float32).contiguous().numpy()


def write_nested():
    inner = {"layer.weight": values(2, 3, seed=1), "layer.bias": values(2, seed=2)}
    checkpoint = {
        "epoch": 3, "arch": "resnet50", "nothing": None, "empty": {}, "names": ["a", "b"],
        "model": {"online": {"module": inner}}, "history": [{"best": values(3, seed=3)}, values(1, seed=4)],
        "pair": (values(2, seed=5), 7),
    }
    checkpoint["itself"] = checkpoint["model"]
    checkpoint["circle"] = [checkpoint]
    torch.save(checkpoint, FOLDER / "nested.pth")
    paths = {"model.online.module.layer.weight": inner["layer.weight"],
             "model.online.module.layer.bias": inner["layer.bias"], "history.0.best": checkpoint["history"][0]["best"],
             "history.1": checkpoint["history"][1], "pair.0": checkpoint["pair"][0]}
    paths |= {name.replace("model.", "itself.", 1): value for name, value in paths.items() if name.startswith("model.")}
    expect("nested.pth", {name: resolved(value) for name, value in paths.items()})

    keys = {b"bytes.weight": values(2, seed=6), 7: values(1, seed=7), "text": values(1, seed=8)}
    names = {"bytes.weight": resolved(keys[b"bytes.weight"]), "7": resolved(keys[7]), "text": resolved(keys["text"])}
    torch.save(keys, FOLDER / "keys.pth")
    expect("keys.pth", names)
    torch.save(keys, FOLDER / "keys-protocol4.pth", pickle_protocol=4)
    expect("keys-protocol4.pth", names)
    torch.save({"1": values(1, seed=9), 1: values(1, seed=10), "w": values(1, seed=11)}, FOLDER / "twice.pth")
    expect("twice.pth", {"w": resolved(values(1, seed=11))}, ["1"])


def write_kinds():
    plain, pairs = values(2, 2, seed=20), values(3, 2, seed=21)
    state = collections.OrderedDict()
    state["plain"] = plain
    state["negated"] = torch.view_as_complex(pairs.clone()).conj().imag
    assert state["negated"].is_neg()
    state["negated.part"] = state["negated"][1:]
    for bits in (16, 32, 64):
        state[f"uint{bits}"] = torch.tensor([0, 1, 2**bits - 1 if bits < 64 else 3], dtype=getattr(torch, f"uint{bits}"))
    readable = {name: resolved(value) for name, value in state.items()}
    foreign = collections.OrderedDict()
    foreign["complex"] = torch.view_as_complex(pairs)
    foreign["conjugated"] = torch.view_as_complex(pairs).conj()
    foreign["float8"] = plain.to(torch.float8_e4m3fn)
    foreign["sparse"] = torch.eye(3).to_sparse()
    foreign["sparse.rows"] = torch.eye(3).to_sparse_csr()
    foreign["quantised"] = torch.quantize_per_tensor(plain, 0.1, 0, torch.qint8)
    foreign["quantised.channels"] = torch.quantize_per_channel(plain, torch.ones(2), torch.zeros(2), 0, torch.quint8)
    foreign["meta"] = torch.empty(3, device="meta")
    foreign["nested"] = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])
    foreign["array"] = np.arange(3.0)
    others = {"log": collections.defaultdict(list, {"loss": [1.0]}), "best": np.float64(0.5), "step": np.int64(3),
              "dtype": torch.float32, "shape": torch.Size([2]), "classes": {"a", "b"}, "device": torch.device("cpu")}
    torch.save(state | foreign | others, FOLDER / "kinds.pth")
    expect("kinds.pth", readable, foreign)
    streamed = {name: value for name, value in (state | foreign).items()
                if name not in ("uint16", "uint32", "uint64", "float8")}
    torch.save(streamed | others, FOLDER / "kinds-stream.pth", _use_new_zipfile_serialization=False)
    expect("kinds-stream.pth", {name: value for name, value in readable.items() if name in streamed},
           [name for name in foreign if name in streamed])
    torch.save({"w": torch.view_as_complex(pairs)}, FOLDER / "refused-complex.pth")

    tensors = {"plain": plain, "float8": plain.to(torch.float8_e5m2)}
    safetensors.torch.save_file(tensors, FOLDER / "kinds.safetensors")
    expect("kinds.safetensors", {"plain": plain}, ["float8"])


def write_keras():
    keras.utils.set_random_seed(3)
    keras.config.set_dtype_policy("bfloat16")
    model = keras.Sequential([keras.Input((6, 6, 3)), keras.layers.Conv2D(2, 3, name="first"),
                              keras.layers.BatchNormalization(name="second")])
    keras.config.set_dtype_policy("float32")
    groups = {"layers/conv2d/vars": model.layers[0], "layers/batch_normalization/vars": model.layers[1]}
    numbers = {f"{group}/{index}": weight.detach().to(torch.float32).numpy()
               for group, layer in groups.items() for index, weight in enumerate(v.value for v in layer.weights)}
    model.save_weights(FOLDER / "bfloat16.weights.h5")
    expect("bfloat16.weights.h5", numbers)
    model.save(FOLDER / "bfloat16.keras")
    expect("bfloat16.keras", numbers)
    model.save(FOLDER / "bfloat16.h5")
    listed = {f"model_weights/{layer.name}/{weight.path}": weight.value.detach().to(torch.float32).numpy()
              for layer in model.layers for weight in layer.weights}
    expect("bfloat16.h5", listed)


def write_shards():
    folder = FOLDER / "shards"
    folder.mkdir(exist_ok=True)
    state = {f"layer{index}.weight": values(2, 2, seed=30 + index) for index in range(4)}
    parts = {"model-00001-of-00002.safetensors": ["layer0.weight", "layer3.weight"],
             "model-00002-of-00002.safetensors": ["layer1.weight", "layer2.weight"]}
    for part, names in parts.items():
        safetensors.torch.save_file({name: state[name] for name in names}, folder / part, metadata={"format": "pt"})
    index = {"metadata": {"total_size": 64},
             "weight_map": {name: part for part, names in parts.items() for name in names}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2))
    expect("shards", state)
    expect("shards/model.safetensors.index.json", state)


def write_foreign():
    folder = FOLDER / "foreign"
    folder.mkdir(exist_ok=True)
    torch.jit.save(torch.jit.script(torch.nn.Conv2d(1, 1, 1)), folder / "script.pt")
    distributed = folder / "distributed"
    torch.distributed.checkpoint.save({"w": torch.ones(2), "v": torch.ones(3)}, checkpoint_id=str(distributed), no_dist=True)
    shutil.copy(distributed / "__0_0.distcp", folder / "renamed.pth")
    paddle = {"conv.weight": ("conv.w_0", np.ones(2, np.float32)), "StructuredToParameterName@@": {"conv.weight": "w"}}
    (folder / "paddle.pth").write_bytes(pickle.dumps(paddle, protocol=4))
    torch.save(torch.nn.Sequential(torch.nn.Conv2d(1, 1, 1)), folder / "whole-model.pth")


def main():
    FOLDER.mkdir(exist_ok=True)
    write_nested()
    write_kinds()
    write_keras()
    write_shards()
    write_foreign()
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


main()
