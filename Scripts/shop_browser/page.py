"""The page in a browser: what it shows, and pressing what is on it."""

import json
import time
from urllib.parse import urlsplit

CARDS = """(selector) => [...document.querySelectorAll(`${selector} .card:not(.ghost) [data-product]`)]
  .map((link) => link.dataset.product)"""
PLACE = """(selector, text) => {
  const is = (element) => element.checkVisibility() && (!text || element.textContent.trim() === text
    || element.getAttribute("aria-label") === text);
  const element = [...document.querySelectorAll(selector)].find(is);
  if (!element) return null;
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowRight": 39, " ": 32}
SHIFT = 8


class Page:
    """The shop's page, with a browser that shows it."""

    def __init__(self, browser, address):
        self.browser, self.address = browser, address
        # What may be logged while failures are tried.
        self.expected = ()

    def call(self, function, *arguments):
        return self.browser.run(f"({function})({', '.join(json.dumps(argument) for argument in arguments)})")

    def run(self, expression):
        return self.browser.run(expression)

    def open(self, path="/", forget=False):
        if forget:
            self.browser.call("Storage.clearDataForOrigin", origin=self.address, storageTypes="local_storage")
        self.browser.call("Page.navigate", url="about:blank")
        self.browser.events.clear()
        self.browser.open(self.address + path)
        self.rest()

    def wait(self, expression, seconds=15):
        """Whether an expression of the page became true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.run(f"!!({expression})"):
                return True
            time.sleep(0.05)
        return False

    def rest(self):
        """Waits until no list waits for an answer."""
        time.sleep(0.3)
        return self.wait("!document.querySelector('[aria-busy], .ghost')")

    def cards(self, within="#products"):
        return self.call(CARDS, within)

    def click(self, selector, text=None):
        place = self.call(PLACE, selector, text)
        if place is None:
            raise RuntimeError(f"there is no {selector} {text or ''} to press")
        self.browser.click(*place)
        self.rest()

    def tap(self, selector, text=None):
        self.browser.tap(*self.call(PLACE, selector, text))
        self.rest()

    def key(self, name, times=1, shift=False):
        for _ in range(times):
            self.browser.key(name, KEYS[name], SHIFT if shift else 0)
        time.sleep(0.1)

    def text(self, selector):
        return self.call("(selector) => document.querySelector(selector)?.textContent.trim() ?? null", selector)

    def is_visible(self, selector):
        return self.call("(selector) => document.querySelector(selector)?.checkVisibility() ?? false", selector)

    def focus(self):
        """What has the focus: its name or its text."""
        return self.run(
            "document.activeElement.getAttribute('aria-label')"
            " ?? document.activeElement.textContent.trim().slice(0, 80)"
        )

    def query(self):
        return urlsplit(self.run("location.href")).query

    def hash(self):
        return urlsplit(self.run("location.href")).fragment

    def requests(self):
        """The addresses that the page asked for since it was opened."""
        sent = [event["params"] for event in self.browser.events if event.get("method") == "Network.requestWillBeSent"]
        urls = [one["request"]["url"] for one in sent]
        return [url for url in urls if not url.startswith(("data:", "blob:", "about:"))]
