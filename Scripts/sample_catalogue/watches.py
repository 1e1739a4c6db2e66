"""Watches."""

import math

from .fabric import leather, metal
from .geometry import CENTRE, ellipse, line, rounded, symmetric
from .studio import darker, lighter, luminance, mix

GOLD, STEEL, ROSE = (206, 170, 98), (182, 186, 192), (206, 150, 128)


def watch(studio, colour, style, pattern):
    """Styles: round, chronograph, square, sporty. Pattern bracelet has metal links instead of a leather strap."""
    rng = studio.rng
    body = rng.choice([GOLD, STEEL, STEEL, ROSE]) if style != "sporty" else darker(colour, 0.35)
    dial = rng.choice([(246, 246, 242), (28, 30, 36), lighter(colour, 0.75), darker(colour, 0.45)])
    ink = (30, 30, 34) if luminance(dial) > 120 else (238, 238, 234)
    r = {"square": 62, "sporty": 76}.get(style, rng.uniform(66, 76))
    y = 240
    half = {"sporty": 44}.get(style, rng.uniform(31, 38))
    for sign in (-1, 1):

        def at(points, s=sign):
            return [(px, y + s * (py - y)) for px, py in points]

        strap = symmetric(
            (CENTRE, y + 40),
            (CENTRE + half + 4, y + 46, 0),
            (CENTRE + half, y + 110),
            (CENTRE + half * 0.8, y + 214, 0),
            (CENTRE + half * 0.6, y + 222),
            (CENTRE, y + 224),
        )
        mask = studio.mask(at(strap))
        if pattern == "bracelet":
            studio.paint(mask, metal(body, 90, 22), volume=6, relief=0.7, rim=26, grain=0, shadow=(5, 6, 8, 0.32))
            for k in range(9):
                ly = y + 66 + k * 17
                w = half * (1 - 0.2 * max(0, ly - y - 110) / 104) - 1
                studio.stroke(at([(CENTRE - w, ly), (CENTRE + w, ly)]), darker(body, 0.7), 1.6, 0.75)
                studio.stroke(at([(CENTRE - w, ly + 1.6), (CENTRE + w, ly + 1.6)]), lighter(body, 0.8), 0.9, 0.6)
            for lx in (-half * 0.42, half * 0.42):
                studio.stroke(at([(CENTRE + lx, y + 50), (CENTRE + lx * 0.85, y + 220)]), darker(body, 0.7), 1.4, 0.6)
        else:
            studio.paint(mask, leather(colour, studio, 9), volume=7, relief=0.65, rim=22, shadow=(5, 6, 8, 0.32))
            thread = lighter(colour, 0.55) if luminance(colour) < 140 else darker(colour, 0.4)
            if style != "sporty":
                for lx in (-1, 1):
                    studio.stitches(
                        at(line((CENTRE + lx * (half - 4), y + 70), (CENTRE + lx * (half * 0.82 - 3), y + 206))),
                        thread,
                        4,
                        1.0,
                        0.9,
                    )
            else:
                for k in range(6):
                    studio.stroke(
                        at([(CENTRE - half * 0.6, y + 96 + k * 19), (CENTRE + half * 0.6, y + 96 + k * 19)]),
                        darker(colour, 0.6),
                        3,
                        0.55,
                    )
            if sign == 1:
                for k in range(5):
                    studio.paint(
                        studio.mask(ellipse(CENTRE, y + 128 + k * 17, 2.6, 2.2)),
                        darker(colour, 0.75),
                        relief=-0.5,
                        volume=1,
                        rim=0,
                    )
    for s in (-1, 1):
        for t in (-1, 1):
            lug = rounded(
                CENTRE + s * (half + 2) - 6, y + t * (r + 2) - 16, CENTRE + s * (half + 2) + 6, y + t * (r + 2) + 10, 4
            )
            studio.paint(studio.mask(lug), metal(body, 0, 14), volume=2, relief=0.9, grain=0)
    crowns = [0] if style != "chronograph" else [-24, 0, 24]
    for dy in crowns:
        studio.paint(
            studio.mask(rounded(CENTRE + r - 2, y + dy - 6, CENTRE + r + 12, y + dy + 6, 2.5)),
            metal(body, 0, 4),
            volume=2,
            relief=0.9,
            grain=0,
            shadow=(2, 3, 3, 0.3),
        )
    if style == "square":
        case, inner, face = (
            rounded(CENTRE - r, y - r, CENTRE + r, y + r, 16),
            rounded(CENTRE - r + 8, y - r + 8, CENTRE + r - 8, y + r - 8, 10),
            rounded(CENTRE - r + 12, y - r + 12, CENTRE + r - 12, y + r - 12, 8),
        )
    else:
        case, inner, face = (
            ellipse(CENTRE, y, r, r),
            ellipse(CENTRE, y, r - 8, r - 8),
            ellipse(CENTRE, y, r - 12, r - 12),
        )
    studio.paint(studio.mask(case), metal(body, 45, 40), volume=4, relief=0.9, rim=14, grain=0, shadow=(4, 6, 8, 0.4))
    studio.paint(studio.mask(inner), darker(body, 0.45), volume=2, relief=-0.8, rim=6, grain=0)
    mask = studio.mask(face)
    studio.paint(mask, dial, studio.slope(8, -8), volume=5, relief=-0.35, rim=18, grain=0)
    d = r - 12
    for k in range(60):
        a = math.radians(k * 6)
        long = 7 if k % 5 == 0 else 2.6
        start, end = d - 3, d - 3 - long
        studio.stroke(
            [
                (CENTRE + start * math.sin(a), y - start * math.cos(a)),
                (CENTRE + end * math.sin(a), y - end * math.cos(a)),
            ],
            ink,
            2.0 if k % 5 == 0 else 0.6,
        )
    if style in ("chronograph", "sporty"):
        for dx, dy in ((-0.42, 0), (0.42, 0), (0, 0.42)):
            sub = ellipse(CENTRE + dx * d, y + dy * d, d * 0.24, d * 0.24)
            studio.paint(studio.mask(sub), mix(dial, ink, 0.12), volume=1.5, relief=-0.6, rim=8, grain=0)
            studio.stroke([(CENTRE + dx * d, y + dy * d), (CENTRE + dx * d + d * 0.1, y + dy * d - d * 0.16)], ink, 1)
    else:
        studio.paint(
            studio.mask(rounded(CENTRE + d * 0.48, y - 6, CENTRE + d * 0.72, y + 6, 1)),
            (246, 246, 242),
            volume=1,
            relief=-0.5,
            rim=6,
            grain=0,
        )
    studio.stroke([(CENTRE - 9, y - d * 0.46), (CENTRE + 9, y - d * 0.46)], ink, 2.2, 0.8)
    for angle, length, width in ((rng.uniform(296, 312), d * 0.52, 3.6), (rng.uniform(48, 66), d * 0.76, 2.6)):
        a = math.radians(angle)
        studio.stroke(
            [
                (CENTRE - 8 * math.sin(a), y + 8 * math.cos(a)),
                (CENTRE + length * math.sin(a), y - length * math.cos(a)),
            ],
            ink,
            width,
        )
    a = math.radians(rng.uniform(0, 360))
    studio.stroke(
        [
            (CENTRE - 14 * math.sin(a), y + 14 * math.cos(a)),
            (CENTRE + d * 0.84 * math.sin(a), y - d * 0.84 * math.cos(a)),
        ],
        (188, 48, 44),
        1,
    )
    studio.paint(studio.mask(ellipse(CENTRE, y, 3.4, 3.4)), body, volume=1, relief=0.9, grain=0)
    studio.gleam(
        mask,
        [(CENTRE - d, y - d * 0.2), (CENTRE - d * 0.1, y - d), (CENTRE + d * 0.35, y - d), (CENTRE - d, y + d * 0.4)],
        5,
        0.16,
    )
