#!/usr/bin/env python3
"""Checks the rules of the public API in CONTRIBUTING.md that can be read from declarations."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
SOURCES = ROOT / "Sources"

# The greatest number of public declarations in all modules together.
LIMIT = 699

# What other labels are called here.
LABELS = {
    "k": "count",
    "limitCount": "count",
    "directory": "path",
    "folder": "path",
    "threadCount": "threads",
    "batchCount": "batch",
    "batchSize": "batch",
}

PROGRESS = "progress: (@Sendable (WorkProgress) -> Void)? = nil"

problems = []


def declarations(text):
    """Each public declaration, its attributes and all of its signature on one line, with the number of its first line."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if not re.match(r"\s*(@\w+(\([^)]*\))? )*public (?!import)", line):
            continue
        signature = line.strip()
        depth = line.count("(") - line.count(")")
        after = index + 1
        while depth > 0 and after < len(lines):
            signature += " " + lines[after].strip()
            depth += lines[after].count("(") - lines[after].count(")")
            after += 1
        before = index - 1
        while before >= 0 and re.match(r"\s*@\w+", lines[before]):
            signature = lines[before].strip() + " " + signature
            before -= 1
        yield index + 1, signature.split("{")[0] if "func" in signature or "init" in signature else signature


count = 0
for path in sorted(SOURCES.rglob("*.swift")):
    place = path.relative_to(ROOT)
    for number, signature in declarations(path.read_text()):
        count += 1

        def complain(what):
            problems.append(f"{place}:{number}: {what}")

        if re.search(r"\b(struct|enum|class) \w+Error\b", signature) and "struct RecError:" not in signature:
            complain("RecError is the only error type")
        if not re.search(r"\b(func|init|subscript)\b", signature):
            continue
        if "async throws(" in signature:
            complain("an async function throws anything, since cancellation comes through it")
        for label in re.findall(r"[(,] ?(\w+)(?: \w+)?:", signature):
            if label in LABELS:
                complain(f"'{label}' is called '{LABELS[label]}' here")
        for default in re.findall(r"\bseed: UInt64 = (\w+)", signature):
            if default != "0":
                complain("a seed is 0 by default")
        if "progress:" in signature:
            if PROGRESS not in signature:
                complain(f"progress is declared as `{PROGRESS}`")
            if "async" not in signature:
                complain("a long operation is async")
            # The language has no @concurrent initialisers.
            if "@concurrent" not in signature and "func" in signature:
                complain("a long operation is @concurrent")
            if not re.search(re.escape(PROGRESS) + r" ?\)", signature):
                complain("progress is the last parameter")

if count > LIMIT:
    problems.append(f"{count} public declarations; the limit is {LIMIT}")
for problem in problems:
    print(f"check_api: {problem}", file=sys.stderr)
print(f"check_api: {count} public declarations")
sys.exit(1 if problems else 0)
