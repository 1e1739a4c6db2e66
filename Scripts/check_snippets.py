#!/usr/bin/env python3
"""Checks that pages show each snippet as it is compiled; with --write, brings the pages up to date.

Pages are the README, which must show a snippet, and the articles of the modules.
"""
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[1]
README = ROOT / "README.md"


def shown(name):
    """The part of a snippet between `// snippet.show` and `// snippet.hide`."""
    text = (ROOT / "Snippets" / f"{name}.swift").read_text()
    part = re.search(r"// snippet\.show\n(.*?)// snippet\.hide", text, re.DOTALL)
    return textwrap.dedent(part.group(1)).strip()


def current(match):
    return f"<!-- snippet: {match[1]} -->\n```swift\n{shown(match[1])}\n```\n<!-- end snippet -->"


for page in [README, *sorted(ROOT.glob("Sources/*/*.docc/**/*.md"))]:
    text = page.read_text()
    fresh, count = re.subn(r"<!-- snippet: (\w+) -->\n.*?<!-- end snippet -->", current, text, flags=re.DOTALL)
    if count == 0 and page == README:
        sys.exit("check_snippets: the README shows no snippet")
    if "--write" in sys.argv:
        page.write_text(fresh)
    elif fresh != text:
        name = page.relative_to(ROOT)
        sys.exit(f"check_snippets: {name} differs from Snippets/; run Scripts/check_snippets.py --write")
