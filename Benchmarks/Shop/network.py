"""The default model in ONNX Runtime, with the preprocessing that it was trained with."""
import io
import warnings

import numpy as np
import onnxruntime
from PIL import Image, ImageOps

SHORT_SIDE, CROP = 256, 224


def export(weights, path):
    """Writes the checkpoint as an ONNX file; needs PyTorch and timm, which the server does not."""
    import torch

    # timm needs torchvision, which registers operators for GPUs that a PyTorch for processors alone does not declare.
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in ("nms", "qnms", "roi_align", "qroi_align"):
        try:
            library.define(f"{name}(Tensor input) -> Tensor")
        except RuntimeError:
            pass  # It is declared.
    import timm

    model = timm.create_model("tf_efficientnet_lite0", pretrained=False, num_classes=0)
    # The checkpoint names its tensors otherwise; both have them in the order of the layers.
    wanted = [name for name in model.state_dict() if not name.endswith("num_batches_tracked")]
    given = [
        tensor for name, tensor in torch.load(weights, weights_only=True).items()
        if not name.endswith("num_batches_tracked") and not name.startswith("_fc.")
    ]
    model.load_state_dict(dict(zip(wanted, given, strict=True)), strict=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model.eval().requires_grad_(False),
            (torch.zeros(1, 3, CROP, CROP),),
            str(path),
            dynamo=False,
            input_names=["pixels"],
            output_names=["features"],
        )


class Network:
    """From the bytes of a picture to its unit vector."""

    def __init__(self, path, threads=1):
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def vector(self, picture):
        features = self.session.run(None, {"pixels": tensor(picture)})[0][0]
        return features / np.linalg.norm(features)


def tensor(picture):
    """The picture with its short side at 256, cropped to 224, as the model was trained."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(picture))).convert("RGB")
    short = min(image.size)
    image = image.resize(tuple(int(SHORT_SIDE * side / short) for side in image.size), Image.Resampling.BICUBIC)
    left, top = (round((side - CROP) / 2) for side in image.size)
    shown = image.crop((left, top, left + CROP, top + CROP))
    return np.ascontiguousarray(((np.asarray(shown, dtype=np.float32) - 127) / 128).transpose(2, 0, 1))[None]
