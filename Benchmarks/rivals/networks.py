"""The three backbones as PyTorch modules that give the features the library gives."""
import timm
import torch
import torchvision
from torch import nn

#: What the library calls the layer, and the number of features.
LAYERS = {"resnet50": ("pooled", 2048), "vgg16": ("fc2", 4096), "efficientnet-lite0": ("pooled", 1280)}


class Features(nn.Module):
    """A backbone without its classifier; its parameters keep the names that checkpoints have."""

    def __init__(self, name):
        super().__init__()
        self.name = name
        if name == "resnet50":
            self.model = torchvision.models.resnet50(weights=None)
            self.model.fc = nn.Identity()
        elif name == "vgg16":
            # Up to fc2 and its ReLU; for images of 224 the adaptive pooling does nothing.
            self.model = torchvision.models.vgg16(weights=None)
            self.model.avgpool = nn.Identity()
            self.model.classifier = self.model.classifier[:5]
        elif name == "efficientnet-lite0":
            self.model = timm.create_model("tf_efficientnet_lite0", pretrained=False, num_classes=0)
        else:
            raise ValueError(f"no backbone '{name}'")

    def forward(self, pixels):
        return self.model(pixels)


def features(name, weights):
    """A backbone with the weights of a checkpoint, ready to run."""
    module = Features(name)
    missing = module.model.load_state_dict(torch.load(weights, weights_only=True), strict=False).missing_keys
    if missing:
        raise ValueError(f"{weights} has no {', '.join(missing)}")
    return module.eval().requires_grad_(False)
