"""The wall of products: its first view, its filters and its pages."""

import json
from urllib.parse import parse_qsl

from .checks import Checks
from .shop import PAGE

PICTURES = """(() => [...document.querySelectorAll("#products img")].filter((picture) => picture.currentSrc)
  .map((picture) => [Number(new URL(picture.currentSrc).searchParams.get("width")), picture.clientWidth,
    picture.complete && picture.naturalWidth]))()"""
CHIPS = "[...document.querySelectorAll('.chip')].map((chip) => chip.textContent.trim())"
VALUES = """(() => [...document.querySelectorAll(".values:popover-open li label")]
  .map((label) => [label.children[1].textContent, label.children[2].textContent, label.children[0].checked]))()"""


class Wall(Checks):
    """All products, and those that filters leave."""

    def run(self):
        self.first_view()
        self.filters()
        self.addresses()
        self.pages()
        self.by_keyboard()

    def first_view(self):
        page = self.page
        page.open("/", forget=True)
        others = [url for url in page.requests() if "/pictures/" not in url]
        self.equal(others, [page.address + "/"], "the requests of the first view beside pictures")
        self.equal(page.cards()[:PAGE], self.shop.ids(f"/products?count={PAGE}"), "the first products")
        total = self.shop.products(count=1)["total"]
        self.equal(page.text("#products .status"), f"{total:,} products", "the count")
        page.wait("[...document.querySelectorAll('#products img')].slice(0, 5).every((picture) => picture.complete)")
        shown = page.run(PICTURES)
        self.expect(len(shown) >= 5, f"{len(shown)} pictures are loaded")
        for width, box, natural in shown:
            enough = next(size for size in (160, 320, 640) if size >= box or size == 640)
            self.expect(width == enough, f"a picture {box} wide is asked for at {width}")
            self.expect(natural is False or 0 < natural <= width, f"a picture of {width} is {natural} wide")
        self.shoot("wall")
        self.quiet()

    def facet(self, name):
        self.page.click(".facet span", name)

    def filters(self):
        page, shop = self.page, self.shop
        facet = next(facet for facet in shop.ask("/facets")["facets"] if 2 < len(facet["values"]) <= 12)
        name = facet["attribute"]
        first, second = (value["value"] for value in facet["values"][:2])
        page.click(".facet")
        page.key("Escape")
        self.expect(page.run("document.activeElement.className.includes('facet')"), "Escape does not go back to the filter")
        position = [facet["attribute"] for facet in shop.ask("/facets")["facets"]].index(name)
        buttons = page.run("[...document.querySelectorAll('.facet span')].map((span) => span.textContent)")
        label = next(text for text in buttons if text.replace(" ", "").lower() == name.replace("_", "").lower())
        self.expect(position >= 0, f"{name} is not among the facets")
        self.facet(label)
        counts = [[value["value"], f"{value['count']:,}", False] for value in facet["values"]]
        self.equal(page.run(VALUES), counts, f"the values of {name}")
        self.shoot("filter")
        page.click(".values:popover-open li span", first)
        self.equal(page.cards(), shop.ids(f"/products?count={PAGE}&{name}={first}"), f"{name} = {first}")
        self.equal(parse_qsl(page.query()), [(name, first)], "the address of a filter")
        page.click(".values:popover-open li span", second)
        both = shop.products(**{name: [first, second]})
        self.equal(page.cards(), [product["id"] for product in both["results"]], f"{name} = {first} or {second}")
        total = shop.products(count=1)["total"]
        self.equal(page.text("#products .status"), f"{both['total']:,} of {total:,} products", "the count of both")
        self.equal([row[0] for row in page.run(VALUES) if row[2]], [first, second], "the boxes that are ticked")
        page.key("Escape")
        self.equal(page.run(CHIPS), [first, second, "Clear all"], "the chips")
        page.click(".chip", f"Remove {label.lower()} {first}")
        self.equal(page.cards(), shop.ids(f"/products?count={PAGE}&{name}={second}"), "after a chip was removed")
        self.equal(page.focus(), f"Remove {label.lower()} {second}", "the focus after a chip was removed")
        page.run("history.back()")
        page.rest()
        self.equal(page.cards(), [product["id"] for product in both["results"]], "after going back")
        page.run("history.forward()")
        page.rest()
        self.equal(page.cards(), shop.ids(f"/products?count={PAGE}&{name}={second}"), "after going forward")
        self.equal(page.run(CHIPS), [second], "the chips after going forward")
        page.run("location.reload()")
        page.browser.settle(500)
        page.rest()
        self.equal(page.cards(), shop.ids(f"/products?count={PAGE}&{name}={second}"), "after a reload")
        page.click("nav a", "Everything")
        self.equal((page.query(), page.run(CHIPS)), ("", []), "filters after pressing the view that is shown")
        self.find_values()
        self.quiet()

    def find_values(self):
        page = self.page
        facets = self.shop.ask("/facets")["facets"]
        facet = next((facet for facet in facets if 12 < len(facet["values"]) < 60), None)
        if facet is None:
            return
        total = self.shop.products(count=1)["total"]
        if len(facet["values"]) >= 20 and len(facet["values"]) >= total / 2:
            return
        wanted = facet["values"][-1]["value"]
        label = page.call(
            "(name) => [...document.querySelectorAll('.facet span')].map((span) => span.textContent)"
            ".find((text) => text.replaceAll(' ', '').toLowerCase() === name.replaceAll('_', '').toLowerCase())",
            facet["attribute"],
        )
        self.facet(label)
        page.run("document.querySelector('.values:popover-open .find input').focus()")
        page.browser.call("Input.insertText", text=wanted.upper())
        page.browser.settle(100)
        found = [row[0] for row in page.run(VALUES)]
        self.equal(found, [value["value"] for value in facet["values"] if wanted.lower() in value["value"].lower()], "found")
        self.shoot("filter-find")
        page.browser.call("Input.insertText", text="no such value")
        page.browser.settle(100)
        self.expect("No value" in (page.text(".values:popover-open .small") or ""), "an empty search says nothing")
        page.key("Escape")

    def addresses(self):
        page = self.page
        page.open("/?no-such-attribute=1&utm_source=x#view=nothing&picture-weight=7")
        self.equal(page.cards()[:PAGE], self.shop.ids(f"/products?count={PAGE}"), "an address that means nothing")
        self.quiet()

    def pages(self):
        page = self.page
        page.open("/")
        total = min(self.shop.products(count=1)["total"], 10_000)
        wanted = [id for offset in range(0, min(total, 6 * PAGE), PAGE) for id in self.shop.ids(f"/products?count={PAGE}&offset={offset}")]
        for _ in range(12):
            if len(page.cards()) >= len(wanted):
                break
            page.run("document.querySelector('#products .foot').scrollIntoView({ block: 'end' })")
            page.rest()
        self.equal(page.cards()[: len(wanted)], wanted, "the products after scrolling")
        self.equal(len(set(page.cards())), len(page.cards()), "a product is there twice, the number of products")
        shown = len(page.cards())
        self.expect(f"{shown:,} of" in page.text("#products .progress"), f"{shown} products, and it says {page.text('.progress')}")
        self.quiet()

    def by_keyboard(self):
        """The next page by its button, with a browser that does not scroll."""
        page = self.page
        page.open("/")
        before = page.cards()
        if self.shop.products(count=1)["total"] <= len(before):
            return
        page.run("document.querySelector('#products .more').focus({ preventScroll: true })")
        page.key("Enter")
        page.wait(f"document.querySelectorAll('#products .card').length > {len(before)}")
        page.rest()
        focused = page.run("document.activeElement.dataset.product ?? null")
        self.equal(focused, page.cards()[len(before)], "the focus after a page by the keyboard")
        self.expect(json.dumps(page.cards()[: len(before)]) == json.dumps(before), "the first page changed")
