#!/usr/bin/env python3
"""Checks that a gallery page written by `rec-demo report` is whole, well formed, accessible, self-contained and right.

    check_report.py PAGE.html [--rows N] [--start W] [--against REC_DEMO INDEX]

The numbers on every card must give the score and the parts it shows at the starting weight. With `--against`, rows are
ranked from the page's numbers at several weights, and compared with what `rec-demo similar` answers.

Exits with 1 and one line a finding when something is wrong. Needs nothing beyond Python.
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import subprocess
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
FORBIDDEN = {"iframe", "object", "embed", "link", "base", "form", "frame"}
LANDMARKS = ("header", "main", "footer")
# Numbers are shown with two decimals.
ROUNDING = 0.005 + 1e-9
# The parts of the attributes add up to their cosine but for rounding.
EXACT = 1e-6
COMPARED_ROWS, COMPARED_WEIGHTS = 2, ("0", "0.35", "0.8", "1")


class Card:
    """A neighbour: the numbers it carries, and those it shows."""

    def __init__(self, values, is_hidden):
        self.values, self.is_hidden = values, is_hidden
        self.id = values.get("data-id") or ""
        self.order = int(values.get("data-order") or -1)
        self.image, self.metadata = (float(values[n]) if n in values else None for n in ("data-image", "data-metadata"))
        self.text = {"value": "", "parts": "", "score-again": "", "amounts": "", "rank": ""}
        self.reasons = []

    def score(self, weight):
        """The weighted mean of the cosines that there are, as the index computes it; None for what is not ranked."""
        total = value = 0.0
        for cosine, share in ((self.image, weight), (self.metadata, 1 - weight)):
            if cosine is not None and share > 0:
                value += share * cosine
                total += share
        return value / total if total > 0 else None

    def shares(self, weight):
        image = 0 if self.image is None else weight
        metadata = 0 if self.metadata is None else 1 - weight
        return image / (image + metadata), metadata / (image + metadata)


class Row:
    """A product with the pool of its neighbours."""

    def __init__(self, count):
        self.id, self.count, self.cards = None, count, []

    def ranked(self, weight):
        scores = [(card.score(weight), card) for card in self.cards]
        scores = [(score, card) for score, card in scores if score is not None]
        return sorted(scores, key=lambda entry: (-entry[0], entry[1].order))[: self.count]


class Page(HTMLParser):
    """Reads a page once and keeps what is wrong with it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.findings, self.open, self.ids, self.references = [], [], set(), []
        self.seen, self.policy, self.title, self.language = {}, None, "", None
        self.rows, self.texts, self.pictures, self.shown_pictures = [], {"script": [], "style": []}, set(), set()
        self.weights, self.start_weight = [], None
        self.card, self.text, self.item_is_hidden, self.in_reasons = None, [], False, False

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
        if tag == "article":
            self.card, self.in_reasons = None, False
        if tag == "style":
            self.style(self.texts["style"][-1])
        if self.text and self.text[-1][0] == tag and self.text[-1][1] == len(self.open):
            self.text.pop()

    def handle_data(self, data):
        inner = self.open[-1] if self.open else None
        if inner == "title":
            self.title += data
        if inner in self.texts:
            self.texts[inner][-1] += data
        if self.text and self.card:
            self.card.text[self.text[-1][2]] += data

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
        if tag in self.texts:
            self.texts[tag].append("")
        if tag == "script" and values:
            self.find("the script has attributes")
        if values.get("role") == "img":
            self.picture(values, classes)
        if "id" in values:
            if values["id"] in self.ids:
                self.find(f"the id '{values['id']}' is used twice")
            self.ids.add(values["id"])
        for name in ("aria-labelledby", "aria-describedby", "popovertarget", "for"):
            if name in values:
                self.references.append((name, values[name]))
        for name, value in values.items():
            if name.startswith("on"):
                self.find(f"<{tag}> has a handler {name}")
            if name in FETCHING and not (value or "").startswith(("data:", "#")):
                self.find(f"<{tag} {name}> points outside the page: {(value or '')[:60]}")
            if name == "style":
                self.find(f"<{tag}> has a style attribute, which the policy forbids")
        if tag == "section" and "row" in classes:
            self.rows.append(Row(int(values.get("data-count") or 0)))
        if tag == "article" and "query" in classes:
            self.rows[-1].id = values.get("data-id")
        if tag == "li":
            self.item_is_hidden = "hidden" in values
        if tag == "article" and "card" in classes:
            self.card = Card(values, self.item_is_hidden)
            self.rows[-1].cards.append(self.card)
        if tag == "input":
            self.weights = (values.get("data-weights") or "").split()
            self.start_weight = self.weights[int(values["value"])]
        if self.card and classes and classes[0] in self.card.text:
            self.text.append((tag, len(self.open), classes[0]))
        if self.card and "data-part" in values:
            self.card.reasons.append((classes[0] == "image", float(values["data-part"])))
        self.in_reasons = self.in_reasons or "reasons" in classes
        if self.in_reasons and tag == "b":
            self.card.text["amounts"] += " "
            self.text.append((tag, len(self.open), "amounts"))

    def picture(self, values, classes):
        if not (values.get("aria-label") or "").strip():
            self.find("a picture without a text alternative")
        self.shown_pictures.update(name for name in classes if re.fullmatch(r"p\d+", name))

    def style(self, text):
        if "@import" in text:
            self.find("the style sheet imports another")
        strip = re.search(r"\.strip \{([^}]*)\}", text)
        if strip and "position: relative" not in strip[1]:
            self.find("what is hidden in a strip would widen the page")
        for target in re.findall(r"url\(\s*['\"]?([^)'\"]*)", text):
            if not target.startswith("data:"):
                self.find(f"the style sheet loads {target[:60]}")
        for name, data in re.findall(r"\.(p\d+) \{ background-image: url\(data:image/jpeg;base64,([^)]*)\); \}", text):
            try:
                jpeg = base64.b64decode(data, validate=True)
            except binascii.Error:
                jpeg = b""
            if not jpeg.startswith(b"\xff\xd8"):
                self.find(f"the picture {name} is no JPEG")
            if name in self.pictures:
                self.find(f"the picture {name} is there twice")
            self.pictures.add(name)
        text = re.sub(r"url\(data:[^)]*\)", "", text)
        for target in re.findall(r"(?:https?:)?//\S*", text):
            self.find(f"the style sheet names {target[:60]}")

    def check_cards(self, weight):
        for row in self.rows:
            ranked = row.ranked(weight)
            shown = [card for card in row.cards if not card.is_hidden]
            if [card.id for card in shown] != [card.id for _, card in ranked]:
                self.findings.append(f"the row of {row.id} is not in the order of its scores")
            orders = sorted(row.cards, key=lambda card: card.order)
            ids = [card.id.encode() for card in orders]
            if ids != sorted(set(ids)) or [card.order for card in orders] != list(range(len(ids))):
                self.findings.append(f"the row of {row.id} does not number its cards by identifier")
            for position, card in enumerate(row.cards):
                self.check_card(card, weight, position + 1 if position < len(shown) else None)

    def check_card(self, card, weight, rank):
        where = f"the card of {card.id}"
        score = card.score(weight)
        attributes = [part for is_image, part in card.reasons if not is_image]
        images = [part for is_image, part in card.reasons if is_image]
        if images != ([] if card.image is None else [card.image]):
            self.findings.append(f"{where} gives {images} as the picture's part of {card.image}")
        if abs(sum(attributes) - (card.metadata or 0)) > EXACT:
            self.findings.append(f"the attributes of {where} add up to {sum(attributes)} instead of {card.metadata}")
        if re.findall(r"\d+", card.text["rank"]) != ([] if rank is None else [str(rank)]):
            self.findings.append(f"{where} has the rank {card.text['rank']} instead of {rank}")
        if score is None:
            return
        image, metadata = card.shares(weight)
        blocks = [s * c for s, c in ((image, card.image), (metadata, card.metadata)) if c is not None]
        reasons = [part * (image if is_image else metadata) for is_image, part in card.reasons]
        if abs(sum(reasons) - score) > EXACT:
            self.findings.append(f"the reasons of {where} add up to {sum(reasons)} instead of {score}")
        for what, numbers, wanted in (
            ("score", self.numbers(card.text["value"]), [score]),
            ("parts", self.numbers(card.text["parts"]), blocks),
            ("score above the reasons", self.numbers(card.text["score-again"]), [score]),
            ("reasons", self.numbers(card.text["amounts"]), reasons),
        ):
            if len(numbers) != len(wanted) or any(abs(a - b) > ROUNDING for a, b in zip(numbers, wanted)):
                self.findings.append(f"{where} shows the {what} {numbers} for {wanted}")

    def check_against(self, demo, index):
        """Ranks rows from the page's numbers and lets the library rank them."""
        compared = 0
        for row in self.rows[:COMPARED_ROWS]:
            for weight in COMPARED_WEIGHTS:
                command = [demo, "similar", "--index", index, "--id", row.id, "--image-weight", weight, "--json"]
                answer = subprocess.run(
                    command + ["--count", str(row.count)], check=True, capture_output=True, text=True
                ).stdout
                wanted = [(line["id"], line["score"]) for line in map(json.loads, answer.splitlines())]
                found = [(card.id, score) for score, card in row.ranked(float(weight))]
                if found != wanted:
                    self.findings.append(f"{row.id} at {weight}: the page ranks {found}, the library {wanted}")
                compared += len(wanted)
        if not compared:
            self.findings.append("nothing to compare with the library")
        return compared

    def check_policy(self):
        policy = dict((part.split()[0], part.split()[1:]) for part in (self.policy or "").split(";") if part.split())
        if policy.get("default-src") != ["'none'"] or policy.get("img-src") != ["data:"]:
            self.findings.append("no content security policy that forbids the network")
        for directive in ("base-uri", "form-action"):
            if policy.get(directive) != ["'none'"]:
                self.findings.append(f"the policy says nothing of {directive}")
        for tag, texts in self.texts.items():
            hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
            if policy.get(f"{tag}-src") != [f"'sha256-{value}'" for value in hashes]:
                self.findings.append(f"the policy does not name the {tag}s of the page, and nothing else")
        if len(self.texts["script"]) != 1:
            self.findings.append(f"{len(self.texts['script'])} scripts instead of one")

    @staticmethod
    def numbers(text):
        return [float(n.replace("−", "-")) for n in re.findall(r"[−-]?\d+\.\d+", text)]

    def finish(self, rows, start):
        self.close()
        if self.open:
            self.find(f"<{self.open[-1]}> is never closed")
        self.check_policy()
        if not self.title.strip() or not self.language:
            self.findings.append("the page lacks a title or a language")
        for landmark in LANDMARKS:
            if self.seen.get(landmark) != 1:
                self.findings.append(f"the page should have one <{landmark}>")
        if self.seen.get("h1") != 1:
            self.findings.append("the page should have one <h1>")
        for name, value in self.references:
            if value not in self.ids:
                self.findings.append(f"{name} names '{value}', which is not there")
        if self.pictures != self.shown_pictures:
            self.findings.append(f"pictures that are missing or not shown: {self.pictures ^ self.shown_pictures}")
        if not any(row.cards for row in self.rows):
            self.findings.append(f"{len(self.rows)} rows without neighbours")
        if rows is not None and len(self.rows) != rows:
            self.findings.append(f"{len(self.rows)} rows instead of {rows}")
        if self.start_weight is not None and float(self.start_weight) != start:
            self.findings.append(f"the slider starts at {self.start_weight} instead of {start}")
        self.check_cards(start)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("--rows", type=int, help="the number of rows that the page should have")
    parser.add_argument("--start", type=float, default=0.8, help="the image weight that the page should start with")
    parser.add_argument("--against", nargs=2, metavar=("REC_DEMO", "INDEX"), help="compare with the library's answers")
    arguments = parser.parse_args()
    page = Page()
    page.feed(arguments.page.read_text(encoding="utf-8"))
    page.finish(arguments.rows, arguments.start)
    compared = page.check_against(*arguments.against) if arguments.against else None
    for finding in page.findings:
        print(f"{arguments.page}: {finding}", file=sys.stderr)
    if page.findings:
        sys.exit(1)
    cards = sum(len(row.cards) for row in page.rows)
    shown = sum(not card.is_hidden for row in page.rows for card in row.cards)
    print(
        f"{arguments.page}: {len(page.rows)} rows, {shown} neighbours of {cards}, {len(page.pictures)} pictures, "
        "nothing from outside"
        + ("" if compared is None else f"; {compared} ranks as the library gives them")
    )


if __name__ == "__main__":
    main()
