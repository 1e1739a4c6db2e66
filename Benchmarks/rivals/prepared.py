"""torchvision's V1 preprocessing in numpy: short side 256, crop 224, ImageNet's mean and deviation."""
import numpy as np

SHORT_SIDE, CROP = 256, 224
MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32)
SCALE = (1 / 255 / DEVIATION).reshape(3, 1, 1)
SHIFT = (-MEAN / DEVIATION).reshape(3, 1, 1)


def planes(pixels):
    """Bytes in RGB, rows first, as normalised float planes (CHW)."""
    numbers = np.empty((3, CROP, CROP), dtype=np.float32)
    np.multiply(pixels.transpose(2, 0, 1), SCALE, out=numbers)
    numbers += SHIFT
    return numbers


def crop_box(width, height):
    """The square of a picture that the crop shows, in its own pixels: left, top, right, bottom."""
    side = min(width, height) * CROP / SHORT_SIDE
    left, top = (width - side) / 2, (height - side) / 2
    return left, top, left + side, top + side
