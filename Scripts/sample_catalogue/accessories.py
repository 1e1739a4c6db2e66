"""Sunglasses, caps, belts and ties."""

from PIL import ImageChops

from .fabric import camouflage, checks, cloth, contrast, dots, leather, metal, stripes
from .geometry import CENTRE, band, ellipse, line, mirrored, rounded, shape
from .studio import darker, lighter, luminance, mix

GOLD, STEEL = (206, 170, 98), (182, 186, 192)


def sunglasses(studio, colour, style, pattern):
    """Styles: wayfarer, aviator, round, cat-eye."""
    rng = studio.rng
    y = 236
    lens = rng.choice([(46, 44, 50), (64, 50, 42), (46, 60, 66), mix(colour, (40, 40, 46), 0.7)])
    frame = colour if style != "aviator" else rng.choice([GOLD, STEEL, colour])
    gap = {"round": 18, "aviator": 14}.get(style, 13)
    outlines = {
        "wayfarer": shape(
            (CENTRE + gap, y - 34, 0),
            (CENTRE + 70, y - 42),
            (CENTRE + 134, y - 40, 0),
            (CENTRE + 128, y + 14),
            (CENTRE + 100, y + 42),
            (CENTRE + 48, y + 40),
            (CENTRE + 20, y + 10),
        ),
        "aviator": shape(
            (CENTRE + gap, y - 26, 0),
            (CENTRE + 60, y - 40),
            (CENTRE + 118, y - 34),
            (CENTRE + 132, y + 2),
            (CENTRE + 104, y + 50),
            (CENTRE + 62, y + 54),
            (CENTRE + 24, y + 18),
        ),
        "round": shape(*ellipse(CENTRE + gap + 54, y, 54, 51)[:-1]),
        "cat-eye": shape(
            (CENTRE + gap, y - 22, 0),
            (CENTRE + 70, y - 38),
            (CENTRE + 146, y - 58, 0),
            (CENTRE + 132, y + 6),
            (CENTRE + 96, y + 36),
            (CENTRE + 46, y + 34),
            (CENTRE + 18, y + 8),
        ),
    }
    right = outlines[style]
    cx, cy = sum(p[0] for p in right) / len(right), sum(p[1] for p in right) / len(right)
    thickness = {"aviator": 0.95, "round": 0.9}.get(style, 0.83)
    inner = [(cx + (px - cx) * thickness, cy + (py - cy) * (thickness - 0.01)) for px, py in right]
    studio.shadow(studio.mask(ellipse(CENTRE, y + 74, 126, 10)), 3, 2, 9, 0.34)
    for s in (1, -1):
        arm = [
            (CENTRE + s * (px - CENTRE), py)
            for px, py in line((CENTRE + 128, y - 30), (CENTRE + 112, y - 62), (CENTRE + 84, y - 84))
        ]
        studio.paint(studio.mask(band(arm, 11, 6)), darker(frame, 0.3), volume=3, relief=0.7, shadow=(3, 6, 6, 0.2))
    bridge = line((CENTRE - gap - 6, y - 18), (CENTRE, y - 27), (CENTRE + gap + 6, y - 18))
    studio.paint(
        studio.mask(band(bridge, 5 if style in ("aviator", "round") else 11)),
        frame,
        volume=2,
        relief=0.9,
        shadow=(2, 4, 4, 0.3),
    )
    if style == "aviator":
        bar = line((CENTRE - 44, y - 37), (CENTRE, y - 42), (CENTRE + 44, y - 37))
        studio.paint(
            studio.mask(band(bar, 4)), metal(frame, 0, 6), volume=1.5, relief=0.9, grain=0, shadow=(2, 4, 4, 0.3)
        )
    both, lenses = [right, mirrored(right)], [inner, mirrored(inner)]
    studio.shadow(studio.mask(*both), 5, 11, 9, 0.22)
    texture = frame
    if style in ("wayfarer", "cat-eye", "round") and pattern == "tortoise":
        texture = camouflage((116, 70, 36), rng, studio)
    studio.paint(
        studio.mask(*both),
        texture if style != "aviator" else metal(frame, 30, 18),
        volume=3,
        relief=1.0,
        rim=6,
        grain=0,
    )
    mask = studio.mask(*lenses)
    studio.paint(mask, lens, studio.slope(-46, 96), volume=4, relief=-0.4, rim=14, grain=0)
    for s in (0, 1):
        x = CENTRE + 46 if s else CENTRE - 106
        studio.gleam(mask, [(x, y + 30), (x + 34, y - 44), (x + 50, y - 44), (x + 16, y + 30)], 3, 0.22)
    studio.gleam(studio.mask(*both, holes=lenses), rounded(40, y - 50, 320, y - 37, 4), 2, 0.35)


def cap(studio, colour, style, pattern):
    """Styles: baseball, trucker, snapback."""
    rng = studio.rng
    fabric = cloth(pattern, colour, studio)
    second = contrast(colour, rng)
    brim_colour = second if style != "baseball" and rng.random() < 0.6 else colour
    thread = lighter(colour, 0.4) if luminance(colour) < 120 else darker(colour, 0.4)
    studio.shadow(studio.mask(ellipse(190, 334, 136, 12)), 2, 4, 9, 0.4)
    height = 150 if style == "baseball" else 138
    dome = shape(
        (84, 318, 0),
        (82, 262),
        (104, height + 46),
        (152, height + 11),
        (208, height + 5),
        (264, height + 30),
        (298, 232),
        (308, 306, 0),
        (190, 296),
    )
    back = darker(colour, 0.02) if style != "trucker" else lighter(second, 0.2)
    mask = studio.mask(dome)
    folds = studio.creases([line((108, 230), (102, 300)), line((284, 226), (286, 290))], 6, 18, 5)
    studio.paint(
        mask,
        fabric if style != "trucker" else back,
        folds,
        studio.slope(14, -18),
        volume=17,
        relief=0.55,
        rim=24,
        shadow=(5, 7, 9, 0.3),
    )
    if style == "trucker":
        mesh = ImageChops.multiply(checks(back, darker(back, 0.5), 4, angle=45).convert("L"), mask)
        studio.image.paste(
            darker(back, 0.6),
            mask=ImageChops.multiply(mask, mesh.point([70 if 0 < v < 150 else 0 for v in range(256)])),
        )
        front = ImageChops.multiply(
            studio.mask(shape((60, 320, 0), (70, 190), (140, 90), (214, 90, 0), (232, 180), (222, 320, 0))), mask
        )
        studio.paint(front, fabric, studio.rim(mask, 20, 24), studio.slope(14, -18), volume=5, relief=0.3, rim=5)
    for seam in (line((200, height + 6), (150, 212), (134, 304)), line((208, height + 6), (248, 212), (254, 300))):
        studio.seam(seam, colour, 1.2)
        studio.stitches([(x - 4, y) for x, y in seam], thread, 3, 0.7, 0.6)
        studio.stitches([(x + 4, y) for x, y in seam], thread, 3, 0.7, 0.6)
    for x, y in ((166, 192), (234, 188), (274, 214)):
        studio.paint(
            studio.mask(ellipse(x, y, 4.4, 4.4), holes=[ellipse(x, y, 2, 2)]), thread, volume=1, relief=0.7, rim=0
        )
    studio.paint(
        studio.mask(ellipse(204, height + 5, 9, 5)), brim_colour, volume=2.4, relief=0.9, shadow=(1, 2, 2, 0.4)
    )
    badge = rng.choice(["disc", "bar", "chevron", None])
    x, y = 186, 232
    if badge == "disc":
        studio.paint(
            studio.mask(ellipse(x, y, 20, 21)), second, volume=2, relief=0.8, rim=8, shadow=(1, 1.5, 1.5, 0.35)
        )
        studio.paint(studio.mask(ellipse(x, y, 12, 13)), colour, volume=1.5, relief=0.6)
    elif badge == "bar":
        for k in (0, 1):
            studio.paint(
                studio.mask(rounded(x - 24, y - 12 + k * 15, x + 24 - k * 16, y - 3 + k * 15, 2)),
                second,
                volume=1.5,
                relief=0.8,
                shadow=(0.8, 1, 1, 0.35),
            )
    elif badge == "chevron":
        studio.paint(
            studio.mask(
                [(x - 24, y + 14), (x, y - 18), (x + 24, y + 14), (x + 11, y + 14), (x, y - 1), (x - 11, y + 14)]
            ),
            second,
            volume=1.5,
            relief=0.8,
            shadow=(0.8, 1, 1, 0.35),
        )
    flat = style == "snapback"
    brim = shape(
        (84, 304, 0),
        (130, 288),
        (196, 290),
        (246, 304, 0),
        (214, 330),
        (150, 356 if not flat else 346),
        (70, 368 if not flat else 350),
        (28, 356 if not flat else 344),
        (36, 334),
        (58, 316),
    )
    brim_fabric = fabric if brim_colour == colour else brim_colour
    studio.paint(
        studio.mask(brim), brim_fabric, studio.slope(10, -16), volume=8, relief=0.7, rim=18, shadow=(3, 7, 7, 0.38)
    )
    for k in range(1, 5):
        t = k * 0.17
        row = [
            (140 + (px - 140) * (1 - t), 312 + (py - 312) * (1 - t))
            for px, py in line((240, 308), (212, 330), (150, 354), (74, 364), (34, 352))
        ]
        studio.stitches(
            row, lighter(brim_colour, 0.4) if luminance(brim_colour) < 120 else darker(brim_colour, 0.4), 3, 0.7, 0.5
        )


def belt(studio, colour, style, pattern):
    """Styles: formal, casual, braided: a coiled strap seen from a little above, its buckle in front."""
    rng = studio.rng
    hide = leather(colour, studio, 8)
    if pattern == "braided":
        hide = checks(colour, darker(colour, 0.6), 5.5, angle=45)
    thread = lighter(colour, 0.45) if luminance(colour) < 140 else darker(colour, 0.35)
    fitting = rng.choice([STEEL, STEEL, GOLD])
    cy, rx, ry, h = 214, 134, rng.uniform(48, 58), rng.uniform(44, 56)
    studio.shadow(studio.mask(ellipse(CENTRE, cy + h / 2 + 6, rx, ry)), 3, 5, 7, 0.3)
    for shrink, lift in ((0, 0), (13, 6)):
        a, b = rx - shrink, ry - shrink * 0.6
        back = [
            *ellipse(CENTRE, cy + lift - h / 2, a, b, 180, 360),
            *ellipse(CENTRE, cy + lift + h / 2, a, b, 360, 180),
        ]
        studio.paint(
            studio.mask(back),
            darker(mix(colour, (150, 112, 80), 0.25), 0.35 - shrink * 0.01),
            studio.slope(-12, 10),
            volume=5,
            relief=0.4,
            rim=18,
            shadow=(0, 4, 5, 0.3),
        )
    front = [*ellipse(CENTRE, cy - h / 2, rx, ry, 0, 180), *ellipse(CENTRE, cy + h / 2, rx, ry, 180, 0)]
    mask = studio.mask(front)
    round_light = studio.strokes([[(CENTRE - 60, cy), (CENTRE - 50, cy + 90)]], 40, 26, 20)
    studio.paint(mask, hide, round_light, studio.slope(10, -10), volume=7, relief=0.7, rim=26, shadow=(1, 5, 6, 0.35))
    if pattern != "braided":
        for dy in (-h / 2 + 5, h / 2 - 5):
            studio.stitches(ellipse(CENTRE, cy + dy, rx, ry, 4, 176), thread, 4, 1, 0.8 if style == "casual" else 0.45)
    x, y = CENTRE + 6, cy + ry
    tail = shape(
        (x + 4, y - h / 2 + 1, 0),
        (x + 60, y - h / 2 - 6),
        (x + 104, y - h / 2 - 22, 0),
        (x + 116, y - 22),
        (x + 106, y + h / 2 - 22, 0),
        (x + 60, y + h / 2 - 5),
        (x + 4, y + h / 2, 0),
    )
    studio.paint(studio.mask(tail), hide, volume=5, relief=0.7, rim=16, shadow=(2, 4, 5, 0.4))
    for k in range(4):
        studio.paint(
            studio.mask(ellipse(x + 42 + k * 17, y - 2 - k * (2 + k * 0.9), 2.6, 3)),
            darker(colour, 0.75),
            volume=1,
            relief=-0.6,
            rim=0,
        )
    loop = rounded(x + 24, y - h / 2 - 6, x + 34, y + h / 2 + 1, 3)
    studio.paint(studio.mask(loop), hide, volume=2.4, relief=0.9, rim=8, shadow=(2, 2, 3, 0.45))
    t = h / 2 + 8
    outer, hole = rounded(x - 44, y - t, x + 12, y + t, 9), rounded(x - 34, y - t + 9, x + 2, y + t - 9, 5)
    if style == "formal":
        outer, hole = rounded(x - 38, y - t, x + 10, y + t, 5), rounded(x - 31, y - t + 7, x + 3, y + t - 7, 3)
    studio.paint(
        studio.mask(outer, holes=[hole]),
        metal(fitting, 30, 26),
        volume=2.6,
        relief=1.0,
        rim=10,
        grain=0,
        shadow=(2.5, 3.5, 4, 0.5),
    )
    studio.paint(
        studio.mask(rounded(x - 40, y - 3.4, x + 8, y + 3.4, 3)),
        metal(fitting, 0, 5),
        volume=1.6,
        relief=0.9,
        grain=0,
        shadow=(1.5, 2.5, 2.5, 0.5),
    )


def tie(studio, colour, style, pattern):
    """Styles: regular, slim: a tied necktie, its point at the bottom."""
    rng = studio.rng
    second = contrast(colour, rng)
    if pattern == "striped":
        blade = stripes(colour, second, rng.choice([[16, 5], [12, 12], [20, 3], [8, 3]]), -38)
        knot = stripes(colour, second, [14, 5], 38)
    elif pattern == "dotted":
        blade = knot = dots(colour, second, rng.choice([10, 14]), rng.choice([1.4, 2.2]), rng)
    elif pattern == "checked":
        blade = knot = checks(colour, second, 14, angle=45)
    else:
        blade = knot = stripes(colour, lighter(colour, 0.08), [1.4, 1.2], -45)
    wide = {"regular": 42, "slim": 29}[style] + rng.uniform(-3, 3)
    bottom = rng.uniform(440, 456)
    x = CENTRE
    loop = [band(line((x - 12, 74), (x - 50, 34), (x, 14), (x + 50, 34), (x + 12, 74)), 17)]
    studio.paint(studio.mask(*loop), blade, volume=5, relief=0.6, rim=20, shadow=(4, 5, 6, 0.3))
    tail = shape(
        (x - 8, 96, 0),
        (x + 10, 96, 0),
        (x + wide * 0.52 + 8, bottom - 70, 0),
        (x + wide * 0.26 + 4, bottom - 48, 0),
        (x - wide * 0.2, bottom - 70, 0),
    )
    studio.paint(studio.mask(tail), blade, studio.slope(-10, -16), volume=5, relief=0.5, shadow=(5, 6, 7, 0.3))
    main = shape(
        (x - 15, 92, 0),
        (x + 15, 92, 0),
        (x + wide * 0.72, 260),
        (x + wide, bottom - wide * 0.95, 0),
        (x, bottom, 0),
        (x - wide, bottom - wide * 0.95, 0),
        (x - wide * 0.72, 260),
    )
    folds = studio.creases([line((x - 3, 96), (x - 2, 130), (x - 6, 178)), line((x + 8, 98), (x + 10, 124))], 4, 30, 3)
    sheen = studio.strokes([[(x - wide * 0.3, 150), (x - wide * 0.45, bottom - 60)]], 14, 22, 9)
    studio.paint(
        studio.mask(main),
        blade,
        folds,
        sheen,
        studio.slope(4, -8),
        volume=7,
        relief=0.6,
        rim=20,
        shadow=(4, 6, 7, 0.34),
    )
    top = shape(
        (x - 25, 62, 0),
        (x, 58),
        (x + 25, 62, 0),
        (x + 20, 86),
        (x + 14, 106, 0),
        (x, 109),
        (x - 14, 106, 0),
        (x - 20, 86),
    )
    studio.paint(
        studio.mask(top),
        knot,
        studio.creases([line((x - 10, 64), (x - 4, 104))], 3, 18, 2),
        volume=6,
        relief=0.8,
        rim=20,
        shadow=(1, 4, 4, 0.45),
    )
