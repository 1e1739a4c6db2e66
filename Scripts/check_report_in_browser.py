#!/usr/bin/env python3
"""Checks in a headless Chromium that a page of `rec-demo report` does what it shows.

    check_report_in_browser.py PAGE.html [--screenshots FOLDER]

Moves the slider with the keyboard, with the pointer and by the address, and compares the cards with a ranking made
here from the page's numbers; opens reasons by hover, focus and tap, on a large screen and on a phone; and watches for
errors, for violations of the page's policy and for requests. Without a Chromium (named by CHROMIUM or found in the path)
it says so and does nothing. Needs nothing beyond Python.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_report  # noqa: E402
from chromium import DESKTOP, PHONE, Browser, find_browser  # noqa: E402

STATE = """(() => [...document.querySelectorAll(".row")].map((row) =>
  [...row.querySelectorAll("ol > li")].filter((item) => item.checkVisibility()).map((item) => {
    const text = (name) => item.querySelector(name).textContent.replace(/[^0-9.−+]/g, "").replace("−", "-");
    return [item.firstElementChild.dataset.id, Number(text(".rank b")), Number(text(".value")),
      [...item.querySelectorAll(".reasons li b")].map((b) => Number(b.textContent.replace("−", "-")))];
  })))()"""
PANEL = """(() => {
  const panel = document.querySelector(".reasons:popover-open");
  if (!panel) return null;
  const { left, top, right, bottom } = panel.getBoundingClientRect();
  const corner = document.elementFromPoint((left + right) / 2, top + 12);
  const card = panel.closest("article").getBoundingClientRect();
  const gap = left >= card.right ? left - card.right : card.left - right;
  return { isBeside: gap >= 0 && gap < 24, of: panel.closest("article").dataset.id, isWhole: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
    isOnTop: panel.contains(corner), text: panel.innerText };
})()"""


class Checks:
    """The checks, and what they found."""

    def __init__(self, browser, page, address, folder):
        self.browser, self.page, self.address, self.folder = browser, page, address, folder
        self.findings, self.count = [], 0

    def expect(self, holds, message):
        self.count += 1
        if not holds:
            self.findings.append(message)

    def shoot(self, name):
        if self.folder:
            self.browser.picture(self.folder / f"{name}.png")

    def compare(self, weight, how):
        """Whether the cards that can be seen are those of a weight, in order, with their numbers."""
        for row, cards in zip(self.page.rows, self.browser.run(STATE), strict=True):
            wanted = row.ranked(weight)
            self.expect(
                [card[0] for card in cards] == [card.id for _, card in wanted],
                f"{how}: the row of {row.id} shows {[card[0] for card in cards]} at {weight}",
            )
            for rank, ((_, shown, value, reasons), (score, card)) in enumerate(zip(cards, wanted), 1):
                image, metadata = card.shares(weight)
                parts = [part * (image if is_image else metadata) for is_image, part in card.reasons]
                near = [abs(a - b) <= check_report.ROUNDING for a, b in zip([value, *reasons], [score, *parts])]
                self.expect(
                    shown == rank and len(reasons) == len(parts) and all(near),
                    f"{how}: {card.id} shows {shown}, {value}, {reasons} instead of {rank}, {score}, {parts} at {weight}",
                )

    def weight(self):
        return float(self.page.weights[int(self.browser.run("document.getElementById('weight').value"))])

    def place(self, selector):
        x, y = self.browser.run(
            f"(() => {{ const r = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
            " return [r.left + r.width / 2, r.top + Math.min(r.height / 2, 100)]; })()"
        )
        return x, y

    def slider(self):
        browser = self.browser
        browser.screen(*DESKTOP)
        browser.open(self.address)
        self.compare(float(self.page.start_weight), "as opened")
        self.shoot("light")
        browser.run("document.getElementById('weight').focus()")
        for _ in range(3):
            browser.key("ArrowLeft", 37)
        browser.settle()
        weight = self.weight()
        self.expect(weight == float(self.page.weights[self.page.weights.index(self.page.start_weight) - 3]), "keys")
        self.compare(weight, "by keys")
        said = browser.run("document.getElementById('weight').getAttribute('aria-valuetext')")
        self.expect(f"{round(weight * 100)} %" in said, f"the slider says {said}")
        self.expect(browser.run("location.hash") == f"#image-weight={weight:g}", "the address does not follow the slider")
        self.expect("anew" in browser.run("document.getElementById('change').textContent"), "nothing is announced")
        for key, code, end in (("Home", 36, 0), ("End", 35, -1)):
            browser.key(key, code)
            browser.settle()
            self.compare(float(self.page.weights[end]), key)
            begins = browser.run("[...document.querySelectorAll('.strip')].every((strip) => strip.scrollLeft === 0)")
            self.expect(begins, f"{key}: a strip no longer shows its best product")
            self.shoot(f"slider-{self.page.weights[end]}")
        x, y = self.place("#weight")
        browser.click(x, y)
        browser.settle()
        self.expect(0.4 <= self.weight() <= 0.6, f"a press in the middle of the slider gives {self.weight()}")
        self.compare(self.weight(), "by the pointer")
        for text in self.page.weights[::4] + ["0.4321"]:
            browser.run(f"location.hash = 'image-weight={text}'")
            browser.settle(100)
            nearest = min(map(float, self.page.weights), key=lambda weight: abs(weight - float(text)))
            self.compare(nearest, "by the address")
        browser.open(self.address + "#image-weight=0.3")
        self.compare(0.3, "opened with an address")
        browser.run("document.getElementById('reset').click()")
        browser.settle()
        self.compare(float(self.page.start_weight), "started again")
        for nonsense in ("#image-weight=NaN", "#image-weight=2", "#<img onerror=alert(1)>"):
            browser.open(self.address + nonsense)
            self.compare(float(self.page.start_weight), nonsense)

    def reasons(self):
        browser = self.browser
        browser.open(self.address)
        first = self.page.rows[0].ranked(float(self.page.start_weight))[0][1].id
        x, y = self.place(".row .card")
        browser.mouse(x, y)
        browser.settle()
        self.panel("hover", first)
        self.shoot("reasons")
        browser.mouse(5, 5)
        browser.settle()
        self.expect(browser.run(PANEL) is None, "the reasons stay when the pointer leaves")
        browser.mouse(x, y)
        browser.click(x, y)
        browser.mouse(5, 5)
        browser.settle()
        self.panel("click", first)
        browser.key("Escape", 27)
        self.expect(browser.run(PANEL) is None, "Escape does not close the reasons")
        last = "[...document.querySelector('.row ol').children].filter((item) => !item.hidden).at(-1)"
        browser.run(f"{last}.scrollIntoView({{ inline: 'end' }})")
        browser.run(f"{last}.querySelector('.why').focus({{ focusVisible: true }})")
        browser.settle()
        self.panel("focus", browser.run(f"{last}.firstElementChild.dataset.id"))
        self.shoot("reasons-at-the-edge")
        hidden = "document.querySelector('.why').computedName || document.querySelector('.why').textContent"
        self.expect("Why is" in browser.run(hidden), "the button does not say what it is for")

    def panel(self, how, wanted):
        panel = self.browser.run(PANEL)
        self.expect(how == "tap" or panel and panel["isBeside"], f"{how}: the reasons are not beside their card: {panel}")
        self.expect(panel is not None and panel["of"] == wanted, f"{how}: the reasons are {panel}")
        self.expect(panel is not None and panel["isWhole"] and panel["isOnTop"], f"{how}: the reasons are cut off: {panel}")

    def phone(self):
        browser = self.browser
        browser.screen(*PHONE)
        browser.open(self.address)
        self.shoot("phone")
        wide = browser.run("document.documentElement.scrollWidth")
        self.expect(wide <= PHONE[0], f"the page is {wide} wide on a screen of {PHONE[0]}")
        browser.run("document.querySelector('.row').scrollIntoView()")
        browser.run("window.scrollBy(0, 250)")
        browser.settle(200)
        top = browser.run("document.getElementById('tuner').getBoundingClientRect().top")
        self.expect(abs(top) < 1, f"the slider is at {top} after scrolling")
        self.shoot("phone-scrolled")
        height = browser.run("document.getElementById('weight').getBoundingClientRect().height")
        self.expect(height >= 40, f"the slider is {height} high, too little for a finger")
        browser.tap(*self.place(".row .card h3"))
        browser.settle()
        self.panel("tap", self.page.rows[0].ranked(float(self.page.start_weight))[0][1].id)
        self.shoot("phone-reasons")
        browser.tap(195, 5)
        browser.settle()
        self.expect(browser.run(PANEL) is None, "a tap elsewhere does not close the reasons")
        browser.run("location.hash = 'image-weight=0'")
        browser.settle()
        self.compare(0, "on a phone")
        self.shoot("phone-attributes")

    def dark(self):
        browser = self.browser
        browser.screen(*DESKTOP)
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        browser.open(self.address + "#image-weight=0.5")
        browser.mouse(*self.place(".row li:nth-child(2) .card"))
        browser.settle()
        self.shoot("dark")
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
        browser.run("location.hash = 'image-weight=0.1'")
        browser.settle(50)
        self.expect(browser.run("document.getAnimations().length") == 0, "cards move though motion should be reduced")
        browser.call("Emulation.setEmulatedMedia", features=[])

    def without_script(self):
        browser = self.browser
        browser.call("Emulation.setScriptExecutionDisabled", value=True)
        browser.open(self.address)
        self.compare(float(self.page.start_weight), "without the script")
        self.expect(
            not browser.run("document.getElementById('tuner').checkVisibility()"), "the slider shows without the script"
        )
        self.shoot("without-script")
        browser.call("Emulation.setScriptExecutionDisabled", value=False)

    def quiet(self):
        """Whether nothing failed and nothing was asked for since the page was opened."""
        for event in self.browser.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method in ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled", "Page.javascriptDialogOpening"):
                self.findings.append(f"{method}: {json.dumps(parameters)[:300]}")
            if method == "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                if not url.startswith(("data:", "file:", "about:")):
                    self.findings.append(f"the page asks for {url[:80]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("--screenshots", type=Path, metavar="FOLDER", help="keep pictures of the page there")
    arguments = parser.parse_args()
    executable = find_browser()
    if not executable:
        print("check_report_in_browser: there is no Chromium, so the page was not tried in a browser")
        return
    page = check_report.Page()
    page.feed(arguments.page.read_text(encoding="utf-8"))
    if arguments.screenshots:
        arguments.screenshots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(executable, profile)
        try:
            checks = Checks(browser, page, arguments.page.resolve().as_uri(), arguments.screenshots)
            for part in (checks.slider, checks.reasons, checks.phone, checks.dark, checks.without_script):
                part()
                checks.quiet()
        finally:
            browser.close()
    for finding in checks.findings:
        print(f"{arguments.page}: {finding}", file=sys.stderr)
    if checks.findings:
        sys.exit(1)
    print(f"{arguments.page}: {checks.count} checks in a browser hold")


if __name__ == "__main__":
    main()
