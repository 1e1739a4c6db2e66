"""Outlines in a frame of 360 x 480 units: splines through points, mirrored halves, points along a line."""

import math

WIDTH, HEIGHT = 360, 480
CENTRE = WIDTH / 2


def _catmull_rom(points, steps=14):
    """The points of a centripetal-looking Catmull-Rom spline through all `points`, both ends included."""
    if len(points) < 3:
        return list(points)
    padded = [points[0], *points, points[-1]]
    result = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:]):
        for step in range(steps):
            t = step / steps
            result.append(
                tuple(
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                    for a, b, c, d in zip(p0, p1, p2, p3)
                )
            )
    return result + [points[-1]]


def line(*points):
    """An open smooth line. A point given as (x, y, 0) is a corner."""
    runs, run = [], []
    for point in points:
        run.append(tuple(point[:2]))
        if len(point) == 3 and len(run) > 1:
            runs.append(run)
            run = [tuple(point[:2])]
    if len(run) > 1:
        runs.append(run)
    return [p for run in runs for p in _catmull_rom(run)]


def shape(*points):
    """A closed smooth outline. A point given as (x, y, 0) is a corner; the first point should be one."""
    first = (*points[0][:2], 0)
    return line(first, *points[1:], first)


def symmetric(*right, centre=CENTRE):
    """A closed outline from its right half, listed from the top centre to the bottom centre."""
    left = [(2 * centre - p[0], *p[1:]) for p in reversed(right) if abs(p[0] - centre) > 0.01]
    points = [*right, *left]
    start = next((i for i, p in enumerate(points) if len(p) == 3), 0)
    return shape(*points[start:], *points[:start])


def mirrored(points, centre=CENTRE):
    """The same points on the other side of the vertical axis."""
    return [(2 * centre - p[0], *p[1:]) for p in points]


def ellipse(x, y, rx, ry, start=0.0, end=360.0, steps=72):
    """Points of an ellipse or of an arc of one, in degrees clockwise from the right."""
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def rounded(x0, y0, x1, y1, r):
    """A rectangle with round corners."""
    return [
        *ellipse(x1 - r, y0 + r, r, r, -90, 0, 12),
        *ellipse(x1 - r, y1 - r, r, r, 0, 90, 12),
        *ellipse(x0 + r, y1 - r, r, r, 90, 180, 12),
        *ellipse(x0 + r, y0 + r, r, r, 180, 270, 12),
    ]


def band(points, width, end_width=None):
    """The outline of a ribbon of that width along an open line."""
    end_width = width if end_width is None else end_width
    left, right = [], []
    for i, (x, y) in enumerate(points):
        x0, y0 = points[max(i - 1, 0)]
        x1, y1 = points[min(i + 1, len(points) - 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        half = (width + (end_width - width) * i / max(len(points) - 1, 1)) / 2
        nx, ny = -(y1 - y0) / length * half, (x1 - x0) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


def along(points, spacing):
    """Points at equal distances along a line."""
    result, rest = [points[0]], spacing
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        length = math.hypot(x1 - x0, y1 - y0)
        position = rest
        while position <= length and length > 0:
            t = position / length
            result.append((x0 + (x1 - x0) * t, y0 + (y1 - y0) * t))
            position += spacing
        rest = position - length
    return result


def between(a, b, t):
    """The point at fraction `t` of the way from `a` to `b`."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
