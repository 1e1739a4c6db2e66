"""Writes Sources/RecImage/Backbones/Weights/KnownWeights+Table.swift: published weights by the start of their SHA-256.

torchvision and timm put the first eight digits of the SHA-256 into the names of their files. Where both publish a file,
torchvision's preprocessing counts.

Needs: torch, torchvision, timm.
Use:   python Scripts/known_weights.py && swift format -i Sources/RecImage/Backbones/Weights/KnownWeights+Table.swift
"""

import pathlib
import re

import timm.models._registry as registry
import torchvision.models

TARGET = pathlib.Path(__file__).resolve().parents[1] / "Sources/RecImage/Backbones/Weights/KnownWeights+Table.swift"
FAMILY = [f"resnet{size}" for size in (18, 34, 50, 101, 152)]
FAMILY += [f"vgg{size}{norm}" for size in (11, 13, 16, 19) for norm in ("", "_bn")]
FAMILY += ["convnext_tiny", "convnext_small", "convnext_base", "densenet121"]
FAMILY += [f"efficientnet_b{number}" for number in range(5)]
REGNET = {"400mf": "004", "800mf": "008", "1_6gf": "016", "3_2gf": "032", "8gf": "080", "16gf": "160"}
# Those that timm has under another name.
NAMES = {"mobilenet_v2": "mobilenetv2_100"}
NAMES |= {f"mobilenet_v3_{size}": f"mobilenetv3_{size}_100" for size in ("large", "small")}
NAMES |= {f"regnet_y_{ours}": f"regnety_{theirs}" for ours, theirs in REGNET.items()}
OTHERS = ["efficientnet_lite0", "tf_efficientnet_lite0", "resnetblur50", "resnetaa50"]
OTHERS += [f"tf_efficientnet_b{number}" for number in range(5)]
OTHERS += ["tf_mobilenetv3_large_100", "tf_mobilenetv3_small_100"]
IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
NORMALIZATIONS = {((0.5,) * 3, (0.5,) * 3): "inception", ((0.0,) * 3, (1.0,) * 3): "unit"}


def digest(url):
    match = re.search(r"-([0-9a-f]{8})\.pth$", url or "")
    return match.group(1) if match else None


def torchvision_rows():
    for name in [*FAMILY, *NAMES]:
        for weights in torchvision.models.get_model_weights(name):
            transform = weights.transforms()
            resize, crop = transform.resize_size[0], transform.crop_size[0]
            parts = [f"size: {crop}"] if crop != 224 else []
            parts.append(f"resizedTo: {resize}")
            if transform.interpolation.value != "bilinear":
                parts.append(f"filter: .{transform.interpolation.value}")
            if tuple(transform.mean) != IMAGENET[0]:
                preprocessing = ".vggFeatures"
            else:
                preprocessing = {"resizedTo: 256": ".torchvisionV1", "resizedTo: 232": ".torchvisionV2"}.get(
                    ", ".join(parts), f".torchvision({', '.join(parts)})"
                )
            yield digest(weights.url), name, preprocessing, f"torchvision's {name} {weights.name}"


def timm_rows():
    for name in [*FAMILY, *NAMES.values(), *OTHERS]:
        for tag, config in registry._model_default_cfgs[name].cfgs.items():
            if not digest(config.url):
                continue
            assert config.crop_mode == "center" and config.input_size[1] == config.input_size[2]
            parts = []
            if config.input_size[1] != 224:
                parts.append(f"size: {config.input_size[1]}")
            if config.crop_pct != 0.875:
                parts.append(f"cropFraction: {config.crop_pct}")
            if config.interpolation != "bicubic":
                parts.append(f"filter: .{config.interpolation}")
            if (config.mean, config.std) != IMAGENET:
                parts.append(f"normalization: .{NORMALIZATIONS[config.mean, config.std]}")
            yield digest(config.url), name, f".timm({', '.join(parts)})", f"timm's {name}.{tag}"


def main():
    rows = {}
    for sha, name, preprocessing, title in [*torchvision_rows(), *timm_rows()]:
        rows.setdefault(sha, (name, preprocessing, title))
    lines = [f'        "{sha}": .init("{name}", {preprocessing}, "{title}"),' for sha, (name, preprocessing, title) in
             sorted(rows.items(), key=lambda row: row[1][2])]
    TARGET.write_text(
        "extension KnownWeights {\n"
        "    /// The published files of torchvision and timm, by the first eight digits of their SHA-256.\n"
        "    ///\n"
        "    /// `Scripts/known_weights.py` writes this table from the sources of both.\n"
        "    static let table: [String: KnownWeights] = [\n" + "\n".join(lines) + "\n    ]\n}\n"
    )


if __name__ == "__main__":
    main()
