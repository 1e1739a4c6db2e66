"""Decodes and resizes with Pillow."""
import numpy as np
import PIL
from PIL import Image

from prepared import CROP, SHORT_SIDE, crop_box, planes
from protocol import DecodingWorker, serve


def full(path):
    """What torchvision does: resize all of the picture, then crop."""
    picture = Image.open(path).convert("RGB")
    short = min(picture.size)
    size = tuple(int(SHORT_SIDE * side / short) for side in picture.size)
    resized = picture.resize(size, Image.Resampling.BILINEAR)
    left, top = round((size[0] - CROP) / 2), round((size[1] - CROP) / 2)
    return planes(np.asarray(resized.crop((left, top, left + CROP, top + CROP))))


def cropped(path):
    """Resizes only what the crop shows."""
    picture = Image.open(path).convert("RGB")
    return planes(np.asarray(picture.resize((CROP, CROP), Image.Resampling.BILINEAR, box=crop_box(*picture.size))))


def draft(path):
    """Decodes at the smallest scale that is large enough, and resizes only what the crop shows."""
    picture = Image.open(path)
    short = min(picture.size)
    picture.draft("RGB", tuple(SHORT_SIDE * side // short for side in picture.size))
    picture = picture.convert("RGB")
    return planes(np.asarray(picture.resize((CROP, CROP), Image.Resampling.BILINEAR, box=crop_box(*picture.size))))


DECODERS = {"full": full, "cropped": cropped, "draft": draft}

if __name__ == "__main__":
    serve(DecodingWorker(f"Pillow {PIL.__version__}", DECODERS).handlers())
