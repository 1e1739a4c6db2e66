"""Pictures that cost a decoder what photographs of products cost: 1/f noise, smooth shading, shapes with edges.

Drawn at 2400x1600 with seeded randomness, 4:2:0, 0.5 to 1.4 MB.
"""
import io
import pathlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 2400, 1600
SMALLEST, LARGEST = 500_000, 1_400_000


def pink_noise(random):
    """Noise whose amplitude falls with its frequency, as in photographs; zero mean, unit deviation."""
    rows = np.fft.fftfreq(HEIGHT)[:, None]
    columns = np.fft.rfftfreq(WIDTH)[None, :]
    frequency = np.hypot(rows, columns)
    frequency[0, 0] = 1
    phases = random.uniform(0, 2 * np.pi, frequency.shape)
    spectrum = np.exp(1j * phases) / frequency
    spectrum[0, 0] = 0
    noise = np.fft.irfft2(spectrum, s=(HEIGHT, WIDTH)).astype(np.float32)
    return noise / noise.std()


def colour(random, low=20, high=235):
    return tuple(int(value) for value in random.integers(low, high, 3))


def shapes(random):
    """A product on a bright ground: a rounded body with a shadow, parts with edges, thin lines as of seams."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), colour(random, 200, 250))
    shadow = Image.new("L", picture.size, 0)
    left, right = WIDTH * random.uniform(0.15, 0.3), WIDTH * random.uniform(0.7, 0.85)
    top, bottom = HEIGHT * random.uniform(0.08, 0.2), HEIGHT * random.uniform(0.8, 0.92)
    ImageDraw.Draw(shadow).ellipse((left - 40, bottom - 120, right + 40, bottom + 60), fill=120)
    shadow = shadow.resize((WIDTH // 8, HEIGHT // 8)).filter(ImageFilter.GaussianBlur(6)).resize(picture.size)
    picture.paste((60, 60, 70), mask=shadow)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((left, top, right, bottom), radius=random.integers(20, 300), fill=colour(random))
    for _ in range(random.integers(6, 16)):
        x, y = random.uniform(left, right), random.uniform(top, bottom)
        across, down = random.uniform(30, 300, 2)
        box = (x, y, x + across, y + down)
        (draw.ellipse if random.random() < 0.5 else draw.rectangle)(box, fill=colour(random))
    for _ in range(random.integers(10, 30)):
        ends = [(random.uniform(left, right), random.uniform(top, bottom)) for _ in range(2)]
        draw.line(ends, fill=colour(random), width=int(random.integers(2, 9)))
    return np.asarray(picture, dtype=np.float32)


def picture(seed):
    """The bytes of one JPEG."""
    random = np.random.default_rng(seed)
    light = np.linspace(random.uniform(-25, 0), random.uniform(0, 25), WIDTH, dtype=np.float32)
    pixels = shapes(random) + light[None, :, None]
    pixels += pink_noise(random)[:, :, None] * random.uniform(4, 15)
    grain = random.normal(0, random.uniform(0.5, 2.5), (HEIGHT, WIDTH, 1)).astype(np.float32)
    image = Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))
    for quality in range(92, 40, -4):
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality, subsampling="4:2:0")
        if len(file.getvalue()) <= LARGEST:
            break
    if len(file.getvalue()) < SMALLEST:
        raise ValueError(f"picture {seed} has only {len(file.getvalue())} bytes")
    return file.getvalue()


def convert(path, folder, extension, options):
    """Saves a picture in another format, unless that was done before; gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    name = "-".join([pathlib.Path(path).stem, *(f"{key}-{value}" for key, value in options.items())])
    target = folder / f"{name}.{extension}"
    if not target.exists():
        unfinished = target.with_suffix(".part")
        Image.open(path).save(unfinished, extension.upper(), **options)
        unfinished.rename(target)
    return str(target)


def make(folder, count):
    """Makes the pictures that a folder lacks; gives the paths of the first `count`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{index:03}.jpg" for index in range(count)]
    for index, path in enumerate(paths):
        if not path.exists():
            unfinished = path.with_suffix(".part")
            unfinished.write_bytes(picture(1000 + index))
            unfinished.rename(path)
    return [str(path) for path in paths]
