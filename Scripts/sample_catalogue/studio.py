"""A photo studio: paints shaded parts on a lit backdrop at three times the final size."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .geometry import CENTRE, HEIGHT, WIDTH, along

SCALE = 3
SIZE = (WIDTH * SCALE, HEIGHT * SCALE)
NEUTRAL = 128


def mix(a, b, t):
    """The colour at fraction `t` of the way from `a` to `b`."""
    return tuple(round(x + (y - x) * t) for x, y in zip(a, b))


def darker(colour, t=0.3):
    return mix(colour, (12, 10, 14), t)


def lighter(colour, t=0.3):
    return mix(colour, (255, 255, 255), t)


def luminance(colour):
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]


def blurred(image, units):
    return image.filter(ImageFilter.GaussianBlur(units * SCALE))


def relit(image, light):
    """Multiplies below neutral light and screens above it."""
    dark = light.point([min(255, 2 * v) for v in range(256)])
    bright = light.point([round(max(0, v - NEUTRAL) * 1.1) for v in range(256)])
    image = ImageChops.multiply(image, Image.merge("RGB", [dark] * 3))
    return ImageChops.screen(image, Image.merge("RGB", [bright] * 3))


def combined(*lights):
    """Sums light maps whose neutral value is 128."""
    result = lights[0]
    for light in lights[1:]:
        result = ImageChops.add(result, light, 1, -NEUTRAL)
    return result


class Studio:
    """One picture being made. All coordinates are in units of the final picture."""

    def __init__(self, rng, backdrop):
        self.rng = rng
        self.zoom = rng.uniform(0.94, 1.03)
        self.angle = math.radians(rng.uniform(-1.6, 1.6))
        self.shift = (rng.uniform(-5, 5), rng.uniform(-5, 5))
        self.image = self._backdrop(backdrop)

    # Outlines, masks and light maps

    def place(self, points):
        """Pixels for points given in units, after this picture's small shift, turn and zoom."""
        c, s, z = math.cos(self.angle), math.sin(self.angle), self.zoom
        middle = HEIGHT / 2
        return [
            (
                (CENTRE + self.shift[0] + z * (c * (x - CENTRE) - s * (y - middle))) * SCALE,
                (middle + self.shift[1] + z * (s * (x - CENTRE) + c * (y - middle))) * SCALE,
            )
            for x, y in points
        ]

    def mask(self, *outlines, holes=()):
        """The union of outlines, less the holes."""
        mask = Image.new("L", SIZE, 0)
        draw = ImageDraw.Draw(mask)
        for outline in outlines:
            draw.polygon(self.place(outline), fill=255)
        for hole in holes:
            draw.polygon(self.place(hole), fill=0)
        return mask

    def strokes(self, lines, width, tone, blur):
        """A light map of soft strokes; tone is how much lighter (or, below zero, darker) they are."""
        light = Image.new("L", SIZE, NEUTRAL)
        draw = ImageDraw.Draw(light)
        for points in lines:
            draw.line(self.place(points), fill=NEUTRAL + tone, width=max(1, round(width * SCALE)), joint="curve")
        return blurred(light, blur)

    def creases(self, lines, width=5, depth=26, blur=3.0):
        """A light map of folds: a dark valley with a light ridge on its right side."""
        d = width * 0.9
        ridges = [[(x + d, y + d * 0.3) for x, y in points] for points in lines]
        return combined(self.strokes(lines, width, -depth, blur), self.strokes(ridges, width, round(depth * 0.7), blur))

    def slope(self, start, end, horizontal=False):
        """A light map that goes evenly from one tone to another, top to bottom or left to right."""
        ramp = Image.linear_gradient("L")
        if horizontal:
            ramp = ramp.rotate(90)
        ramp = ramp.point([round(NEUTRAL + start + (end - start) * v / 255) for v in range(256)])
        return ramp.resize(SIZE, Image.Resampling.BILINEAR)

    def mottle(self, cell, amount):
        """A light map of smooth random spots about `cell` units wide."""
        w, h = max(2, round(WIDTH / cell)), max(2, round(HEIGHT / cell))
        noise = Image.frombytes("L", (w, h), self.rng.randbytes(w * h))
        noise = noise.point([round(NEUTRAL + (v - 127.5) / 127.5 * amount) for v in range(256)])
        return noise.resize(SIZE, Image.Resampling.BICUBIC)

    def relief(self, mask, radius, amount):
        """A light map that makes a mask look raised and lit from the upper left."""
        soft = blurred(mask, radius)
        d = max(1, round(radius * SCALE * 0.6))
        lit, unlit = ImageChops.offset(soft, -d, -d), ImageChops.offset(soft, d, d)
        return ImageChops.subtract(lit, unlit, 1, NEUTRAL).point(
            [round(NEUTRAL + (v - NEUTRAL) * amount) for v in range(256)]
        )

    def rim(self, mask, radius, amount):
        """A light map that darkens the inside of a mask towards its edge."""
        return blurred(mask, radius).point([round(NEUTRAL - (255 - v) / 127 * amount) for v in range(256)])

    # Painting

    def shadow(self, mask, dx=5, dy=7, radius=9, strength=0.32):
        soft = blurred(ImageChops.offset(mask, round(dx * SCALE), round(dy * SCALE)), radius)
        self.image.paste((52, 48, 54), mask=soft.point([round(v * strength) for v in range(256)]))

    def paint(self, mask, texture, *lights, volume=7, relief=0.5, rim=16, grain=2, shadow=None):
        """Paints a part: its texture (a colour or a picture), lit as a raised body, with further light maps.

        `shadow` is (dx, dy, radius, strength) of what the part throws on what lies under it.
        """
        if shadow:
            self.shadow(mask, *shadow)
        if isinstance(texture, tuple):
            texture = Image.new("RGB", SIZE, texture)
        light = combined(self.relief(mask, volume, relief), self.rim(mask, volume * 1.2, rim), *lights)
        if grain:
            light = combined(light, self.mottle(0.8, grain), self.mottle(26, 3))
        self.image.paste(relit(texture, light), mask=mask)

    def stroke(self, points, colour, width=1.0, opacity=1.0):
        """A plain line on top of everything."""
        mask = Image.new("L", SIZE, 0)
        ImageDraw.Draw(mask).line(
            self.place(points), fill=round(255 * opacity), width=max(1, round(width * SCALE)), joint="curve"
        )
        self.image.paste(colour, mask=mask)

    def seam(self, points, colour, width=1.3):
        """A seam: a dark line with a faint light one beside it."""
        self.stroke(points, darker(colour, 0.55), width, 0.55)
        self.stroke([(x + width, y + width * 0.4) for x, y in points], lighter(colour, 0.5), width * 0.7, 0.22)

    def stitches(self, points, colour, dash=3.0, width=0.9, opacity=0.85):
        """A row of stitches along a line."""
        dots = along(points, dash / 2)
        mask = Image.new("L", SIZE, 0)
        draw = ImageDraw.Draw(mask)
        for start, end in zip(dots[::2], dots[1::2]):
            draw.line(self.place([start, end]), fill=round(255 * opacity), width=max(1, round(width * SCALE)))
        self.image.paste(colour, mask=mask)

    def gleam(self, mask, outline, blur=3.0, strength=0.5, colour=(255, 255, 255)):
        """A soft highlight of an outline, kept inside a mask."""
        soft = ImageChops.multiply(blurred(self.mask(outline), blur), mask)
        self.image.paste(colour, mask=soft.point([round(v * strength) for v in range(256)]))

    def finished(self):
        """The picture at its final size."""
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).filter(ImageFilter.UnsharpMask(0.8, 25, 2))

    def _backdrop(self, colour):
        image = Image.new("RGB", SIZE, colour)
        fade = Image.radial_gradient("L").resize((SIZE[0] * 2, SIZE[1] * 2), Image.Resampling.BILINEAR)
        left, top = round(SIZE[0] * 0.55), round(SIZE[1] * 0.42)
        fade = fade.crop((left, top, left + SIZE[0], top + SIZE[1]))
        return relit(image, fade.point([round(NEUTRAL + 4 - v * 0.09) for v in range(256)]))
