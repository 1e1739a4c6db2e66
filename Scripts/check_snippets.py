#!/usr/bin/env python3
"""Checks that README and articles show each snippet as it is compiled; with --write, brings them up to date.

A page shows `Snippets/Name.swift` between `<!-- snippet: Name -->` and `<!-- end snippet -->`: what stands there between
`// snippet.show` and `// snippet.hide`. `Name.slice` shows what stands between `// snippet.slice` and `// snippet.end`.
`Target/Name.slice` is in the sources of that target of an example package.
"""
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[1]
SNIPPETS = ROOT / "Snippets"
SNIPPET = r"<!-- snippet: ([\w./]+) -->"
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("Sources/*/*.docc/*.md"))]


def part(name):
    """The part of a snippet that a page shows."""
    file, _, part = name.partition(".")
    first, last = (part, "end") if part else ("show", "hide")
    place = f"Examples/*/Sources/{file}.swift" if "/" in file else f"Snippets/{file}.swift"
    path = next(ROOT.glob(place), None)
    if path is None:
        sys.exit(f"check_snippets: {place} does not exist")
    found = re.search(rf"// snippet\.{first}\n(.*?)// snippet\.{last}\n", path.read_text(), re.DOTALL)
    if not found:
        sys.exit(f"check_snippets: {path.relative_to(ROOT)} has no part '{first}'")
    return textwrap.dedent(found[1]).strip()


def current(match):
    return f"<!-- snippet: {match[1]} -->\n```swift\n{part(match[1])}\n```\n<!-- end snippet -->"


shown = set()
stale = []
for page in PAGES:
    text = page.read_text()
    shown.update(name.partition(".")[0] for name in re.findall(SNIPPET, text))
    fresh = re.sub(SNIPPET + r"\n.*?<!-- end snippet -->", current, text, flags=re.DOTALL)
    if fresh == text:
        continue
    if "--write" in sys.argv:
        page.write_text(fresh)
    else:
        stale.append(str(page.relative_to(ROOT)))
unused = sorted({path.stem for path in SNIPPETS.glob("*.swift")} - shown)
if unused:
    sys.exit(f"check_snippets: no page shows {', '.join(unused)}")
if stale:
    sys.exit(f"check_snippets: {', '.join(stale)} differ from what is compiled; run Scripts/check_snippets.py --write")
