"""Textures: stripes, checks, dots, flowers, denim, leather, metal. Each is a picture of the whole frame."""

import math

from PIL import Image, ImageDraw

from .studio import SCALE, SIZE, combined, darker, lighter, luminance, mix, relit


def contrast(colour, rng):
    """A second colour that goes with a first."""
    if luminance(colour) < 120:
        return rng.choice([(244, 240, 232), (226, 200, 150), (200, 214, 228), lighter(colour, 0.55)])
    return rng.choice([darker(colour, 0.6), (38, 46, 78), (120, 40, 48), (250, 250, 248)])


def _rotated(angle, paint):
    """Paints on a square large enough to be turned, turns it and cuts the frame out."""
    side = round(math.hypot(*SIZE)) + 4
    square = Image.new("RGB", (side, side))
    paint(ImageDraw.Draw(square, "RGBA"), side)
    square = square.rotate(angle, Image.Resampling.BICUBIC)
    left, top = (side - SIZE[0]) // 2, (side - SIZE[1]) // 2
    return square.crop((left, top, left + SIZE[0], top + SIZE[1]))


def stripes(colour, second, widths, angle=0):
    """Stripes; `widths` alternates base and second colour, in units. Angle 0 is horizontal."""

    def paint(draw, side):
        y, i = 0.0, 0
        while y < side:
            step = widths[i % len(widths)] * SCALE
            draw.rectangle([0, y, side, y + step], fill=second if i % 2 else colour)
            y, i = y + step, i + 1

    return _rotated(angle, paint)


def checks(colour, second, cell, third=None, angle=0):
    """Woven checks: half-transparent bands both ways, and a thin line of a third colour."""

    def paint(draw, side):
        draw.rectangle([0, 0, side, side], fill=colour)
        step = cell * SCALE
        for k in range(0, int(side / step) + 1):
            a = k * step
            for box in ([a, 0, a + step * 0.5, side], [0, a, side, a + step * 0.5]):
                draw.rectangle(box, fill=(*second, 120))
            if third:
                b = a + step * 0.74
                for box in ([b, 0, b + 1.4 * SCALE, side], [0, b, side, b + 1.4 * SCALE]):
                    draw.rectangle(box, fill=(*third, 170))

    return _rotated(angle, paint)


def dots(colour, second, step, radius, rng):
    """Polka dots in a staggered grid."""
    image = Image.new("RGB", SIZE, colour)
    draw = ImageDraw.Draw(image)
    s, r = step * SCALE, radius * SCALE
    x0, y0 = rng.uniform(0, s), rng.uniform(0, s)
    for row in range(-1, int(SIZE[1] / s * 1.2) + 2):
        for column in range(-1, int(SIZE[0] / s) + 2):
            x, y = x0 + (column + 0.5 * (row % 2)) * s, y0 + row * s * 0.86
            draw.ellipse([x - r, y - r, x + r, y + r], fill=second)
    return image


def flowers(colour, palette, count, size, rng):
    """Scattered five-petalled flowers with leaves."""
    image = Image.new("RGB", SIZE, colour)
    draw = ImageDraw.Draw(image)
    for _ in range(count):
        x, y = rng.uniform(0, SIZE[0]), rng.uniform(0, SIZE[1])
        r, turn, petal = size * SCALE * rng.uniform(0.6, 1.15), rng.uniform(0, 6.3), rng.choice(palette)
        for k in range(2):
            a = turn + 2.2 + k * 1.7
            lx, ly = x + math.cos(a) * r * 1.5, y + math.sin(a) * r * 1.5
            draw.ellipse(
                [lx - r * 0.5, ly - r * 0.28, lx + r * 0.5, ly + r * 0.28], fill=mix((74, 112, 70), colour, 0.25)
            )
        for k in range(5):
            a = turn + k * math.tau / 5
            px, py = x + math.cos(a) * r * 0.62, y + math.sin(a) * r * 0.62
            draw.ellipse([px - r * 0.5, py - r * 0.5, px + r * 0.5, py + r * 0.5], fill=petal)
        draw.ellipse([x - r * 0.28, y - r * 0.28, x + r * 0.28, y + r * 0.28], fill=(238, 196, 84))
    return image


def camouflage(colour, rng, studio):
    """Patches of three shades."""
    image = Image.new("RGB", SIZE, colour)
    for shade in (darker(colour, 0.45), lighter(colour, 0.3), mix(colour, (94, 74, 50), 0.6)):
        patches = studio.mottle(24, 127).point([255 if v > 172 else 0 for v in range(256)])
        image.paste(shade, mask=patches)
    return image


def denim(colour, studio):
    """Twill: fine diagonal threads, uneven dye."""
    twill = stripes(colour, lighter(colour, 0.13), [1.1, 0.7], angle=52)
    return relit(twill, combined(studio.mottle(1.0, 9), studio.mottle(7, 5)))


def leather(colour, studio, amount=7):
    """Grained hide."""
    return relit(Image.new("RGB", SIZE, colour), combined(studio.mottle(1.8, amount), studio.mottle(5, amount * 0.6)))


def knit(colour, studio):
    """Fine vertical ribs."""
    return relit(stripes(colour, darker(colour, 0.16), [2.0, 1.1], angle=90), studio.mottle(1.2, 6))


def metal(colour, angle=0, period=34):
    """Brushed metal: smooth light and dark bands."""

    def paint(draw, side):
        for y in range(side):
            t = 0.5 + 0.5 * math.sin(y / SCALE / period * math.tau)
            draw.line([0, y, side, y], fill=mix(darker(colour, 0.35), lighter(colour, 0.65), t))

    return _rotated(angle, paint)


def cloth(pattern, colour, studio, angle=0):
    """The texture of a named pattern for a garment of that colour."""
    rng = studio.rng
    second = contrast(colour, rng)
    if pattern == "striped":
        return stripes(colour, second, rng.choice([[9, 9], [14, 5], [5, 5], [18, 3]]), angle)
    if pattern == "pinstriped":
        return stripes(colour, mix(colour, second, 0.7), rng.choice([[6, 1.2], [8, 1.6], [4, 2]]), angle + 90)
    if pattern == "checked":
        return checks(colour, second, rng.choice([12, 18, 26]), rng.choice([None, lighter(second, 0.4)]), angle)
    if pattern == "dotted":
        return dots(colour, second, rng.choice([13, 18]), rng.choice([2.2, 3.6]), rng)
    if pattern == "floral":
        palette = [second, lighter(second, 0.4), mix(second, (220, 96, 110), 0.6)]
        return flowers(colour, palette, rng.choice([150, 260]), rng.choice([7, 10]), rng)
    if pattern == "camouflage":
        return camouflage(colour, rng, studio)
    return relit(Image.new("RGB", SIZE, colour), studio.mottle(1.4, 4))
