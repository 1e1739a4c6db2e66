#!/usr/bin/env python3
"""Runs `rec-demo embed` beside PyTorch and Keras on the same weights and picture files, and prints the cosines.

Needs: numpy, pillow, torch, torchvision, timm, safetensors, keras (with KERAS_BACKEND=torch), h5py.

    python3 Scripts/compare_with_reference.py --demo .build/release/rec-demo [--lite0 FILE.pth] PICTURE...

The weights are random, seeded, with batch statistics away from 0 and 1. Exits with 1 when a cosine is below 0.99999.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "torch")

import numpy as np
import torch
import torchvision
from PIL import Image, ImageOps

LIMIT = 0.99999


def randomise(model, seed):
    """Gives batch normalisations statistics that matter, and keeps activations in range."""
    generator = torch.Generator().manual_seed(seed)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.copy_(torch.randn(module.num_features, generator=generator) * 0.1)
            module.running_var.copy_(torch.rand(module.num_features, generator=generator) + 0.5)
            module.weight.data.copy_(torch.rand(module.num_features, generator=generator) * 0.5 + 0.5)
            module.bias.data.copy_(torch.randn(module.num_features, generator=generator) * 0.1)
    return model.eval()


def upright(path):
    return ImageOps.exif_transpose(Image.open(path)).convert("RGB")


def torch_input(path, preprocess):
    return preprocess(upright(path)).unsqueeze(0)


def lite0_input(path):
    transforms = torchvision.transforms
    resize = transforms.Resize(256, interpolation=transforms.InterpolationMode.BICUBIC)
    picture = transforms.CenterCrop(224)(resize(upright(path)))
    pixels = np.asarray(picture, dtype=np.float32)
    return torch.from_numpy(((pixels - 127) / 128).transpose(2, 0, 1).copy()).unsqueeze(0)


def embed(demo, backbone, weights, pictures, *options):
    command = [demo, "embed", "--backbone", backbone, "--weights", weights, *options, *pictures]
    run = subprocess.run(command, capture_output=True, text=True)
    if not run.stdout:
        sys.exit(f"{' '.join(command)}\n{run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()]


class Comparison:
    def __init__(self, demo, pictures):
        self.demo, self.pictures, self.worst = demo, pictures, 1.0

    def __call__(self, title, backbone, weights, reference, *options):
        lines = embed(self.demo, backbone, weights, self.pictures, *options)
        cosines, errors = [], []
        for picture, line in zip(self.pictures, lines):
            if "error" in line:
                errors.append(f"{picture}: {line['error']}")
                continue
            ours = np.array(line["embedding"], dtype=np.float64)
            theirs = np.asarray(reference(picture), dtype=np.float64).ravel()
            if "--no-normalize" not in options:
                assert abs(np.linalg.norm(ours) - 1) < 1e-5, "not of unit length"
            cosines.append(ours @ theirs / np.linalg.norm(ours) / np.linalg.norm(theirs))
        self.worst = min([self.worst, *cosines])
        print(f"{title:45} 1 - cosine: worst {1 - min(cosines):.2e}  ({len(cosines)} pictures)", flush=True)
        for error in errors:
            print("   ", error)


@torch.no_grad()
def pytorch(compare, folder):
    from safetensors.torch import save_file

    torch.manual_seed(1)
    v1 = torchvision.models.ResNet50_Weights.IMAGENET1K_V1.transforms()
    resnet = randomise(torchvision.models.resnet50(weights=None), 2)
    body = torch.nn.Sequential(*list(resnet.children())[:-1])
    reference = lambda path: body(torch_input(path, v1)).flatten()
    torch.save(resnet.state_dict(), f"{folder}/a.bin")
    torch.save(resnet.state_dict(), f"{folder}/b.bin", _use_new_zipfile_serialization=False)
    save_file(resnet.state_dict(), f"{folder}/c.bin")
    for title, name in [("zip", "a"), ("legacy stream", "b"), ("safetensors", "c")]:
        compare(f"resnet50, PyTorch {title}", "resnet50", f"{folder}/{name}.bin", reference)
    half = {key: value.half() if value.is_floating_point() else value for key, value in resnet.state_dict().items()}
    save_file(half, f"{folder}/d.bin")
    widened = torchvision.models.resnet50(weights=None)
    widened.load_state_dict({key: value.float() if value.is_floating_point() else value for key, value in half.items()})
    half_body = torch.nn.Sequential(*list(widened.eval().children())[:-1])
    compare("resnet50, fp16 safetensors", "resnet50", f"{folder}/d.bin",
            lambda path: half_body(torch_input(path, v1)).flatten())

    for name in ["resnet18", "resnet101"]:
        model = randomise(getattr(torchvision.models, name)(weights=None), 3)
        torch.save(model.state_dict(), f"{folder}/r.bin")
        features = torch.nn.Sequential(*list(model.children())[:-1])
        compare(f"{name}, PyTorch", name, f"{folder}/r.bin", lambda path: features(torch_input(path, v1)).flatten())

    vgg = randomise(torchvision.models.vgg16(weights=None), 4)
    torch.save(vgg.state_dict(), f"{folder}/v.bin", _use_new_zipfile_serialization=False)
    compare("vgg16 pooled", "vgg16", f"{folder}/v.bin",
            lambda path: vgg.features[:-1](torch_input(path, v1)).mean(dim=(2, 3)).flatten())
    fc2 = lambda path: vgg.classifier[:5](vgg.avgpool(vgg.features(torch_input(path, v1))).flatten(1)).flatten()
    compare("vgg16 fc2", "vgg16", f"{folder}/v.bin", fc2, "--layer", "fc2")
    compare("vgg16 fc2, not normalised", "vgg16", f"{folder}/v.bin", fc2, "--layer", "fc2", "--no-normalize")


@torch.no_grad()
def lite0(compare, path):
    import timm

    state = torch.load(path, weights_only=True)
    model = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    names = list(model.state_dict())
    values = [value for key, value in state.items()]
    assert len(names) == len(values)
    model.load_state_dict(dict(zip(names, values)))
    model.eval()
    compare("efficientnet-lite0, real checkpoint", "efficientnet-lite0", path,
            lambda picture: model.forward_features(lite0_input(picture)).mean(dim=(2, 3)).flatten())


@torch.no_grad()
def keras(compare, folder):
    from keras import applications, utils

    def prepared(path, module):
        # Keras does not apply the EXIF orientation; the pictures are prepared upright, as rec-demo does.
        picture = upright(path).resize((224, 224), Image.NEAREST)
        return module.preprocess_input(utils.img_to_array(picture)[None].copy())

    generator = np.random.default_rng(5)
    for name, constructor, module in [
        ("resnet50", applications.ResNet50, applications.resnet50),
        ("vgg16", applications.VGG16, applications.vgg16),
    ]:
        model = constructor(weights=None, include_top=False)
        for layer in model.layers:
            if layer.__class__.__name__ == "BatchNormalization":
                gamma, beta, mean, variance = layer.get_weights()
                layer.set_weights([
                    generator.uniform(0.5, 1, gamma.shape), generator.normal(0, 0.1, beta.shape),
                    generator.normal(0, 0.1, mean.shape), generator.uniform(0.5, 1.5, variance.shape)])
        model.save(f"{folder}/k.h5")
        model.save_weights(f"{folder}/k.weights.h5")
        tap = model if name == "resnet50" else __import__("keras").Model(
            model.input, model.get_layer("block5_conv3").output)

        def reference(path):
            features = tap(prepared(path, module), training=False)
            return features.detach().cpu().numpy().mean(axis=(1, 2))

        for file in ["k.h5", "k.weights.h5"]:
            compare(f"{name}, Keras {file[1:]}", name, f"{folder}/{file}", reference)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--demo", required=True)
    parser.add_argument("--lite0", help="the EfficientNet-Lite0 checkpoint")
    parser.add_argument("--only", choices=["pytorch", "keras", "lite0"])
    parser.add_argument("pictures", nargs="+")
    arguments = parser.parse_args()
    compare = Comparison(arguments.demo, arguments.pictures)
    with tempfile.TemporaryDirectory() as folder:
        if arguments.lite0 and arguments.only in (None, "lite0"):
            lite0(compare, arguments.lite0)
        if arguments.only in (None, "pytorch"):
            pytorch(compare, folder)
        if arguments.only in (None, "keras"):
            keras(compare, folder)
    print(f"worst 1 - cosine: {1 - compare.worst:.2e}")
    sys.exit(0 if compare.worst >= LIMIT else 1)


main()
