"""Saves one tiny VGG in every weight format, and its features of picture files, computed by PyTorch.

Needs numpy, pillow, torch, torchvision, safetensors, keras (with KERAS_BACKEND=torch) and h5py.
"""
import collections
import io
import json
import os
import pathlib
import pickle
import struct
import tarfile

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import torch
from PIL import Image, ImageOps
from safetensors.torch import save_file
from torchvision import transforms

ROOT = pathlib.Path(__file__).resolve().parents[2] / "Tests/RecImageTests/Fixtures"
FOLDER = ROOT / "OneModel"
PICTURES = ["baseline-420", "cmyk", "exif-6", "odd-53x80", "one-pixel", "progressive-gray"]
WIDTHS, HIDDEN, SIZE = [4, 8, 8], 16, 56


def network():
    torch.manual_seed(7)
    layers, channels = [], 3
    for width in WIDTHS:
        layers += [torch.nn.Conv2d(channels, width, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2)]
        channels = width
    hidden = [torch.nn.Linear(channels * 49, HIDDEN), torch.nn.ReLU(), torch.nn.Dropout(),
              torch.nn.Linear(HIDDEN, HIDDEN), torch.nn.ReLU()]
    model = torch.nn.Module()
    model.features, model.classifier = torch.nn.Sequential(*layers), torch.nn.Sequential(*hidden)
    return model.eval()


def write_tar(state, path):
    """The format of PyTorch before 0.1.10."""
    class Reference:
        def __init__(self, key):
            self.key = key

    class Pickler(pickle.Pickler):
        def persistent_id(self, value):
            return str(value.key) if isinstance(value, Reference) else None

    def pickled(value):
        return pickle.dumps(value, protocol=2)

    storages, tensors, names = pickled(len(state)), pickled(len(state)), collections.OrderedDict()
    for number, (name, value) in enumerate(state.items()):
        data = value.contiguous().numpy()
        storages += pickled((100 + number, "cpu", torch.FloatStorage)) + struct.pack("<q", data.size) + data.tobytes()
        tensors += pickled((number, 100 + number, torch.FloatTensor)) + struct.pack("<ii", data.ndim, 0)
        tensors += struct.pack(f"<{data.ndim}q", *data.shape)
        tensors += struct.pack(f"<{data.ndim}q", *value.contiguous().stride()) + struct.pack("<q", 0)
        names[name] = Reference(number)
    dictionary = io.BytesIO()
    Pickler(dictionary, protocol=2).dump(names)
    parts = {"sys_info": pickled({"protocol_version": 1000, "little_endian": True}), "pickle": dictionary.getvalue(),
             "tensors": tensors, "storages": storages + pickled([])}
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))


def write_keras(model):
    """The same network in Keras: kernels HWIO, and the rows of the first dense layer in the order h, w, c."""
    source = keras.Input((SIZE, SIZE, 3))
    x, count = source, 0
    for stage, width in enumerate(WIDTHS):
        x = keras.layers.Conv2D(width, 3, padding="same", activation="relu", name=f"block{stage + 1}_conv1")(x)
        x = keras.layers.MaxPooling2D(2, name=f"block{stage + 1}_pool")(x)
    x = keras.layers.Flatten(name="flatten")(x)
    x = keras.layers.Dense(HIDDEN, activation="relu", name="fc1")(x)
    x = keras.layers.Dense(HIDDEN, activation="relu", name="fc2")(x)
    twin = keras.Model(source, x)
    for stage in range(len(WIDTHS)):
        layer = model.features[3 * stage]
        twin.get_layer(f"block{stage + 1}_conv1").set_weights(
            [layer.weight.detach().numpy().transpose(2, 3, 1, 0), layer.bias.detach().numpy()])
    first, second = model.classifier[0], model.classifier[3]
    rows = first.weight.detach().numpy().reshape(HIDDEN, WIDTHS[-1], 7, 7).transpose(2, 3, 1, 0).reshape(-1, HIDDEN)
    twin.get_layer("fc1").set_weights([rows, first.bias.detach().numpy()])
    twin.get_layer("fc2").set_weights([second.weight.detach().numpy().T, second.bias.detach().numpy()])
    twin.save(FOLDER / "model.h5")
    twin.save_weights(FOLDER / "model.weights.h5")
    return twin


@torch.no_grad()
def main():
    FOLDER.mkdir(exist_ok=True)
    model = network()
    state = model.state_dict()
    torch.save(state, FOLDER / "archive.pth")
    torch.save(state, FOLDER / "stream.pth", _use_new_zipfile_serialization=False)
    write_tar(state, FOLDER / "tar.pth")
    save_file(state, FOLDER / "model.safetensors")
    for name, more in (("arch", {"arch": "tiny"}), ("other-arch", {"arch": "resnetblur50"}), ("own-arch", {"arch": "Net"}),
                       ("caffe", {"meta": {"config": "model = dict(backbone=dict(style='caffe'))"}})):
        torch.save({"state_dict": state} | more, FOLDER / f"{name}.pth")
    twin = write_keras(model)

    prepare = transforms.Compose([
        transforms.Resize(64), transforms.CenterCrop(SIZE), transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
    expected = {}
    for name in PICTURES:
        picture = ImageOps.exif_transpose(Image.open(ROOT / "Pictures" / f"{name}.jpg")).convert("RGB")
        pixels = prepare(picture)[None]
        pooled = model.features[:-1](pixels).mean(dim=(2, 3))[0]
        fc2 = model.classifier(model.features(pixels).flatten(1))[0]
        check = twin(pixels.permute(0, 2, 3, 1)).detach()[0]
        assert torch.allclose(check, fc2, atol=1e-5), "the Keras twin computes something else"
        expected[name] = {"pooled": pooled.tolist(), "fc2": fc2.tolist()}
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


main()
