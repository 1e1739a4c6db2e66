"""Decodes and resizes with OpenCV."""
import cv2

from prepared import CROP, crop_box, planes
from protocol import DecodingWorker, serve

cv2.setNumThreads(1)


def decoder(flag):
    """Decodes with a flag of `imread`, and resizes only what the crop shows."""

    def decode(path):
        picture = cv2.imread(path, flag)
        height, width = picture.shape[:2]
        left, top, right, bottom = (round(edge) for edge in crop_box(width, height))
        shown = picture[top:bottom, left:right]
        # Linear interpolation does not average: it would alias where the picture shrinks by more than two.
        method = cv2.INTER_LINEAR if right - left <= 2 * CROP else cv2.INTER_AREA
        small = cv2.resize(shown, (CROP, CROP), interpolation=method)
        return planes(cv2.cvtColor(small, cv2.COLOR_BGR2RGB))

    return decode


DECODERS = {
    "full": decoder(cv2.IMREAD_COLOR),
    "reduced-2": decoder(cv2.IMREAD_REDUCED_COLOR_2),
    "reduced-4": decoder(cv2.IMREAD_REDUCED_COLOR_4),
}

if __name__ == "__main__":
    serve(DecodingWorker(f"OpenCV {cv2.__version__}", DECODERS).handlers())
