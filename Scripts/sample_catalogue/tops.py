"""Garments of the upper body: T-shirts, shirts and dresses."""

from .fabric import cloth, contrast
from .geometry import CENTRE, band, ellipse, line, mirrored, rounded, shape, symmetric
from .studio import combined, darker, lighter, luminance, mix

GARMENT_SHADOW = (5, 7, 9, 0.3)


def _thread(colour):
    return lighter(colour, 0.35) if luminance(colour) < 110 else darker(colour, 0.35)


def _drape(studio, x0, x1, top, bottom, count, depth):
    """Long soft folds that hang from above, none like the other."""
    rng = studio.rng
    folds = []
    for _ in range(count):
        x, y = rng.uniform(x0, x1), rng.uniform(top, top + (bottom - top) * 0.5)
        end = rng.uniform(y + 60, bottom + 20)
        lean = (x - CENTRE) * 0.12 + rng.uniform(-10, 10)
        folds.append(line((x, y), (x + lean * 0.3 + rng.uniform(-4, 4), (y + end) / 2), (x + lean, end)))
    return studio.creases(folds, width=rng.uniform(4, 7), depth=depth, blur=4.5)


def _print(studio, body, colour):
    """A simple graphic on the chest."""
    rng, ink, y = studio.rng, contrast(colour, studio.rng), 190
    kind = rng.choice(["sun", "mountain", "bars", "ring", "star"])
    if kind == "sun":
        studio.paint(studio.mask(ellipse(CENTRE, y, 34, 34)), ink, relief=0, rim=0)
        for k in range(4):
            studio.paint(studio.mask(rounded(140, y + 8 + k * 7, 220, y + 10 + k * 7, 0.5)), colour, relief=0, rim=0)
    elif kind == "mountain":
        studio.paint(studio.mask(ellipse(204, y - 26, 11, 11)), mix(ink, (226, 150, 60), 0.6), relief=0, rim=0)
        studio.paint(
            studio.mask([(132, y + 32), (168, y - 26), (188, y + 2), (204, y - 12), (232, y + 32)]),
            ink,
            relief=0,
            rim=0,
        )
    elif kind == "bars":
        for k, t in enumerate((0, 0.35, 0.7)):
            studio.paint(
                studio.mask(rounded(134, y - 28 + k * 21, 226, y - 14 + k * 21, 3)),
                mix(ink, colour, t),
                relief=0,
                rim=0,
            )
    elif kind == "ring":
        studio.paint(studio.mask(ellipse(CENTRE, y, 38, 38), holes=[ellipse(CENTRE, y, 29, 29)]), ink, relief=0, rim=0)
        studio.paint(studio.mask(rounded(150, y - 4, 210, y + 4, 2)), ink, relief=0, rim=0)
    else:
        points = [
            p
            for k in range(5)
            for p in (
                ellipse(CENTRE, y, 40, 40, -90 + k * 72, -90 + k * 72, 1)[0],
                ellipse(CENTRE, y, 17, 17, -54 + k * 72, -54 + k * 72, 1)[0],
            )
        ]
        studio.paint(studio.mask(points), ink, relief=0, rim=0)


def tshirt(studio, colour, style, pattern):
    """Styles: crew, v-neck, polo, raglan, long-sleeved."""
    rng = studio.rng
    chest, hem = rng.uniform(90, 101), rng.uniform(372, 398)
    long = style == "long-sleeved"
    fabric = cloth(pattern, colour, studio)
    slanted = cloth(pattern, colour, studio, angle=0) if pattern == "solid" else fabric
    trim = contrast(colour, rng) if style == "raglan" or rng.random() < 0.25 else colour
    sleeve_fabric = trim if style == "raglan" else slanted
    right = CENTRE + chest
    if long:
        sleeve = shape(
            (right - 26, 84, 0),
            (right + 8, 108),
            (right + 30, 190),
            (right + 46, 330),
            (right + 48, 372, 0),
            (right + 16, 376, 0),
            (right + 8, 290),
            (right - 10, 170, 0),
        )
        cuff = line((right + 48, 362), (right + 15, 366))
    else:
        drop = rng.uniform(172, 196)
        sleeve = shape(
            (right - 26, 84, 0),
            (right + 6, 102),
            (right + 42, drop - 36),
            (right + 60, drop, 0),
            (right + 18, drop + 20, 0),
            (right - 10, 172, 0),
        )
        cuff = line((right + 57, drop - 8), (right + 15, drop + 12))
    for side in (sleeve, mirrored(sleeve)):
        folds = studio.creases(
            [line((right - 30, 120), (right + 30, 200)), line((right - 12, 116), (right + 36, 160))], 4, 22
        )
        studio.paint(studio.mask(side), sleeve_fabric, folds, volume=6, relief=0.3, rim=14, shadow=GARMENT_SHADOW)
    for edge in (cuff, mirrored(cuff)):
        studio.stitches(edge, _thread(colour), 2.4, 0.7, 0.7)

    depth = {"v-neck": 132, "polo": 112}.get(style, 104)
    neck = (
        [(CENTRE, depth, 0), (CENTRE + 22, 92)] if style == "v-neck" else [(CENTRE, depth), (CENTRE + 26, depth - 12)]
    )
    back = symmetric((CENTRE, 78), (CENTRE + 36, 70, 0), (CENTRE + 30, 104), (CENTRE, 140))
    studio.paint(studio.mask(back), darker(colour, 0.38), volume=4)
    studio.paint(studio.mask(rounded(CENTRE - 9, 84, CENTRE + 9, 92, 1)), (236, 234, 228), relief=0.2, rim=4)
    body = studio.mask(
        symmetric(
            *neck,
            (CENTRE + 38, 70, 0),
            (right - 16, 87, 0),
            (right - 11, 130),
            (right - 6, 172, 0),
            (right - 10, 270),
            (right - 4, hem - 4, 0),
            (CENTRE + 40, hem + 3),
            (CENTRE, hem + 4)
        )
    )
    folds = combined(
        _drape(studio, CENTRE - chest + 24, right - 24, 150, hem, 8, 27),
        studio.creases(
            [line((right - 10, 176), (right - 44, 214)), line((CENTRE - chest + 10, 176), (CENTRE - chest + 46, 216))],
            4,
            18,
        ),
    )
    studio.paint(body, fabric, folds, studio.slope(8, -10), volume=7, relief=0.3, rim=13, shadow=(1, 3, 4, 0.22))
    if pattern == "printed":
        _print(studio, body, colour)
    for side in (1, -1):
        studio.seam(
            [(CENTRE + side * (x - CENTRE), y) for x, y in line((right - 14, 90), (right - 9, 130), (right - 8, 172))],
            colour,
            0.9,
        )
    studio.stitches(
        line((CENTRE - chest + 8, hem - 10), (CENTRE, hem - 4), (right - 8, hem - 10)), _thread(colour), 2.4, 0.7, 0.7
    )
    if style == "polo":
        collar_colour = trim
        placket = studio.mask(rounded(CENTRE - 9, 102, CENTRE + 9, 172, 2))
        studio.paint(placket, fabric, volume=2, relief=0.5, rim=6, shadow=(1, 1, 2, 0.3))
        for y in (122, 144, 163):
            studio.paint(
                studio.mask(ellipse(CENTRE, y, 3, 3)),
                lighter(colour, 0.6),
                volume=1,
                relief=0.9,
                shadow=(0.6, 0.8, 0.8, 0.4),
            )
        flap = shape((CENTRE + 2, 108, 0), (CENTRE + 38, 64, 0), (CENTRE + 48, 84), (CENTRE + 36, 124, 0))
        for side in (flap, mirrored(flap)):
            studio.paint(studio.mask(side), collar_colour, volume=3, relief=0.6, shadow=(2, 3, 3, 0.4))
    else:
        edge = line(
            (CENTRE - 38, 70),
            *((CENTRE - x + CENTRE, y) for x, y in [(CENTRE + 24, 94 if style == "v-neck" else depth - 11)]),
            (CENTRE, depth, *([0] if style == "v-neck" else [])),
            (CENTRE + 24, 94 if style == "v-neck" else depth - 11),
            (CENTRE + 38, 70)
        )
        studio.paint(
            studio.mask(band(edge, 8)),
            mix(trim, darker(trim), 0.25),
            volume=2,
            relief=0.5,
            rim=6,
            shadow=(0.5, 1.5, 2, 0.3),
        )


def shirt(studio, colour, style, pattern):
    """Styles: formal, casual, short-sleeved."""
    rng = studio.rng
    chest, hem = rng.uniform(76, 86), rng.uniform(404, 430)
    right = CENTRE + chest
    fabric = cloth(pattern, colour, studio)
    tilted = cloth(pattern, colour, studio, angle=0) if pattern == "solid" else fabric
    short = style == "short-sleeved"
    if short:
        sleeve = shape(
            (right - 26, 88, 0),
            (right + 6, 106),
            (right + 34, 170),
            (right + 46, 204, 0),
            (right + 4, 214, 0),
            (right - 10, 172, 0),
        )
        cuffs = [shape((right + 43, 190, 0), (right + 47, 206, 0), (right + 4, 216, 0), (right + 2, 201, 0))]
    else:
        sleeve = shape(
            (right - 26, 88, 0),
            (right + 7, 112),
            (right + 29, 200),
            (right + 44, 350),
            (right + 46, 386, 0),
            (right + 14, 390, 0),
            (right + 6, 290),
            (right - 10, 172, 0),
        )
        cuffs = [shape((right + 46, 364, 0), (right + 48, 396, 0), (right + 12, 400, 0), (right + 12, 368, 0))]
    sleeve_folds = studio.creases(
        [
            line((right - 18, 140), (right + 26, 190)),
            line((right + 4, 230), (right + 34, 250)),
            line((right + 8, 290), (right + 38, 304)),
        ]
        + [mirrored(line((right - 18, 140), (right + 26, 190))), mirrored(line((right + 4, 230), (right + 34, 262)))],
        4,
        18,
    )
    for outline in (sleeve, mirrored(sleeve)):
        studio.paint(studio.mask(outline), tilted, sleeve_folds, volume=6, relief=0.3, rim=14, shadow=GARMENT_SHADOW)
    for cuff in cuffs:
        for outline in (cuff, mirrored(cuff)):
            studio.paint(studio.mask(outline), fabric, volume=3, relief=0.5, rim=8, shadow=(0.5, -1, 1.5, 0.3))
    back = symmetric((CENTRE, 70), (CENTRE + 34, 68, 0), (CENTRE + 20, 110), (CENTRE, 126))
    studio.paint(studio.mask(back), darker(colour, 0.4), volume=4)
    body = studio.mask(
        symmetric(
            (CENTRE, 112, 0),
            (CENTRE + 36, 70, 0),
            (right - 14, 90, 0),
            (right - 8, 130),
            (right - 6, 172, 0),
            (right - 12, 270),
            (right - 6, hem - 34, 0),
            (right - 22, hem - 8),
            (CENTRE + 30, hem),
            (CENTRE, hem),
        )
    )
    folds = combined(
        _drape(studio, CENTRE - chest + 20, right - 20, 150, hem, 8, 28),
        studio.creases(
            [line((right - 10, 178), (right - 48, 220)), line((CENTRE - chest + 10, 178), (CENTRE - chest + 50, 220))],
            4,
            20,
        ),
    )
    studio.paint(body, fabric, folds, studio.slope(8, -10), volume=7, relief=0.3, rim=13, shadow=(1, 3, 4, 0.22))
    for side in (1, -1):
        studio.seam(
            [(CENTRE + side * (x - CENTRE), y) for x, y in line((right - 14, 92), (right - 9, 130), (right - 8, 172))],
            colour,
            0.9,
        )
    studio.paint(
        studio.mask(rounded(CENTRE - 8, 108, CENTRE + 8, hem - 1, 1)),
        fabric,
        studio.slope(4, -8),
        volume=2,
        relief=0.6,
        rim=5,
        shadow=(1.5, 0, 2, 0.3),
    )
    for x in (-6, 6):
        studio.stitches([(CENTRE + x, 112), (CENTRE + x, hem - 4)], _thread(colour), 2.6, 0.6, 0.5)
    button = lighter(colour, 0.7) if luminance(colour) < 150 else rng.choice([(250, 248, 244), (70, 56, 50)])
    for k in range(7):
        y = 128 + k * (hem - 150) / 6.4
        studio.paint(studio.mask(ellipse(CENTRE, y, 3.1, 3.1)), button, volume=1, relief=0.9, shadow=(0.7, 1, 1, 0.5))
        for dx in (-0.9, 0.9):
            studio.paint(studio.mask(ellipse(CENTRE + dx, y, 0.6, 0.6)), darker(button, 0.6), relief=0, rim=0, grain=0)
    pockets = {"formal": [1], "casual": [1, -1], "short-sleeved": [1]}[style]
    for side in pockets:
        x = CENTRE + side * 40
        outline = shape((x - 19, 180, 0), (x + 19, 180, 0), (x + 19, 220, 0), (x, 230, 0), (x - 19, 220, 0))
        studio.paint(studio.mask(outline), fabric, volume=2, relief=0.5, rim=5, shadow=(1, 1.5, 1.5, 0.3))
        studio.stitches([(x - 17, 188), (x + 17, 188)], _thread(colour), 2.4, 0.6, 0.6)
        if style == "casual":
            flap = shape((x - 20, 178, 0), (x + 20, 178, 0), (x + 20, 192, 0), (x, 200, 0), (x - 20, 192, 0))
            studio.paint(studio.mask(flap), fabric, volume=2, relief=0.6, rim=6, shadow=(1, 1.5, 1.5, 0.35))
    collar = shape((CENTRE + 1, 110, 0), (CENTRE + 33, 62, 0), (CENTRE + 48, 80), (CENTRE + 42, 132, 0))
    for outline in (collar, mirrored(collar)):
        studio.paint(studio.mask(outline), fabric, volume=3, relief=0.7, rim=8, shadow=(2, 3, 3, 0.42))


def dress(studio, colour, style, pattern):
    """Styles: flared, shift, maxi, sleeved."""
    rng = studio.rng
    bust, waist_y = rng.uniform(50, 58), rng.uniform(196, 212)
    waist = bust - rng.uniform(8, 15) if style != "shift" else bust - 2
    hem = {"maxi": rng.uniform(448, 458), "shift": rng.uniform(380, 400)}.get(style, rng.uniform(384, 420))
    flare = {"shift": bust + 10, "maxi": rng.uniform(88, 100)}.get(style, rng.uniform(104, 124))
    fabric = cloth(pattern, colour, studio)
    low, strap = rng.choice([(92, 14), (104, 18), (84, 22)])
    top = 40
    if style == "sleeved":
        sleeve = shape(
            (CENTRE + bust - 18, 45, 0),
            (CENTRE + bust + 8, 60),
            (CENTRE + bust + 38, 118),
            (CENTRE + bust + 34, 132, 0),
            (CENTRE + bust + 4, 136, 0),
            (CENTRE + bust - 6, 112, 0),
        )
        for outline in (sleeve, mirrored(sleeve)):
            studio.paint(studio.mask(outline), fabric, volume=6, relief=0.35, rim=14, shadow=GARMENT_SHADOW)
        strap = 24
    shoulder = CENTRE + bust - 14
    back = symmetric((CENTRE, low - 26), (shoulder - strap, top, 0), (shoulder - strap + 2, low), (CENTRE, low + 20))
    studio.paint(studio.mask(back), darker(colour, 0.42), volume=4)
    neck = (
        [(CENTRE, low, 0), (shoulder - strap - 4, low - 28)]
        if rng.random() < 0.4
        else [(CENTRE, low), (shoulder - strap - 10, low - 16)]
    )
    bodice = [
        *neck,
        (shoulder - strap, top, 0),
        (shoulder, top + 4, 0),
        (shoulder - 2, 84),
        (CENTRE + bust, 118, 0),
        (CENTRE + waist + 2, 160),
    ]
    skirt_hem = [(CENTRE + flare * 0.66, hem + 9), (CENTRE + flare * 0.33, hem + 5), (CENTRE, hem + 12)]
    outline = symmetric(
        *bodice,
        (CENTRE + waist, waist_y),
        (CENTRE + waist + (flare - waist) * (0.55 if style != "shift" else 0.5), (waist_y + hem) / 2),
        (CENTRE + flare, hem, 0),
        *skirt_hem
    )
    folds = []
    count = 0 if style == "shift" else rng.randint(7, 10)
    for k in range(count):
        t = (k + 0.5) / count * 2 - 1 + rng.uniform(-0.06, 0.06)
        folds.append(
            line(
                (CENTRE + t * waist * 0.9, waist_y + 6),
                (CENTRE + t * (waist + flare) * 0.47 + rng.uniform(-4, 4), (waist_y + hem) / 2),
                (CENTRE + t * flare * 0.97, hem + 10),
            )
        )
    lights = [studio.slope(6, -8)]
    if folds:
        lights.append(studio.creases(folds, width=6, depth=44, blur=3.6))
    else:
        lights.append(_drape(studio, CENTRE - bust, CENTRE + bust, 150, hem, 8, 28))
    studio.paint(studio.mask(outline), fabric, *lights, volume=7, relief=0.35, rim=16, shadow=GARMENT_SHADOW)
    for side in (1, -1):
        dart = line((CENTRE + side * bust * 0.52, 136), (CENTRE + side * waist * 0.5, waist_y))
        studio.stroke(dart, darker(colour, 0.5), 0.9, 0.4)
    if style != "shift" and rng.random() < 0.7:
        belt = line((CENTRE - waist - 1, waist_y), (CENTRE, waist_y + 5), (CENTRE + waist + 1, waist_y))
        sash = contrast(colour, rng) if rng.random() < 0.5 else darker(colour, 0.25)
        studio.paint(studio.mask(band(belt, 11)), sash, volume=3, relief=0.6, shadow=(0, 2, 2, 0.3))
    else:
        studio.seam(line((CENTRE - waist, waist_y), (CENTRE, waist_y + 4), (CENTRE + waist, waist_y)), colour, 0.9)
    studio.stitches(
        line(
            *[(2 * CENTRE - x, y - 5) for x, y in [(CENTRE + flare, hem), *skirt_hem]],
            *[(x, y - 5) for x, y in reversed([(CENTRE + flare, hem), *skirt_hem[:-1]])]
        ),
        _thread(colour),
        2.4,
        0.6,
        0.5,
    )
