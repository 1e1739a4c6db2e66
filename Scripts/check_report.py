#!/usr/bin/env python3
"""Checks that a gallery page written by `rec-demo report` is whole, well formed, accessible and self-contained.

    check_report.py PAGE.html [--rows N]

Exits with 1 and one line a finding when it is not. Needs nothing beyond Python.
"""

import argparse
import base64
import binascii
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "img", "br", "hr", "link", "input", "source", "area", "base", "col", "embed", "track", "wbr"}
SELF_CLOSED_IN_SVG = {"path", "rect", "circle", "line", "polyline", "polygon", "ellipse", "use"}
FETCHING = {
    "src",
    "href",
    "srcset",
    "data",
    "action",
    "formaction",
    "poster",
    "background",
    "cite",
    "ping",
    "xlink:href",
}
FORBIDDEN = {"script", "iframe", "object", "embed", "link", "base", "form", "frame"}
LANDMARKS = ("header", "main", "footer")
# A component of the score is rounded to two decimals, and so is their sum.
ROUNDING = 0.005


class Page(HTMLParser):
    """Reads a page once and keeps what is wrong with it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.findings, self.open, self.ids, self.labelled = [], [], set(), []
        self.seen, self.policy, self.title, self.language = {}, None, "", None
        self.rows = self.cards = 0
        self.card, self.text = None, None

    def find(self, message):
        self.findings.append(f"line {self.getpos()[0]}: {message}")

    def handle_starttag(self, tag, attributes):
        self.start(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        if tag not in SELF_CLOSED_IN_SVG | VOID:
            self.find(f"<{tag}/> is not closed in HTML")
        self.start(tag, attributes)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.find(f"</{tag}> closes <{self.open[-1] if self.open else 'nothing'}>")
            if tag not in self.open:
                return
            while self.open[-1] != tag:
                self.open.pop()
        self.open.pop()
        if tag == "article" and self.card:
            self.end_card()
        if tag in ("p", "title"):
            self.text = None

    def handle_data(self, data):
        if self.open and self.open[-1] == "title":
            self.title += data
        if self.open and self.open[-1] == "style":
            self.style(data)
        if self.text is not None:
            self.card[self.text] += data

    def start(self, tag, attributes):
        values = dict(attributes)
        classes = (values.get("class") or "").split()
        self.seen[tag] = self.seen.get(tag, 0) + 1
        if len(values) != len(attributes):
            self.find(f"<{tag}> repeats an attribute")
        if tag in FORBIDDEN:
            self.find(f"<{tag}> has no place in the page")
        if tag == "html":
            self.language = values.get("lang")
        if tag == "meta" and (values.get("http-equiv") or "").lower() == "content-security-policy":
            self.policy = values.get("content") or ""
        if tag == "img":
            self.image(values)
        if "id" in values:
            if values["id"] in self.ids:
                self.find(f"the id '{values['id']}' is used twice")
            self.ids.add(values["id"])
        if "aria-labelledby" in values:
            self.labelled.append(values["aria-labelledby"])
        for name, value in values.items():
            if name.startswith("on"):
                self.find(f"<{tag}> has a handler {name}")
            if name in FETCHING and not (value or "").startswith(("data:", "#")):
                self.find(f"<{tag} {name}> points outside the page: {(value or '')[:60]}")
            if name == "style":
                self.style(value or "")
        if tag == "section" and "row" in classes:
            self.rows += 1
        if tag == "article" and "card" in classes:
            self.cards += 1
            self.card = {"values": values, "value": "", "parts": ""}
        if self.card and tag == "p" and classes and classes[0] in ("value", "parts"):
            self.text = classes[0]

    def image(self, values):
        if not (values.get("alt") or "").strip():
            self.find("<img> without a text alternative")
        head, _, data = (values.get("src") or "").partition("base64,")
        try:
            jpeg = base64.b64decode(data, validate=True)
        except binascii.Error:
            jpeg = b""
        if head != "data:image/jpeg;" or not jpeg.startswith(b"\xff\xd8"):
            self.find("<img> is not an inlined JPEG")

    def style(self, text):
        if "@import" in text:
            self.find("the style sheet imports another")
        strip = re.search(r"\.strip \{([^}]*)\}", text)
        if strip and "position: relative" not in strip[1]:
            self.find("what is hidden in a strip would widen the page")
        for target in re.findall(r"url\(\s*['\"]?([^)'\"]*)", text):
            if not target.startswith("data:"):
                self.find(f"the style sheet loads {target[:60]}")
        for target in re.findall(r"(?:https?:)?//\S*", text):
            self.find(f"the style sheet names {target[:60]}")

    def end_card(self):
        card, self.card = self.card, None
        values = card["values"]
        if not values.get("data-id"):
            self.find("a card without data-id")
        try:
            numbers = {k: float(v) for k, v in values.items() if k.startswith("data-") and k != "data-id"}
            shown = self.numbers(card["value"])
            parts = self.numbers(card["parts"])
            if abs(shown[0] - numbers["data-score"]) > ROUNDING + 1e-9:
                self.find(f"the score {shown[0]} is shown for {numbers['data-score']}")
            if parts and abs(sum(parts) - numbers["data-score"]) > ROUNDING * len(parts) + 1e-9:
                self.find(f"the parts {parts} do not add up to {numbers['data-score']}")
        except (ValueError, KeyError, IndexError):
            self.find(f"the card of {values.get('data-id')} has no readable score")

    @staticmethod
    def numbers(text):
        return [float(n.replace("−", "-")) for n in re.findall(r"[−-]?\d+\.\d+", text)]

    def finish(self, rows):
        self.close()
        if self.open:
            self.find(f"<{self.open[-1]}> is never closed")
        if not self.policy or "default-src 'none'" not in self.policy or re.search(r"https?:|\*", self.policy):
            self.findings.append("no content security policy that forbids the network")
        if not self.title.strip() or not self.language:
            self.findings.append("the page lacks a title or a language")
        for landmark in LANDMARKS:
            if self.seen.get(landmark) != 1:
                self.findings.append(f"the page should have one <{landmark}>")
        if self.seen.get("h1") != 1:
            self.findings.append("the page should have one <h1>")
        for name in self.labelled:
            if name not in self.ids:
                self.findings.append(f"aria-labelledby names '{name}', which is not there")
        if not self.rows or not self.cards:
            self.findings.append(f"{self.rows} rows and {self.cards} neighbours")
        if rows is not None and self.rows != rows:
            self.findings.append(f"{self.rows} rows instead of {rows}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("--rows", type=int, help="the number of rows that the page should have")
    arguments = parser.parse_args()
    page = Page()
    page.feed(arguments.page.read_text(encoding="utf-8"))
    page.finish(arguments.rows)
    for finding in page.findings:
        print(f"{arguments.page}: {finding}", file=sys.stderr)
    if page.findings:
        sys.exit(1)
    pictures = page.seen.get("img", 0)
    print(f"{arguments.page}: {page.rows} rows, {page.cards} neighbours, {pictures} pictures, nothing from outside")


if __name__ == "__main__":
    main()
