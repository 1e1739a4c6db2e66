"""The picture of how the index grows, as SVG that reads well on light and on dark pages."""
import math
from xml.sax.saxutils import escape

from harness.formatting import threads

WIDTH, HEIGHT = 860, 560
#: Of a panel: its place in the picture and the margins around its lines.
PANEL_WIDTH, PANEL_HEIGHT = WIDTH / 2, HEIGHT / 2
LEFT, RIGHT, TOP, BOTTOM = 62, 18, 44, 36
#: Of middle brightness, since a page may be light or dark behind them.
TEXT, GRID = "#7d8590", "#7d8590"
COLOURS = ["#3b82f6", "#f0803c", "#22a06b"]


def write(scaling, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(drawn(scaling))


def drawn(scaling):
    """Four panels: latency, build, bytes and opening, by the number of products."""
    counts = [contest["count"] for contest in scaling]

    def line(name, value):
        return [(contest["count"], value(contest["contestants"][name], contest)) for contest in scaling]

    def in_memory(result, contest):
        return (result["memory_bytes"] + result["mapped_bytes"]) / contest["count"]

    panels = [
        ("One search, one thread, median (ms)", {
            "exact": line("ours, exact", lambda result, _: result["p50"] * 1000),
            "99 % found": line("ours, tuned", lambda result, _: result["p50"] * 1000),
        }),
        (f"Build, {threads(scaling[0]['threads'])} (s)", {
            "": line("ours, exact", lambda result, _: result["build_seconds"]),
        }),
        ("Bytes a product", {
            "file": line("ours, exact", lambda result, contest: result["file_bytes"] / contest["count"]),
            "vectors alone": [(count, 4.0 * scaling[0]["dimension"]) for count in counts],
            "in memory": line("ours, exact", in_memory),
        }),
        ("Open (ms)", {
            "": line("ours, exact", lambda result, _: result["open_seconds"] * 1000),
        }),
    ]
    body = []
    for number, (title, lines) in enumerate(panels):
        body += Panel(title, lines, counts, number % 2 * PANEL_WIDTH, number // 2 * PANEL_HEIGHT).drawn()
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="{TEXT}">',
        f"<title>How the index grows, vectors of {scaling[0]['dimension']} numbers</title>",
        *body,
        "</svg>",
        "",
    ])


class Panel:
    """Lines over logarithmic axes."""

    def __init__(self, title, lines, counts, left, top):
        self.title, self.lines = title, lines
        values = [value for line in lines.values() for _, value in line]
        self.columns = (min(counts), max(counts))
        self.decades = (math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))))
        self.box = (left + LEFT, top + TOP, left + PANEL_WIDTH - RIGHT, top + PANEL_HEIGHT - BOTTOM)
        self.counts = counts

    def x(self, count):
        left, _, right, _ = self.box
        low, high = map(math.log10, self.columns)
        return left + (right - left) * (math.log10(count) - low) / ((high - low) or 1)

    def y(self, value):
        _, top, _, bottom = self.box
        low, high = self.decades
        return bottom - (bottom - top) * (math.log10(value) - low) / ((high - low) or 1)

    def drawn(self):
        left, top, right, bottom = self.box
        parts = [text(left - LEFT + 12, top - 24, self.title, weight="600", size=13)]
        for decade in range(self.decades[0], self.decades[1] + 1):
            y = self.y(10.0**decade)
            parts.append(stroke(left, y, right, y))
            parts.append(text(left - 8, y + 4, short(10.0**decade), anchor="end"))
        for count in self.counts:
            parts.append(text(self.x(count), bottom + 18, short(count), anchor="middle"))
        for colour, (name, line) in zip(COLOURS, self.lines.items()):
            points = " ".join(f"{self.x(count):.1f},{self.y(value):.1f}" for count, value in line)
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
            for count, value in line:
                parts.append(f'<circle cx="{self.x(count):.1f}" cy="{self.y(value):.1f}" r="3" fill="{colour}"/>')
        return parts + self.legend()

    def legend(self):
        """The names of the lines beside each other above them."""
        parts, x = [], self.box[0]
        for colour, name in zip(COLOURS, self.lines):
            if name:
                y = self.box[1] - 10
                parts.append(f'<circle cx="{x + 4:.1f}" cy="{y - 4:.1f}" r="4" fill="{colour}"/>')
                parts.append(text(x + 13, y, name))
                x += 30 + 7 * len(name)
        return parts


def stroke(x1, y1, x2, y2):
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{GRID}" stroke-opacity="0.3"/>'
    )


def text(x, y, words, anchor="start", weight="400", size=12):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" font-size="{size}">'
        f"{escape(words)}</text>"
    )


def short(number):
    """Thousands as k and millions as M."""
    for limit, ending in [(1_000_000, " M"), (1_000, " k")]:
        if number >= limit:
            return f"{number / limit:g}{ending}"
    return f"{number:g}"
