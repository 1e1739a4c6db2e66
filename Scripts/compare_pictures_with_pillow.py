#!/usr/bin/env python3
"""Compares what this package decodes with what Pillow decodes, file by file.

Needs Pillow, for HEIC also pillow-heif, and rec-bench built with the package traits of the formats. Give folders of
pictures, for example Pillow's own Tests/images. PNG and WebP must have the same pixels, byte for byte, after
`Image.alpha_composite` over a white background where the picture has transparency; AVIF and HEIC must have a PSNR of 50 dB
at least. Pictures are compared upright, after `ImageOps.exif_transpose`. A file that Pillow refuses must be a typed
error.

    swift build -c release --traits AllPictures --product rec-bench
    compare_pictures_with_pillow.py [--bench .build/release/rec-bench] [--background '#ffffff'] FOLDER...
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
from PIL import Image, ImageOps

LEAST_DECIBELS = 50


def kind(data):
    """The format of a file, by its content; None for others."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        brands = data[8:12] + data[16 : int.from_bytes(data[:4], "big")]
        if b"avif" in brands or b"avis" in brands:
            return "AVIF"
        if any(brand in brands for brand in (b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1")):
            return "HEIC"
    return None


def reference(path, background):
    """Pillow's pixels, upright, on the background."""
    with Image.open(path) as image:
        image.load()
        format = image.format
        try:
            image = ImageOps.exif_transpose(image)
        except Exception:  # A damaged EXIF record; Pillow has the pixels all the same.
            pass
        if image.has_transparency_data:
            image = image.convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", image.size, background), image)
        if image.mode.startswith("I;16") and format == "HEIF":
            # Pillow clips 16 bits to white; pillow-heif has spread 10 or 12 bits over them.
            image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
        return np.asarray(image.convert("RGB"))


class Bench:
    """The worker of the benchmarks, which decodes with this package."""

    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.output = tempfile.NamedTemporaryFile()

    def decode(self, path, background):
        """The pixels, or the error."""
        command = {"command": "pixels", "path": str(path), "output": self.output.name, "background": background}
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"rec-bench ended while it decoded {path}")
        answer = json.loads(line)
        if "error" in answer:
            return None, f"{answer.get('code')}: {answer['error']}"
        width, height = answer["size"]
        return np.fromfile(self.output.name, dtype=np.uint8).reshape(height, width, 3), None


def decibels(ours, theirs):
    error = np.mean((ours.astype(np.float64) - theirs) ** 2)
    return float("inf") if error == 0 else 10 * np.log10(255**2 / error)


def judge(format, ours, error, theirs, refusal):
    """What came of a file, and whether that is a fault."""
    if theirs is None:
        if ours is None:
            return "refused by both", error.startswith("None:") and error
        return "read here, refused by Pillow", f"Pillow: {refusal}"
    if ours is None:
        return "refused here, read by Pillow", error
    if ours.shape != theirs.shape:
        return "of another size", f"{ours.shape[1]}x{ours.shape[0]}, Pillow {theirs.shape[1]}x{theirs.shape[0]}"
    if format in ("PNG", "WebP"):
        differing = int((ours != theirs).any(axis=2).sum())
        return ("the same pixels", None) if differing == 0 else ("other pixels", f"{differing} pixels differ")
    value = decibels(ours, theirs)
    return ("50 dB or more", None) if value >= LEAST_DECIBELS else ("less than 50 dB", f"{value:.1f} dB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--bench", default=".build/release/rec-bench")
    parser.add_argument("--background", default="#ffffff")
    arguments = parser.parse_args()
    try:
        import pillow_heif

        pillow_heif.register_heif_opener()
    except ImportError:
        print("without pillow-heif, HEIC is not compared", file=sys.stderr)
    warnings.simplefilter("ignore")
    bench = Bench(arguments.bench)
    counts = collections.Counter()
    faults = 0
    for folder in arguments.folders:
        for path in sorted(folder.rglob("*")):
            format = kind(path.read_bytes()) if path.is_file() else None
            if format is None:
                continue
            theirs, refusal = None, None
            try:
                theirs = reference(path, arguments.background)
            except Exception as error:  # Whatever Pillow raises is a refusal.
                refusal = f"{type(error).__name__}: {error}"
            ours, error = bench.decode(path, arguments.background)
            outcome, fault = judge(format, ours, error, theirs, refusal)
            counts[format, outcome] += 1
            if fault:
                faults += 1
                print(f"{path}: {outcome}: {fault}")
    for (format, outcome), count in sorted(counts.items()):
        print(f"{format}: {count} {outcome}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
