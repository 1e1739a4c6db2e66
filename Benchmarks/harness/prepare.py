"""Makes what is measured on: pictures, prepared tensors, weights, ONNX files, and PyTorch's features as the reference.

Runs as a process of its own (`python -m harness.prepare FOLDER BACKBONE...`), so that the harness stays small. What is
there already is not made again.
"""
import pathlib
import sys
import warnings

import numpy as np
import timm
import torch
import torchvision
from PIL import Image

from harness import pictures

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "rivals"))
import networks  # noqa: E402
import pillow_worker  # noqa: E402

#: Images in the prepared tensors, and pictures that batch normalisation is calibrated on.
IMAGES = 8
SEED = 7


def lite0_tensor(path):
    """EfficientNet-Lite0's own preprocessing: short side 256 by bicubic, crop 224, (value - 127) / 128."""
    transforms = torchvision.transforms
    resize = transforms.Resize(256, interpolation=transforms.InterpolationMode.BICUBIC)
    picture = transforms.CenterCrop(224)(resize(Image.open(path).convert("RGB")))
    return ((np.asarray(picture, dtype=np.float32) - 127) / 128).transpose(2, 0, 1)


def tensor_of(name):
    """The function from a picture's path to the tensor that a network takes."""
    return lite0_tensor if name == "efficientnet-lite0" else pillow_worker.full


def made(path):
    """Whether a file is there; otherwise, says that it is being made."""
    if path.exists():
        return True
    print(f"making {path.name}", file=sys.stderr, flush=True)
    return False


def write(path, function):
    """Writes a file whole or not at all."""
    unfinished = path.with_name(path.name + ".part")
    function(unfinished)
    unfinished.rename(path)


def with_classifier(name):
    if name == "efficientnet-lite0":
        return timm.create_model("tf_efficientnet_lite0", pretrained=False)
    return getattr(torchvision.models, name)(weights=None)


def make_weights(name, path, images):
    """Random weights, with batch statistics of real pictures, so that activations keep a sane scale through all layers.
    """
    torch.manual_seed(SEED)
    model = with_classifier(name)
    norms = [module for module in model.modules() if isinstance(module, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # The mean over all batches.
        torch.nn.init.uniform_(norm.weight, 0.5, 1.5)
        torch.nn.init.normal_(norm.bias, 0, 0.2)
    if norms:
        model.train()
        model(images)
    write(path, lambda target: torch.save(model.state_dict(), target))


def export(module, path):
    """One ONNX file for any batch."""
    example = torch.zeros(2, 3, 224, 224)
    names = {"input_names": ["pixels"], "output_names": ["features"]}

    def save(target):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # This exporter folds batch normalisation and keeps the global pooling, which serves the rivals best.
            torch.onnx.export(
                module, (example,), str(target), dynamo=False, dynamic_axes={"pixels": {0: "batch"}}, **names
            )

    write(path, save)


@torch.inference_mode()
def compute(module, images):
    return np.concatenate([module(images[index:index + 1]).numpy() for index in range(len(images))])


def write_floats(path, numbers):
    write(path, lambda target: np.ascontiguousarray(numbers, dtype="<f4").tofile(target))


def prepare(folder, name, files):
    tensors = folder / f"{name}.input.f32"
    weights = folder / f"{name}.pth"
    onnx = folder / f"{name}.onnx"
    reference = folder / f"{name}.features.f32"
    tensor = tensor_of(name)
    if not made(tensors):
        write_floats(tensors, np.stack([tensor(path) for path in files[:IMAGES]]))
    images = torch.from_numpy(np.fromfile(tensors, dtype="<f4").reshape(-1, 3, 224, 224))
    if not made(weights):
        with torch.no_grad():
            make_weights(name, weights, images)
    if not made(onnx):
        export(networks.features(name, weights), onnx)
    if not made(reference):
        features = compute(networks.features(name, weights), images)
        if not np.isfinite(features).all() or not 1e-3 < np.abs(features).mean() < 1e3:
            raise ValueError(f"{name}: the features have no sane scale")
        write_floats(reference, features)
    embeddings = folder / f"{name}.embeddings.{len(files)}.f32"
    if name == "resnet50" and not made(embeddings):
        features = compute(
            networks.features(name, weights), torch.from_numpy(np.stack([tensor(path) for path in files]))
        )
        write_floats(embeddings, features / np.linalg.norm(features, axis=1, keepdims=True))


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    files = pictures.make(folder / "pictures", count)
    for name in sys.argv[3:]:
        prepare(folder, name, files)


if __name__ == "__main__":
    main()
