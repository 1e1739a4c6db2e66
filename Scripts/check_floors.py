#!/usr/bin/env python3
"""Checks that each floor of RecIndex uses only those below it.

A floor is a folder of Sources/RecIndex. The types that its files declare, at the top level or in an extension's body, may be
named by that floor and by those above, never by one below. Comments and texts may name anything.
"""
import pathlib
import re
import sys

# From the lowest to the highest; "." is what all of them share.
FLOORS = [".", "Kernels", "Tables", "Blocks", "Scan", "Codes", "Graph", "Segments", "File", "Index", "Live"]
ROOT = pathlib.Path(__file__).resolve().parent.parent / "Sources" / "RecIndex"
# A top-level declaration stands at the beginning of its line.
DECLARATION = re.compile(
    r"^(?:@\w+\s+)*(?:(?:public|package|internal|final|indirect|nonisolated)\s+)*"
    r"(?:struct|enum|class|actor|protocol|typealias)\s+(\w+)",
    re.MULTILINE,
)


def inserted(text: re.Match[str]) -> str:
    """What a text literal inserts of values."""
    return " ".join(re.findall(r"\\\(([^()]*(?:\([^()]*\))?[^()]*)\)", text.group()))


def code(path: pathlib.Path) -> str:
    """The code of a file, without comments and texts."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'"""[\s\S]*?"""', '""', text)
    text = re.sub(r"/\*[\s\S]*?\*/", "", text)
    lines = []
    for line in text.split("\n"):
        line = re.sub(r'"(?:\\\(|\\.|[^"\\])*"', inserted, line)
        lines.append(line.split("//", 1)[0])
    return "\n".join(lines)


def main() -> int:
    floors: dict[str, list[pathlib.Path]] = {floor: [] for floor in FLOORS}
    complaints = []
    for path in sorted(ROOT.rglob("*.swift")):
        parts = path.relative_to(ROOT).parts
        floor = parts[0] if len(parts) > 1 else "."
        if floor not in floors:
            complaints.append(f"{floor} is no floor; FLOORS in {pathlib.Path(__file__).name} names them")
            continue
        floors[floor].append(path)
    height: dict[str, int] = {}
    for number, floor in enumerate(FLOORS):
        for path in floors[floor]:
            for name in DECLARATION.findall(code(path)):
                height[name] = number
    for number, floor in enumerate(FLOORS):
        for path in floors[floor]:
            text = code(path)
            # A member of another type may have the same name: `Embedding.Block`, `.index`.
            used = set(re.findall(r"(?<![.\w])([A-Z]\w*)", text))
            for name in sorted(used):
                if height.get(name, 0) > number:
                    above = FLOORS[height[name]]
                    complaints.append(f"{path.relative_to(ROOT)} names {name} of {above}, a floor above")
    for complaint in sorted(set(complaints)):
        print(f"floors: {complaint}", file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
