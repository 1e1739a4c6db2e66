"""How numbers and tables are shown in Markdown."""


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def ratio(spread):
    """The median with its quartiles."""
    lower, upper = spread["quartiles"]
    return f"**{spread['median']:.2f}** ({lower:.2f}-{upper:.2f})"


def rate(spread):
    median = spread["median"]
    return f"{median:.2f}" if median < 10 else f"{median:.1f}"


def cosine(value):
    return f"1 - {max(0.0, 1 - value):.0e}"


def threads(count):
    return f"{count} thread" + ("s" if count > 1 else "")


def cores(listed):
    return f"{len(listed)} core" + ("s" if len(listed) > 1 else "")


def megabytes(count):
    return f"{count / 1e6:.0f} MB"
