"""Jeans and socks."""

from PIL import ImageChops

from .fabric import contrast, denim, knit, stripes
from .geometry import CENTRE, between, ellipse, line, mirrored, rounded, shape, symmetric
from .studio import combined, darker, lighter, mix


def jeans(studio, colour, style, pattern):
    """Styles: slim, straight, bootcut. Patterns: solid, faded, ripped."""
    rng = studio.rng
    waist = rng.uniform(56, 62)
    hip = waist + rng.uniform(12, 17)
    leg = {"slim": 22, "straight": 31, "bootcut": 38}[style] + rng.uniform(-2, 2)
    knee = {"slim": 30, "straight": 35, "bootcut": 31}[style]
    ankle_x = CENTRE + rng.uniform(42, 50)
    hem = rng.uniform(446, 456)
    fabric = denim(colour, studio)
    thread = mix((206, 146, 66), colour, 0.15) if rng.random() < 0.75 else lighter(colour, 0.4)
    right = shape(
        (CENTRE, 48, 0),
        (CENTRE + waist, 44, 0),
        (CENTRE + hip - 3, 104),
        (CENTRE + hip, 150),
        (ankle_x + knee + 2, 296),
        (ankle_x + leg, hem, 0),
        (ankle_x, hem + 3),
        (ankle_x - leg, hem - 1, 0),
        (ankle_x - knee + 4, 300),
        (CENTRE + 2, 172, 0),
    )
    knee_y = 300
    wrinkles = []
    for y in (168, 182, knee_y - 14, knee_y, knee_y + 16, hem - 36, hem - 22):
        x = CENTRE + 6 + (y - 160) * 0.10
        wrinkles.append(
            line(
                (x, y + rng.uniform(-5, 5)),
                (x + 24, y + rng.uniform(-2, 8)),
                (x + rng.uniform(34, 52), y + rng.uniform(-8, 4)),
            )
        )
    lights = [studio.creases(wrinkles + [mirrored(w) for w in wrinkles], 4, 34, 2.6), studio.slope(5, -8)]
    if pattern in ("faded", "ripped"):
        fades = [line((CENTRE + 42, 140), (ankle_x + 2, 260), (ankle_x, knee_y + 60))]
        lights.append(studio.strokes(fades + [mirrored(f) for f in fades], 26, 46, 12))
    for side in (mirrored(right), right):
        studio.paint(studio.mask(side), fabric, *lights, volume=8, relief=0.4, rim=24, shadow=(5, 6, 8, 0.3))
    for outline in (1, -1):

        def flip(points, s=outline):
            return [(CENTRE + s * (x - CENTRE), y) for x, y in points]

        pocket = line((CENTRE + 26, 64), (CENTRE + 32, 88), (CENTRE + hip - 4, 102))
        studio.paint(
            studio.mask(flip([*pocket, (CENTRE + hip - 4, 70), (CENTRE + waist, 64)])),
            fabric,
            studio.slope(-14, -14),
            volume=3,
            relief=0.3,
            rim=10,
        )
        studio.seam(flip(pocket), colour, 1.2)
        studio.stitches(flip([(x - 2.4, y + 2.4) for x, y in pocket]), thread)
        studio.stitches(flip(line((ankle_x + leg - 1, hem - 9), (ankle_x - leg + 1, hem - 10))), thread, 3, 1.0)
        studio.seam(
            flip(line((CENTRE + hip - 7, 106), (ankle_x + knee - 5, 296), (ankle_x + leg - 6, hem - 2))), colour, 0.8
        )
    studio.seam(line((CENTRE, 64), (CENTRE + 1, 172)), colour, 1.2)
    studio.stitches(line((CENTRE + 14, 66), (CENTRE + 14, 104), (CENTRE + 10, 124), (CENTRE + 1, 134)), thread)
    band_outline = symmetric((CENTRE, 48), (CENTRE + waist - 2, 42, 0), (CENTRE + waist + 2, 62, 0), (CENTRE, 68))
    studio.paint(
        studio.mask(symmetric((CENTRE, 36), (CENTRE + waist - 4, 42, 0), (CENTRE + waist - 6, 50, 0), (CENTRE, 52))),
        darker(colour, 0.5),
        volume=2,
    )
    studio.paint(studio.mask(band_outline), fabric, volume=3, relief=0.6, rim=8, shadow=(0.5, 2, 2, 0.35))
    for dy in (3.4, 16):
        studio.stitches(line((CENTRE - waist, 42 + dy), (CENTRE, 48 + dy), (CENTRE + waist, 42 + dy)), thread)
    for x in (-44, -22, 26, 44):
        studio.paint(
            studio.mask(rounded(CENTRE + x - 3, 40, CENTRE + x + 3, 70, 1)),
            fabric,
            volume=1.4,
            relief=0.8,
            rim=5,
            shadow=(1, 1, 1.4, 0.4),
        )
    studio.paint(
        studio.mask(ellipse(CENTRE + 2, 58, 5, 5)), (186, 148, 96), volume=1.6, relief=1.0, shadow=(0.8, 1, 1, 0.5)
    )
    if pattern == "ripped":
        for side, y in ((1, knee_y - 8), (-1, knee_y + 14), (1, 226)):
            x = CENTRE + side * (ankle_x - CENTRE)
            hole = shape((x - 17, y, 0), (x - 3, y - 5), (x + 17, y - 1, 0), (x + 3, y + 6))
            studio.paint(studio.mask(hole), (236, 232, 226), volume=2, relief=-0.6, rim=20)
            for k in range(6):
                studio.stroke(
                    [
                        between((x - 15, y - 4), (x - 15, y + 5), k / 5),
                        between((x + 15, y - 4), (x + 15, y + 5), k / 5),
                    ],
                    lighter(colour, 0.6),
                    0.5,
                    0.8,
                )


def socks(studio, colour, style, pattern):
    """Styles: crew, ankle. Patterns: solid, striped."""
    rng = studio.rng
    top = 96 if style == "crew" else 168
    second = contrast(colour, rng)
    accent = second if pattern != "solid" else darker(colour, 0.15)
    texture = (
        stripes(colour, second, rng.choice([[12, 12], [20, 6], [8, 4]]))
        if pattern == "striped"
        else knit(colour, studio)
    )
    for dx, dy in ((46, -14), (-34, 18)):
        x, y = 128 + dx, dy
        outline = shape(
            (x, top + y, 0),
            (x + 74, top + y, 0),
            (x + 72, 240 + y),
            (x + 70, 296 + y),
            (x + 84, 338 + y),
            (x + 138, 378 + y),
            (x + 150, 408 + y),
            (x + 124, 428 + y),
            (x + 66, 408 + y),
            (x + 14, 376 + y),
            (x - 4, 334 + y),
            (x + 4, 260 + y),
        )
        outline = [(2 * CENTRE - px + 30, py) for px, py in outline]
        heel = [
            (2 * CENTRE - px + 30, py)
            for px, py in shape(
                (x - 8, 312 + y, 0), (x + 24, 320 + y), (x + 36, 352 + y), (x + 16, 388 + y, 0), (x - 12, 370 + y)
            )
        ]
        toe = [
            (2 * CENTRE - px + 30, py)
            for px, py in shape(
                (x + 112, 352 + y, 0), (x + 100, 386 + y), (x + 96, 426 + y, 0), (x + 160, 440 + y), (x + 164, 380 + y)
            )
        ]
        mask = studio.mask(outline)
        wrinkles = [
            [
                (2 * CENTRE - px + 30, py)
                for px, py in line((x + 66, 300 + y + k * 14), (x + 40, 316 + y + k * 16), (x + 26, 330 + y + k * 12))
            ]
            for k in range(3)
        ]
        light = combined(studio.creases(wrinkles, 4, 20, 3), studio.slope(6, -8))
        studio.paint(mask, texture, light, volume=10, relief=0.55, rim=22, shadow=(5, 7, 8, 0.32))
        for patch in (heel, toe):
            inside = ImageChops.multiply(studio.mask(patch), mask)
            studio.paint(
                inside,
                knit(accent, studio),
                studio.relief(mask, 10, 0.5),
                studio.rim(mask, 12, 22),
                volume=2,
                relief=0.15,
                rim=4,
            )
        cuff = [
            (2 * CENTRE - px + 30, py)
            for px, py in rounded(x - 1, top + y - 2, x + 75, top + y + (34 if style == "crew" else 20), 3)
        ]
        studio.paint(
            studio.mask(cuff),
            knit(accent if rng.random() < 0.5 or pattern == "striped" else colour, studio),
            volume=6,
            relief=0.5,
            rim=14,
            shadow=(0, 1.5, 1.5, 0.3),
        )
        if pattern == "striped":
            studio.stitches(
                [(2 * CENTRE - px + 30, py) for px, py in ((x + 2, top + y + 36), (x + 72, top + y + 36))],
                darker(colour),
                2,
                0.6,
                0.4,
            )
