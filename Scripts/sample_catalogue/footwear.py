"""Casual shoes, heels and flip flops."""

from PIL import ImageChops

from .fabric import cloth, contrast, leather
from .geometry import CENTRE, band, between, ellipse, line, rounded, shape
from .studio import combined, darker, lighter, luminance, mix


def casual_shoe(studio, colour, style, pattern):
    """Styles: sneaker, high-top, slip-on, trainer: seen from the side, toe to the left."""
    rng = studio.rng
    upper = leather(colour, studio, 5) if rng.random() < 0.5 else cloth("solid", colour, studio)
    if pattern != "solid":
        upper = cloth(pattern, colour, studio)
    trim = contrast(colour, rng) if rng.random() < 0.5 else darker(colour, 0.35)
    rubber = rng.choice([(244, 243, 238), (244, 243, 238), (226, 214, 190), (54, 52, 54)])
    thread = lighter(colour, 0.45) if luminance(colour) < 140 else darker(colour, 0.35)
    laces = (246, 245, 240) if luminance(colour) < 190 else mix(trim, (60, 60, 66), 0.5)
    studio.shadow(studio.mask(ellipse(CENTRE + 4, 340, 152, 11)), 2, 5, 8, 0.5)
    top = 132 if style == "high-top" else 196
    collar_back, collar_front = (304, top + 2), (236, top + (4 if style == "high-top" else 16))
    body = shape(
        (32, 322, 0),
        (30, 296),
        (44, 274),
        (84, 256),
        (130, 240),
        (176, 214 if style != "slip-on" else 210),
        (collar_front[0] - 24, collar_front[1] + (44 if style == "high-top" else 10)),
        (*collar_front, 0),
        (262, top + 12),
        (288, top + 8),
        (*collar_back, 0),
        (316, top + 22),
        (314, 260),
        (324, 296),
        (326, 322, 0),
    )
    mask = studio.mask(body)
    lining = shape(
        (collar_front[0] - 4, collar_front[1] + 4, 0),
        (256, top - 5),
        (290, top - 10),
        (308, top + 2, 0),
        (286, top + 16),
        (256, top + 18),
    )
    studio.paint(studio.mask(lining), darker(mix(trim, (120, 116, 112), 0.5), 0.3), volume=3, relief=0.4)
    bend = studio.creases(
        [line((112, 252), (124, 276), (120, 300)), line((136, 246), (148, 270), (146, 296))], 4, 13, 3
    )
    studio.paint(mask, upper, bend, studio.slope(12, -18), volume=13, relief=0.7, rim=26, shadow=(3, 5, 7, 0.3))

    def inside(outline, texture, **options):
        part = ImageChops.multiply(studio.mask(outline), mask)
        studio.paint(
            part,
            texture,
            studio.relief(mask, 13, 0.5),
            studio.rim(mask, 14, 20),
            **{"volume": 2, "relief": 0.5, "rim": 5, "shadow": (0.6, 1, 1.4, 0.3), **options}
        )
        studio.stitches(outline, thread, 3, 0.7, 0.0)

    if style in ("sneaker", "high-top"):
        toe = shape((20, 330, 0), (24, 290), (46, 268), (80, 256, 0), (96, 284), (92, 330, 0))
        inside(toe, rubber if rng.random() < 0.6 else upper)
        studio.stitches(line((80, 258), (96, 286), (92, 320)), thread, 3, 0.8, 0.7)
        heel = shape((330, 330, 0), (330, 240), (316, top + 16, 0), (296, top + 20), (286, 262), (272, 330, 0))
        inside(heel, trim)
        studio.stitches(line((294, top + 24), (284, 262), (270, 322)), thread, 3, 0.8, 0.7)
    if style == "trainer":
        for k in range(2):
            x = 176 + k * 52
            inside(shape((x, 330, 0), (x + 34, 226, 0), (x + 48, 226, 0), (x + 16, 330, 0)), trim)
        inside(shape((20, 330, 0), (26, 292), (60, 282), (96, 300), (120, 330, 0)), trim)
        inside(shape((330, 330, 0), (330, 250), (300, 240, 0), (290, 280), (262, 330, 0)), trim)
    elif style == "sneaker" and rng.random() < 0.6:
        inside(shape((176, 330, 0), (196, 288), (222, 264, 0), (250, 262, 0), (262, 296), (264, 330, 0)), trim)
    if style == "slip-on":
        gusset = shape((200, 200, 0), (240, 210), (256, 250, 0), (232, 262), (206, 240))
        inside(gusset, darker(colour, 0.6))
        for k in range(5):
            studio.stroke(line((206 + k * 9, 208 + k * 3), (212 + k * 9, 240 + k * 4)), lighter(colour, 0.2), 0.8, 0.4)
        studio.seam(line((60, 268), (120, 266), (180, 236), (204, 208)), colour, 1.1)
        studio.stitches(line((64, 273), (122, 271), (182, 242), (206, 214)), thread, 3, 0.8, 0.7)
    else:
        count = 8 if style == "high-top" else 6
        start, end = (122, 252), (collar_front[0] - (10 if style == "high-top" else 12), collar_front[1] + 10)
        front_line = line(
            start, (176, 220), (collar_front[0] - 22, collar_front[1] + (46 if style == "high-top" else 12)), end
        )
        stay = [(x + 16, y + 22) for x, y in front_line]
        facing = [*front_line, *stay[::-1]]
        inside(facing, mix(colour, trim, 0.35) if rng.random() < 0.5 else upper)
        studio.stitches(stay, thread, 3, 0.8, 0.6)
        for k in range(count):
            t = (k + 0.5) / count
            i = min(int(t * (len(front_line) - 1)), len(front_line) - 2)
            x, y = front_line[i]
            eye = (x + 11, y + 16)
            studio.paint(
                studio.mask(ellipse(*eye, 2.6, 2.6)), darker(colour, 0.7), volume=1, relief=0.6, rim=0, grain=0
            )
            lace = line((eye[0], eye[1]), (x + 1, y + 3), (x - 9, y - 3))
            studio.paint(
                studio.mask(band(lace, 5.4)), laces, volume=1.4, relief=0.8, rim=8, shadow=(0.8, 1.6, 1.4, 0.4)
            )
        x, y = end
        for bow in (
            line((x, y), (x - 20, y - 12), (x - 26, y + 4), (x - 2, y + 4)),
            line((x, y + 2), (x - 8, y + 22), (x - 16, y + 30)),
        ):
            studio.paint(studio.mask(band(bow, 4)), laces, volume=1.2, relief=0.8, rim=8, shadow=(0.8, 1.6, 1.4, 0.4))
    studio.paint(
        studio.mask(band(line((*collar_front,), (262, top + 12), (288, top + 8), collar_back), 6)),
        darker(colour, 0.15),
        volume=2,
        relief=0.8,
    )
    thick = 28 if style == "trainer" else 20
    sole = shape(
        (26, 312, 0),
        (60, 318),
        (180, 316),
        (330, 310, 0),
        (336, 326),
        (328, 316 + thick, 0),
        (180, 318 + thick),
        (60, 318 + thick),
        (28, 312 + thick * 0.9),
    )
    studio.paint(studio.mask(sole), rubber, studio.slope(4, -10), volume=4, relief=0.6, rim=14, shadow=(0, -2, 2, 0.35))
    stripe = line((28, 319), (60, 324), (180, 322), (332, 317))
    studio.stroke(stripe, trim if luminance(rubber) > 100 else lighter(rubber, 0.5), 1.6, 0.8)
    if style == "trainer":
        studio.stroke(line((30, 332), (110, 336), (200, 328), (330, 330)), trim, 4, 0.8)


def heel(studio, colour, style, pattern):
    """Styles: stiletto, block, ankle-strap: seen from the side, toe to the left."""
    rng = studio.rng
    hide = leather(colour, studio, 3)
    block = style == "block"
    studio.shadow(studio.mask(ellipse(104, 366, 82, 8)), 2, 3, 7, 0.45)
    studio.shadow(studio.mask(ellipse(304, 372, 24 if block else 14, 6)), 2, 2, 6, 0.45)
    rise = 212 if block else 186
    thin = shape(
        (268, rise + 58, 0),
        (330, rise + 40, 0),
        (322, 310),
        (324 if block else 310, 370, 0),
        (282 if block else 299, 370, 0),
        (280 if block else 296, 320),
    )
    studio.paint(
        studio.mask(thin), leather(darker(colour, 0.12), studio, 3), volume=5, relief=0.8, rim=22, shadow=(3, 4, 5, 0.3)
    )
    inner = shape(
        (120, 306, 0), (190, 290), (250, rise + 20), (322, rise - 4, 0), (326, rise + 30, 0), (220, 320), (130, 340, 0)
    )
    studio.paint(studio.mask(inner), darker(mix(colour, (196, 150, 110), 0.6), 0.15), volume=4, relief=0.4)
    body = shape(
        (24, 362, 0),
        (34, 340),
        (74, 312),
        (124, 296, 0),
        (150, 318),
        (204, 312),
        (262, rise + 36),
        (322, rise - 6, 0),
        (336, rise + 20),
        (332, rise + 52, 0),
        (276, rise + 72),
        (220, 330),
        (160, 364),
        (100, 370, 0),
    )
    mask = studio.mask(body)
    studio.paint(mask, hide, studio.slope(10, -16), volume=9, relief=0.8, rim=24, shadow=(3, 5, 6, 0.35))
    studio.gleam(mask, shape((52, 340, 0), (84, 318), (116, 308, 0), (96, 326), (66, 344)), 4, 0.5)
    studio.gleam(mask, shape((312, rise + 6, 0), (322, rise + 4), (322, rise + 40, 0), (314, rise + 40)), 3, 0.4)
    sole = line((24, 364), (100, 372), (162, 366), (222, 333), (278, rise + 74))
    studio.stroke(sole, darker(colour, 0.7), 3.2, 0.9)
    if style == "ankle-strap":
        x, y = 274, rise - 34
        ring = studio.mask(ellipse(x, y, 55, 19), holes=[ellipse(x, y - 3, 50, 12)])
        studio.paint(ring, hide, volume=2.2, relief=0.8, rim=8, shadow=(1, 3, 3, 0.22))
        back = shape((314, rise - 36, 0), (331, rise - 38, 0), (336, rise), (326, rise + 22, 0), (312, rise + 8))
        studio.paint(studio.mask(back), hide, volume=3, relief=0.7, rim=10)
        buckle = studio.mask(rounded(x - 14, y + 9, x + 3, y + 23, 3), holes=[rounded(x - 11, y + 12, x, y + 20, 2)])
        studio.paint(
            buckle, rng.choice([(206, 170, 98), (182, 186, 192)]), volume=1.4, relief=0.9, shadow=(1, 1.5, 1.5, 0.4)
        )
    elif pattern == "bow" or rng.random() < 0.4:
        for s in (-1, 1):
            wing = shape((116, 306, 0), (116 + s * 22, 290), (116 + s * 26, 312), (116 + s * 20, 324))
            studio.paint(studio.mask(wing), hide, volume=3, relief=0.9, shadow=(1, 3, 3, 0.4))
        studio.paint(
            studio.mask(ellipse(116, 307, 6, 8)), darker(colour, 0.15), volume=2, relief=0.9, shadow=(1, 2, 2, 0.4)
        )


def flip_flops(studio, colour, style, pattern):
    """Styles: beach, comfort: a pair seen from above."""
    rng = studio.rng
    strap = contrast(colour, rng) if rng.random() < 0.6 else darker(colour, 0.45)
    label = rng.random() < 0.5
    texture = colour if pattern == "solid" else cloth(pattern, colour, studio)
    for s in (-1, 1):

        def at(points, s=s):
            return [(CENTRE + s * (x - CENTRE), y + s * 6) for x, y in points]

        outline = at(
            shape(
                (CENTRE + 60, 60, 0),
                (CENTRE + 30, 78),
                (CENTRE + 16, 130),
                (CENTRE + 24, 200),
                (CENTRE + 34, 270),
                (CENTRE + 28, 350),
                (CENTRE + 40, 408),
                (CENTRE + 72, 422),
                (CENTRE + 102, 404),
                (CENTRE + 112, 346),
                (CENTRE + 110, 270),
                (CENTRE + 122, 190),
                (CENTRE + 116, 112),
                (CENTRE + 94, 68),
            )
        )
        mask = studio.mask(outline)
        edge = [(x, y + 6) for x, y in outline]
        studio.paint(studio.mask(edge), darker(strap, 0.2), volume=4, relief=0.6, shadow=(4, 6, 7, 0.34))
        studio.paint(mask, texture, studio.mottle(2.4, 8), studio.slope(6, -8), volume=8, relief=0.5, rim=18)
        inner_cx, inner_cy = CENTRE + s * 68, 240 + s * 6
        foot = [(inner_cx + (x - inner_cx) * 0.86, inner_cy + (y - inner_cy) * 0.94) for x, y in outline]
        studio.stroke(foot, darker(colour, 0.5), 1.1, 0.45)
        dents = [at(ellipse(CENTRE + 72, 366, 22, 28)), at(ellipse(CENTRE + 68, 150, 30, 34))]
        light = combined(*(studio.strokes([d], 6, -9, 8) for d in dents))
        studio.paint(
            ImageChops.multiply(mask, studio.mask(*dents)).point(lambda v: v // 3), texture, light, relief=0, rim=0
        )
        post = at([(CENTRE + 62, 128)])[0]
        for end in ((CENTRE + 26, 236), (CENTRE + 112, 232)):
            e = at([end])[0]
            curve = line(
                post, (between(post, e, 0.5)[0] + (6 if e[0] > post[0] else -6), between(post, e, 0.5)[1] - 12), e
            )
            wide = 13 if style == "beach" else 22
            studio.paint(
                studio.mask(band(curve, wide * 0.75, wide)), strap, volume=4, relief=0.9, rim=16, shadow=(2, 6, 5, 0.45)
            )
            if style == "comfort":
                studio.stitches(curve, lighter(strap, 0.4), 3, 0.8, 0.7)
        studio.paint(
            studio.mask(ellipse(*post, 8, 8)), darker(strap, 0.1), volume=2.5, relief=0.9, shadow=(1, 3, 3, 0.45)
        )
        if label:
            studio.paint(
                studio.mask(rounded(inner_cx - 14, 352, inner_cx + 14, 364, 2)),
                mix(colour, strap, 0.5),
                volume=1,
                relief=-0.4,
                rim=4,
            )
