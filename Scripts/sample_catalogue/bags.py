"""Handbags and backpacks."""

from PIL import ImageChops

from .fabric import cloth, contrast, leather, metal
from .geometry import CENTRE, along, band, ellipse, line, rounded, shape, symmetric
from .studio import darker, lighter, luminance, mix

GOLD, STEEL = (204, 168, 96), (176, 180, 186)


def _fitting(studio, outline, colour, holes=()):
    studio.paint(
        studio.mask(outline, holes=holes),
        metal(colour, 20, 9),
        volume=1.6,
        relief=0.9,
        rim=10,
        grain=0,
        shadow=(1, 1.5, 1.5, 0.45),
    )


def handbag(studio, colour, style, pattern):
    """Styles: tote, satchel, hobo, clutch."""
    rng = studio.rng
    hide = leather(colour, studio) if pattern == "solid" else cloth(pattern, colour, studio)
    trim = darker(colour, 0.35) if pattern == "solid" and rng.random() < 0.6 else mix((112, 70, 44), colour, 0.2)
    thread = lighter(trim, 0.45)
    fitting = rng.choice([GOLD, STEEL])
    ground = studio.mask(ellipse(CENTRE, 408, 128, 10))
    studio.shadow(ground, 2, 2, 8, 0.4)
    if style == "hobo":
        strap = line((92, 232), (110, 120), (180, 66), (250, 120), (268, 232))
        studio.paint(studio.mask(band(strap, 17)), leather(trim, studio), volume=4, relief=0.7, shadow=(4, 5, 6, 0.3))
        studio.stitches(strap, thread, 3, 0.7, 0.6)
        body = shape(
            (86, 224, 0),
            (130, 250),
            (180, 258),
            (230, 250),
            (274, 224, 0),
            (304, 310),
            (282, 388),
            (180, 410),
            (78, 388),
            (56, 310),
        )
        folds = studio.creases(
            [
                line((110, 256), (96, 330), (104, 380)),
                line((250, 256), (262, 330), (250, 380)),
                line((170, 270), (164, 350)),
                line((206, 268), (216, 340)),
            ],
            6,
            24,
            5,
        )
        studio.paint(
            studio.mask(body), hide, folds, studio.slope(8, -14), volume=14, relief=0.6, rim=26, shadow=(4, 6, 8, 0.3)
        )
        edge = line((88, 228), (130, 252), (180, 260), (230, 252), (272, 228))
        studio.paint(studio.mask(band(edge, 9)), leather(trim, studio), volume=2, relief=0.7, shadow=(0, 2, 2, 0.35))
        for x in (90, 270):
            _fitting(studio, ellipse(x, 226, 10, 10), fitting, holes=[ellipse(x, 226, 6, 6)])
        return
    if style == "clutch":
        chain = line((84, 252), (96, 150), (180, 96), (264, 150), (276, 252))
        for x, y in along(chain, 7.5):
            _fitting(studio, ellipse(x, y, 5, 5), fitting, holes=[ellipse(x, y, 2.4, 2.4)])
        body = rounded(62, 246, 298, 400, 10)
        studio.paint(studio.mask(body), hide, studio.slope(8, -16), volume=9, relief=0.7, rim=22, shadow=(4, 6, 8, 0.3))
        flap = shape(
            (62, 252, 0),
            (72, 244),
            (288, 244),
            (298, 252, 0),
            (298, 290, 0),
            (250, 330),
            (CENTRE, 346),
            (110, 330),
            (62, 290, 0),
        )
        studio.paint(studio.mask(flap), hide, studio.slope(8, -10), volume=6, relief=0.7, rim=14, shadow=(0, 4, 4, 0.4))
        studio.stitches(line((66, 288), (112, 325), (CENTRE, 340), (248, 325), (294, 288)), thread, 3, 0.7, 0.6)
        _fitting(studio, rounded(168, 326, 192, 344, 4), fitting)
        return
    wide, top, inset = (116, 196, 24) if style == "tote" else (122, 224, 10)
    reach = rng.uniform(64, 84) if style == "tote" else rng.uniform(120, 140)
    for shade, lift in ((darker(trim, 0.35), -8), (trim, 0)):
        handle = line(
            (CENTRE - 52, top + 26 + lift),
            (CENTRE - 50, reach + 60 + lift),
            (CENTRE - 26, reach + lift),
            (CENTRE + 26, reach + lift),
            (CENTRE + 50, reach + 60 + lift),
            (CENTRE + 52, top + 26 + lift),
        )
        studio.paint(
            studio.mask(band(handle, 10)), leather(shade, studio), volume=3, relief=0.8, shadow=(3, 4, 5, 0.25)
        )
        if lift == 0:
            body = symmetric(
                (CENTRE, top - 1),
                (CENTRE + wide - inset, top, 0),
                (CENTRE + wide - 4, 300),
                (CENTRE + wide, 392),
                (CENTRE + wide - 14, 408),
                (CENTRE, 410),
            )
            folds = studio.creases([line((90, top + 20), (82, 380)), line((272, top + 20), (276, 380))], 8, 18, 6)
            studio.paint(
                studio.mask(body),
                hide,
                folds,
                studio.slope(10, -16),
                volume=11,
                relief=0.6,
                rim=22,
                shadow=(4, 6, 8, 0.3),
            )
            studio.paint(studio.mask(band(handle[: len(handle) // 6], 10)), leather(trim, studio), volume=3, relief=0.8)
            studio.paint(
                studio.mask(band(handle[-(len(handle) // 6) :], 10)), leather(trim, studio), volume=3, relief=0.8
            )
    edge = symmetric(
        (CENTRE, top - 1), (CENTRE + wide - inset, top, 0), (CENTRE + wide - inset + 2, top + 14, 0), (CENTRE, top + 14)
    )
    studio.paint(studio.mask(edge), leather(trim, studio), volume=2, relief=0.6, rim=6, shadow=(0, 2, 2, 0.3))
    if style == "tote":
        for s in (-52, 52):
            x = CENTRE + s
            tab = shape(
                (x - 9, top + 6, 0), (x + 9, top + 6, 0), (x + 9, top + 40, 0), (x, top + 50, 0), (x - 9, top + 40, 0)
            )
            studio.paint(studio.mask(tab), leather(trim, studio), volume=2, relief=0.7, shadow=(1, 2, 2, 0.4))
            studio.stitches(tab, thread, 2.6, 0.7, 0.7)
            _fitting(studio, ellipse(x, top + 34, 3, 3), fitting)
        if rng.random() < 0.5:
            base = ImageChops.multiply(studio.mask(rounded(40, 358, 320, 430, 4)), studio.mask(body))
            studio.paint(
                base, leather(trim, studio), studio.rim(studio.mask(body), 12, 20), volume=2, relief=0.3, rim=4
            )
            studio.stitches([(CENTRE - wide + 2, 362), (CENTRE + wide - 2, 362)], thread, 3, 0.8, 0.7)
    else:
        flap = shape(
            (CENTRE - wide + 8, top + 2, 0),
            (CENTRE, top - 4),
            (CENTRE + wide - 8, top + 2, 0),
            (CENTRE + wide - 4, top + 62),
            (CENTRE + wide - 24, top + 88),
            (CENTRE, top + 94),
            (CENTRE - wide + 24, top + 88),
            (CENTRE - wide + 4, top + 62),
        )
        studio.paint(studio.mask(flap), hide, studio.slope(8, -8), volume=6, relief=0.7, rim=14, shadow=(0, 4, 4, 0.42))
        studio.stitches(flap, thread, 3, 0.7, 0.6)
        for s in (-56, 56):
            studio.paint(
                studio.mask(rounded(CENTRE + s - 8, top + 40, CENTRE + s + 8, top + 118, 4)),
                leather(trim, studio),
                volume=2,
                relief=0.7,
                shadow=(1, 2, 2, 0.4),
            )
            _fitting(
                studio,
                rounded(CENTRE + s - 12, top + 84, CENTRE + s + 12, top + 102, 2),
                fitting,
                holes=[rounded(CENTRE + s - 8, top + 88, CENTRE + s + 8, top + 98, 1)],
            )


def backpack(studio, colour, style, pattern):
    """Styles: daypack, rolltop, laptop."""
    rng = studio.rng
    fabric = cloth(pattern, colour, studio)
    trim = contrast(colour, rng) if rng.random() < 0.35 else darker(colour, 0.4)
    second = mix(trim, colour, 0.55) if rng.random() < 0.5 else colour
    pocket_fabric = fabric if second == colour else cloth("solid", second, studio)
    zip_colour = darker(colour, 0.7) if luminance(colour) > 70 else lighter(colour, 0.35)
    studio.shadow(studio.mask(ellipse(CENTRE, 428, 108, 9)), 2, 2, 8, 0.4)
    for s in (1, -1):
        strap = [(CENTRE + s * (x - CENTRE), y) for x, y in line((226, 86), (292, 150), (306, 260), (286, 370))]
        studio.paint(
            studio.mask(band(strap, 24, 14)), darker(colour, 0.25), volume=5, relief=0.6, shadow=(3, 4, 5, 0.3)
        )
    loop = line((158, 76), (160, 46), (200, 46), (202, 76))
    studio.paint(studio.mask(band(loop, 9)), trim, volume=2.4, relief=0.8, shadow=(2, 3, 3, 0.3))
    wide = rng.uniform(92, 104)
    if style == "rolltop":
        body = symmetric(
            (CENTRE, 90),
            (CENTRE + wide - 16, 92, 0),
            (CENTRE + wide, 180),
            (CENTRE + wide + 4, 400),
            (CENTRE + wide - 14, 424),
            (CENTRE, 427),
        )
    else:
        body = symmetric(
            (CENTRE, 66),
            (CENTRE + wide * 0.62, 80),
            (CENTRE + wide * 0.96, 150),
            (CENTRE + wide + 4, 270),
            (CENTRE + wide, 398),
            (CENTRE + wide - 20, 424),
            (CENTRE, 427),
        )
    for s in (1, -1):
        net = [
            (CENTRE + s * (x - CENTRE), y)
            for x, y in shape(
                (CENTRE + wide - 12, 300, 0),
                (CENTRE + wide + 18, 306),
                (CENTRE + wide + 20, 400),
                (CENTRE + wide - 10, 420, 0),
            )
        ]
        studio.paint(studio.mask(net), darker(colour, 0.35), volume=5, relief=0.6, shadow=(3, 4, 5, 0.3))
    mask = studio.mask(body)
    folds = studio.creases(
        [line((100, 170), (96, 250)), line((262, 190), (266, 260)), line((150, 110), (140, 150))], 7, 16, 5
    )
    studio.paint(mask, fabric, folds, studio.slope(10, -14), volume=16, relief=0.65, rim=28, shadow=(4, 6, 9, 0.32))
    if style == "rolltop":
        roll = rounded(CENTRE - wide + 10, 76, CENTRE + wide - 10, 112, 12)
        studio.paint(studio.mask(roll), fabric, volume=7, relief=0.9, rim=20, shadow=(0, 4, 4, 0.4))
        for x in (-44, 44):
            studio.paint(
                studio.mask(rounded(CENTRE + x - 7, 74, CENTRE + x + 7, 230, 3)),
                trim,
                volume=2,
                relief=0.7,
                shadow=(1, 2, 2, 0.4),
            )
            _fitting(studio, rounded(CENTRE + x - 11, 150, CENTRE + x + 11, 170, 3), STEEL)
        pocket = rounded(CENTRE - wide + 22, 262, CENTRE + wide - 22, 404, 12)
    else:
        arch = line(
            (CENTRE - wide + 10, 250),
            (CENTRE - wide * 0.84, 150),
            (CENTRE - wide * 0.5, 98),
            (CENTRE, 84),
            (CENTRE + wide * 0.5, 98),
            (CENTRE + wide * 0.84, 150),
            (CENTRE + wide - 10, 250),
        )
        studio.stroke(arch, darker(colour, 0.5), 4, 0.55)
        studio.stitches(arch, zip_colour, 2.2, 2.0, 0.9)
        _fitting(studio, rounded(arch[10][0] - 3, arch[10][1] - 4, arch[10][0] + 3, arch[10][1] + 12, 2), STEEL)
        top = 262 if style == "daypack" else 220
        pocket = symmetric(
            (CENTRE, top),
            (CENTRE + wide - 26, top + 4),
            (CENTRE + wide - 14, top + 30),
            (CENTRE + wide - 12, 390),
            (CENTRE + wide - 28, 410),
            (CENTRE, 412),
        )
    studio.paint(
        studio.mask(pocket), pocket_fabric, studio.slope(8, -10), volume=10, relief=0.7, rim=20, shadow=(1, 3, 5, 0.38)
    )
    y = min(p[1] for p in pocket) + 22
    studio.stroke([(CENTRE - wide + 26, y), (CENTRE + wide - 26, y)], darker(second, 0.5), 4, 0.55)
    studio.stitches([(CENTRE - wide + 26, y), (CENTRE + wide - 26, y)], zip_colour, 2.2, 2.0, 0.9)
    _fitting(studio, rounded(CENTRE + wide - 44, y - 2, CENTRE + wide - 38, y + 14, 2), STEEL)
    if style == "laptop":
        studio.stroke([(CENTRE - wide + 20, 318), (CENTRE + wide - 20, 318)], darker(second, 0.5), 3, 0.5)
        studio.stitches([(CENTRE - wide + 20, 318), (CENTRE + wide - 20, 318)], zip_colour, 2.2, 1.8, 0.8)
    badge = rounded(CENTRE - 17, y + 34, CENTRE + 17, y + 56, 3)
    studio.paint(
        studio.mask(badge),
        leather(rng.choice([(118, 74, 46), (40, 40, 44), (232, 228, 220)]), studio),
        volume=1.6,
        relief=0.7,
        shadow=(0.6, 1, 1, 0.4),
    )
