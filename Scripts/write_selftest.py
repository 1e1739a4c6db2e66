#!/usr/bin/env python3
"""Writes the self-test of a model: selftest.json and a picture beside its weights.

The library that made the model computes the vector of the picture; the package compares its own with it when it opens
the weights, and with `rec-demo selftest`. Docs/SelfTest.md describes the file.

    write_selftest.py FOLDER --torchvision resnet50 [--checkpoint resnet50-11ad3fa6.pth] [--preset IMAGENET1K_V2]
    write_selftest.py FOLDER --timm resnet50.a1_in1k [--checkpoint model.safetensors]
    write_selftest.py FOLDER --transformers MODEL-FOLDER
    write_selftest.py FOLDER --open-clip ViT-B-32 [--checkpoint open_clip_model.safetensors]
    write_selftest.py FOLDER --onnx model.onnx --like timm:NAME | transformers:FOLDER | open_clip:NAME [--tensor NAME]

FOLDER is that of the weights. With --weights NAME the test counts only for the file of that name. Needs numpy, Pillow,
torch, and the library that is named (for --onnx: onnx and onnxruntime, and that of --like for its preprocessing).
"""

import argparse
import importlib.metadata
import json
import pathlib

import numpy as np
from PIL import Image

SAMPLES = 64


def draw(path):
    """A picture with edges, ramps and grain, so that any other resizing or cropping changes the input."""
    y, x = np.mgrid[0:301, 0:402].astype(float)
    planes = [
        128 + 70 * np.sin(x / (9 + 4 * c)) * np.cos(y / (13 - 3 * c)) + 40 * ((x + 2 * y) // 23 % 2) - 0.1 * x
        for c in range(3)
    ]
    grain = np.random.default_rng(7).integers(-12, 13, (301, 402, 3))
    array = np.clip(np.stack(planes, -1) + grain, 0, 255).astype(np.uint8)
    Image.fromarray(array).save(path, "JPEG", quality=92, subsampling=0)


def load_state(model, checkpoint):
    import torch

    if str(checkpoint).endswith(".safetensors"):
        from safetensors.torch import load_file

        state = load_file(checkpoint)
    else:
        state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    for key in ("state_dict", "model"):
        state = state.get(key, state) if isinstance(state, dict) else state
    model.load_state_dict(state)


def pooled(features):
    """One value per channel: maps are averaged."""
    array = np.asarray(features, dtype=np.float64)
    return array.reshape(array.shape[1], -1).mean(axis=1) if array.ndim == 4 else array.reshape(-1)


def from_torchvision(name, arguments):
    import torch
    import torchvision

    weights = torchvision.models.get_model_weights(name)
    preset = weights[arguments.preset or "IMAGENET1K_V1"]
    model = torchvision.models.get_model(name, weights=None if arguments.checkpoint else preset)
    if arguments.checkpoint:
        load_state(model, arguments.checkpoint)
    model.eval()
    seen = {}
    model.avgpool.register_forward_pre_hook(lambda _, inputs: seen.update(features=inputs[0]))
    transform = preset.transforms()

    def compute(image):
        tensor = transform(image)[None]
        with torch.inference_mode():
            model(tensor)
        return tensor[0].numpy(), pooled(seen["features"].numpy())

    return compute, f"torchvision {torchvision.__version__}, {name}"


def timm_transform(name):
    import timm

    config = timm.data.resolve_data_config(pretrained_cfg=timm.get_pretrained_cfg(name).to_dict())
    return timm.data.create_transform(**config)


def from_timm(name, arguments):
    import timm
    import torch

    model = timm.create_model(name, pretrained=arguments.checkpoint is None)
    if arguments.checkpoint:
        load_state(model, arguments.checkpoint)
    model.eval()
    transform = timm_transform(name)

    def compute(image):
        tensor = transform(image)[None]
        with torch.inference_mode():
            features = model.forward_features(tensor)
            features = features if features.ndim == 4 else model.forward_head(features, pre_logits=True)
        return tensor[0].numpy(), pooled(features.numpy())

    return compute, f"timm {timm.__version__}, {name}"


def transformers_transform(folder):
    from transformers import AutoImageProcessor

    processor = AutoImageProcessor.from_pretrained(folder, backend="pil")
    return lambda image: np.asarray(processor(image, return_tensors="np")["pixel_values"][0])


def from_transformers(folder, arguments):
    import torch
    import transformers

    model = transformers.AutoModel.from_pretrained(folder).eval()
    transform = transformers_transform(folder)

    def compute(image):
        tensor = transform(image)
        pixels = torch.from_numpy(np.ascontiguousarray(tensor))[None]
        with torch.inference_mode():
            if hasattr(model, "get_image_features"):
                features = model.get_image_features(pixel_values=pixels)
                features = getattr(features, "pooler_output", features)
            else:
                output = model(pixel_values=pixels)
                features = getattr(output, "pooler_output", None)
                features = output.last_hidden_state[:, 0] if features is None else features
        return tensor, pooled(features.numpy())

    return compute, f"transformers {transformers.__version__}, {pathlib.Path(folder).name}"


def open_clip_model(name, checkpoint):
    import open_clip

    return open_clip.create_model_and_transforms(name, pretrained=str(checkpoint) if checkpoint else None)


def from_open_clip(name, arguments):
    import torch

    model, _, transform = open_clip_model(name, arguments.checkpoint)
    model.eval()

    def compute(image):
        tensor = transform(image)[None]
        with torch.inference_mode():
            return tensor[0].numpy(), pooled(model.encode_image(tensor).numpy())

    return compute, f"open_clip {importlib.metadata.version('open_clip_torch')}, {name}"


def from_onnx(path, arguments):
    import onnx
    import onnxruntime

    library, _, name = (arguments.like or "").partition(":")
    if library == "timm":
        tensors = timm_transform(name)
        transform = lambda image: tensors(image).numpy()  # noqa: E731
    elif library == "transformers":
        transform = transformers_transform(name)
    elif library == "open_clip":
        tensors = open_clip_model(name, None)[2]
        transform = lambda image: tensors(image).numpy()  # noqa: E731
    else:
        raise SystemExit("--onnx needs --like timm:NAME, transformers:FOLDER or open_clip:NAME")
    model = onnx.load(path)
    if arguments.tensor:
        model.graph.output.append(onnx.helper.make_empty_tensor_value_info(arguments.tensor))
    settings = onnxruntime.SessionOptions()
    settings.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), settings, providers=["CPUExecutionProvider"])
    wanted = arguments.tensor or session.get_outputs()[0].name

    def compute(image):
        tensor = np.ascontiguousarray(transform(image), dtype=np.float32)
        features = session.run([wanted], {session.get_inputs()[0].name: tensor[None]})[0]
        if features.ndim == 3:
            # Of tokens the first is the class token.
            arguments.pooling = "token"
            features = features[:, 0]
        return tensor, pooled(features)

    return compute, f"onnxruntime {onnxruntime.__version__}, {pathlib.Path(path).name}, {wanted}"


SOURCES = {
    "torchvision": from_torchvision,
    "timm": from_timm,
    "transformers": from_transformers,
    "open_clip": from_open_clip,
    "onnx": from_onnx,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    source = parser.add_mutually_exclusive_group(required=True)
    for name in SOURCES:
        source.add_argument("--" + name.replace("_", "-"))
    parser.add_argument("--checkpoint", type=pathlib.Path, help="the weights, in place of the published ones")
    parser.add_argument("--preset", help="of torchvision: IMAGENET1K_V1 or IMAGENET1K_V2")
    parser.add_argument("--like", help="of ONNX: whose preprocessing the model wants")
    parser.add_argument("--tensor", help="of ONNX: the tensor that holds the features; the first output by default")
    parser.add_argument("--picture", type=pathlib.Path, help="a JPEG or PNG file; one is drawn by default")
    parser.add_argument("--weights", help="the name of the weight file, if the folder holds several")
    parser.add_argument("--layer", default="pooled")
    parser.add_argument("--minimum-cosine", type=float, default=0.9999)
    parser.set_defaults(pooling="average")
    arguments = parser.parse_args()

    name, make = next((name, make) for name, make in SOURCES.items() if getattr(arguments, name))
    compute, origin = make(getattr(arguments, name), arguments)
    picture = arguments.folder / ("selftest" + (arguments.picture.suffix if arguments.picture else ".jpg"))
    if arguments.picture:
        picture.write_bytes(arguments.picture.read_bytes())
    else:
        draw(picture)
    with Image.open(picture) as image:
        tensor, vector = compute(image.convert("RGB"))
    flat = np.asarray(tensor, dtype=np.float32).reshape(-1)
    test = {
        "version": 1,
        "picture": picture.name,
        "made_by": origin,
        **({"weights": arguments.weights} if arguments.weights else {}),
        "layer": arguments.layer,
        "pooling": arguments.pooling,
        "minimum_cosine": arguments.minimum_cosine,
        "input": [float(flat[index * flat.size // SAMPLES]) for index in range(SAMPLES)],
        "vector": [float(np.float32(value)) for value in vector],
    }
    (arguments.folder / "selftest.json").write_text(json.dumps(test, indent=1) + "\n")
    print(f"{arguments.folder / 'selftest.json'}: {len(vector)} components, made by {origin}")


if __name__ == "__main__":
    main()
