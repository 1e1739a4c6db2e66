"""How near features are to the reference."""
import numpy as np


def read_floats(path):
    return np.fromfile(path, dtype="<f4")


def compare(features, reference):
    """Worst cosine of a row, and the largest difference by the reference's largest value.

    With random weights the features of all pictures are alike, so that cosines are forgiving; the difference is not.
    """
    ours = features.astype(np.float64).reshape(reference.shape)
    theirs = reference.astype(np.float64)
    cosines = (ours * theirs).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    return {
        "worst_cosine": float(cosines.min()),
        "largest_difference": float(np.abs(ours - theirs).max() / np.abs(theirs).max()),
    }


def psnr(tensors, reference, deviation):
    """Peak signal-to-noise ratio in dB of pixels that were normalised by `deviation`; infinite when they are equal."""
    scale = 255 * np.array(deviation).reshape(3, 1, 1)
    difference = (tensors.reshape(-1, 3, 224, 224) - reference.reshape(-1, 3, 224, 224)) * scale
    squares = (difference.astype(np.float64) ** 2).mean(axis=(1, 2, 3))
    worst = squares.max()
    # Rounding in the normalisation is no difference in the pixels.
    return float("inf") if worst < 1e-6 else float(10 * np.log10(255**2 / worst))
