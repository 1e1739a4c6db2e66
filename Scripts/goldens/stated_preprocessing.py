"""Goldens of preprocessing that files beside the weights state, and of presets by name, for RecImageTests.

Each case is a folder of files as timm, transformers or open_clip write them; the library reads them itself and prepares
small pictures. Image processors of transformers run on their Pillow backend: the torchvision backend resizes with
coarser weights, and this script prints by how much its pixels differ.

Needs numpy, Pillow >= 13, torch, torchvision, timm, transformers >= 5, open_clip_torch and keras (with torch).
Usage: python Scripts/goldens/stated_preprocessing.py [FILE]

Pixels are compared by the CRC-32C of the interleaved RGB bytes after resizing and cropping, tensors (CHW) by that of
the little-endian floats.
"""

import json
import os
import pathlib
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np
import open_clip.transform
import timm.data
from images import noise
from _crc32c import crc32c
from keras.applications.imagenet_utils import preprocess_input
from PIL import Image
from torchvision import transforms
from torchvision.models import ResNet50_Weights
from transformers import AutoImageProcessor

SIZES = [(60, 80), (300, 200), (227, 224), (451, 449), (33, 90)]
CLIP_MEAN, CLIP_STD = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]


def timm_config(**pretrained):
    return {"config.json": {"architecture": "tiny", "num_classes": 10, "pretrained_cfg": pretrained}}


def processor_config(kind=None, model_type=None, **fields):
    files = {"preprocessor_config.json": ({"image_processor_type": kind} if kind else {}) | fields}
    # The image processor comes from the model type only when the file names none.
    return files | ({"config.json": {"model_type": model_type}} if model_type else {})


def open_clip_config(image_size=224, **preprocess):
    model = {"embed_dim": 512, "vision_cfg": {"image_size": image_size}}
    return {"open_clip_config.json": {"model_cfg": model, "preprocess_cfg": preprocess}}


CASES = {
    "timm-defaults": timm_config(tag="in1k"),
    "timm-0.95": timm_config(crop_pct=0.95, interpolation="bicubic", input_size=[3, 224, 224]),
    "timm-bilinear-0.9": timm_config(
        crop_pct=0.9, interpolation="bilinear", input_size=[3, 96, 96], mean=[0.5] * 3, std=[0.5] * 3
    ),
    "timm-squash": timm_config(crop_pct=1.0, crop_mode="squash", input_size=[3, 96, 96], mean=[0.5] * 3, std=[0.5] * 3),
    "timm-squash-0.9": timm_config(crop_pct=0.9, crop_mode="squash", input_size=[3, 96, 64]),
    "clip-of-2021": processor_config(
        feature_extractor_type="CLIPFeatureExtractor", crop_size=224, do_center_crop=True, do_normalize=True,
        do_resize=True, image_mean=CLIP_MEAN, image_std=CLIP_STD, resample=3, size=224,
    ),
    "clip-336": processor_config(
        "CLIPImageProcessor", crop_size={"height": 336, "width": 336}, do_center_crop=True, do_convert_rgb=True,
        do_normalize=True, do_rescale=True, do_resize=True, image_mean=CLIP_MEAN, image_std=CLIP_STD, resample=3,
        rescale_factor=0.00392156862745098, size={"shortest_edge": 336},
    ),
    "clip-nested": {
        "processor_config.json": {
            "processor_class": "CLIPProcessor",
            "image_processor": {"image_processor_type": "CLIPImageProcessorFast", "size": {"shortest_edge": 96},
                                "crop_size": {"height": 96, "width": 96}},
        }
    },
    "siglip-384": processor_config(
        "SiglipImageProcessor", do_normalize=True, do_rescale=True, do_resize=True, image_mean=[0.5] * 3,
        image_std=[0.5] * 3, resample=3, rescale_factor=0.00392156862745098, size={"height": 384, "width": 384},
    ),
    "dinov2": processor_config(
        "BitImageProcessor", crop_size={"height": 224, "width": 224}, do_center_crop=True, do_convert_rgb=True,
        do_normalize=True, do_rescale=True, do_resize=True, image_mean=[0.485, 0.456, 0.406],
        image_std=[0.229, 0.224, 0.225], resample=3, rescale_factor=0.00392156862745098, size={"shortest_edge": 256},
    ),
    "vit-of-2021": processor_config(
        model_type="vit", do_normalize=True, do_resize=True, image_mean=[0.5] * 3, image_std=[0.5] * 3, size=224
    ),
    "swin": processor_config(
        feature_extractor_type="ViTFeatureExtractor", do_normalize=True, do_resize=True, resample=3, size=192,
        image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225],
    ),
    "convnext-224": processor_config(
        feature_extractor_type="ConvNextFeatureExtractor", crop_pct=0.875, resample=3, size=224,
        image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225],
    ),
    "convnext-384": processor_config("ConvNextImageProcessor", crop_pct=1.0, size={"shortest_edge": 384}),
    "resnet-by-type": processor_config(model_type="resnet", size=160, resample=2),
    "deit-ints": processor_config("DeiTImageProcessor", size=256, crop_size=224),
    "beit-cropped": processor_config("BeitImageProcessor", do_center_crop=True, size=256, crop_size=224),
    "mobilevit": processor_config("MobileViTImageProcessor", size={"shortest_edge": 160}, crop_size=128, resample=2),
    "unscaled": processor_config("ViTImageProcessor", do_rescale=False, image_mean=[127.5] * 3, image_std=127.5,
                                 size=64),
    "not-normalized": processor_config("ViTImageProcessor", do_normalize=False, size={"height": 48, "width": 64}),
    "open_clip-defaults": open_clip_config(),
    "open_clip-siglip": open_clip_config(
        256, mean=[0.5] * 3, std=[0.5] * 3, interpolation="bicubic", resize_mode="squash"
    ),
    "open_clip-bilinear": open_clip_config(96, mean=CLIP_MEAN, std=CLIP_STD, interpolation="bilinear"),
}
KINDS = ["CLIP", "ChineseCLIP", "Bit", "ViT", "Siglip", "ConvNext", "DeiT", "Beit", "MobileNetV1", "MobileNetV2",
         "Levit", "Pvt"]
CASES |= {f"{kind}-defaults": processor_config(f"{kind}ImageProcessor") for kind in KINDS}


def timm_reference(files):
    config = timm.data.resolve_data_config(pretrained_cfg=files["config.json"]["pretrained_cfg"])
    transform = timm.data.create_transform(**config)
    first = transforms.Compose(transform.transforms[:2])
    return lambda image: (np.asarray(first(image)), transform(image).numpy())


def open_clip_reference(files):
    stated = files["open_clip_config.json"]
    config = {"size": stated["model_cfg"]["vision_cfg"]["image_size"]} | stated["preprocess_cfg"]
    transform = open_clip.transform.image_transform_v2(open_clip.transform.PreprocessCfg(**config), is_train=False)
    # Resizing, cropping, conversion to RGB, then a tensor and its normalisation.
    first = transforms.Compose(transform.transforms[:-2])
    return lambda image: (np.asarray(first(image)), transform(image).numpy())


def processor_reference(folder, name):
    pil = AutoImageProcessor.from_pretrained(folder, backend="pil")
    fast = AutoImageProcessor.from_pretrained(folder, backend="torchvision")

    def prepared(processor, image, **settings):
        return np.asarray(processor(image, return_tensors="np", **settings)["pixel_values"][0])

    worst = [0]

    def reference(image):
        bare = {"do_rescale": False, "do_normalize": False}
        pixels, others = (prepared(processor, image, **bare) for processor in (pil, fast))
        worst[0] = max(worst[0], np.abs(pixels.astype(int) - others.astype(int)).max())
        if getattr(pil, "do_flip_channel_order", False):
            pixels = pixels[::-1]
        return pixels.transpose(1, 2, 0), prepared(pil, image)

    return reference, lambda: print(f"{name}: the torchvision backend's pixels differ by {worst[0]} at most")


def reference(name, files):
    if "open_clip_config.json" in files:
        return open_clip_reference(files), None
    if "architecture" in files.get("config.json", {}):
        return timm_reference(files), None
    with tempfile.TemporaryDirectory() as folder:
        for file, content in files.items():
            (pathlib.Path(folder) / file).write_text(json.dumps(content))
        return processor_reference(folder, name)


def keras_reference(mode, side):
    def prepare(image):
        if image.size != (side, side):
            image = image.resize((side, side), Image.Resampling.NEAREST)
        array = np.asarray(image, dtype=np.float32)[None]
        if mode != "raw":
            array = preprocess_input(array.copy(), data_format="channels_last", mode=mode)
        return np.asarray(image), array[0].transpose(2, 0, 1)

    return prepare


def torchvision_reference(side, size, filter, mean, std, squash=False):
    first = transforms.Compose(
        [transforms.Resize((side, side) if squash else side, filter), transforms.CenterCrop(size)]
    )
    second = transforms.Compose([transforms.ToTensor(), transforms.Normalize(mean, std)])
    return lambda image: (np.asarray(first(image)), second(first(image)).numpy())


def presets():
    bicubic, bilinear = transforms.InterpolationMode.BICUBIC, transforms.InterpolationMode.BILINEAR
    imagenet = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    yield "torchvision", torchvision_reference(256, 224, bilinear, *imagenet)
    # As in the file dinov2/data/transforms.py of its repository.
    yield "dinov2", torchvision_reference(256, 224, bicubic, *imagenet)
    yield "siglip-96", torchvision_reference(96, 96, bicubic, [0.5] * 3, [0.5] * 3, squash=True)
    for side in (224, 96):
        transform = open_clip.transform.image_transform(side, is_train=False, mean=CLIP_MEAN, std=CLIP_STD)
        first = transforms.Compose(transform.transforms[:-2])
        yield f"clip-{side}", lambda image, f=first, t=transform: (np.asarray(f(image)), t(image).numpy())
    for mode in ("caffe", "tf", "torch", "raw"):
        yield f"keras-{mode}", keras_reference(mode, 224)
        yield f"keras-{mode}-96", keras_reference(mode, 96)


def rows(reference):
    for index, (width, height) in enumerate(SIZES):
        image = Image.fromarray(noise(2000 + index, width * height * 3).reshape(height, width, 3))
        pixels, tensor = reference(image)
        tensor = np.ascontiguousarray(tensor, dtype=np.float32)
        yield {
            "seed": 2000 + index, "width": width, "height": height,
            "pixels": crc32c(np.ascontiguousarray(pixels, dtype=np.uint8).tobytes()),
            "tensor": crc32c(tensor.tobytes()),
            "samples": [float(v) for v in tensor.ravel()[:: tensor.size // 4]],
        }


def main():
    default = pathlib.Path(__file__).resolve().parents[2] / "Tests/RecImageTests/Fixtures/Stated/goldens.json"
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    path.parent.mkdir(parents=True, exist_ok=True)
    cases = []
    for name, files in CASES.items():
        prepare, report = reference(name, files)
        texts = {file: json.dumps(content) for file, content in files.items()}
        cases.append({"name": name, "files": texts, "pictures": list(rows(prepare))})
        if report:
            report()
    named = [{"name": name, "files": {}, "pictures": list(rows(prepare))} for name, prepare in presets()]
    groups = {"stated": cases, "named": named}
    lines = [f'"{key}": [\n' + ",\n".join(json.dumps(row) for row in group) + "\n]" for key, group in groups.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
