"""The wall of products: its first view, its filters and its pages."""

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
        self.finding()
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

    def facets(self, least, most):
        """The facets with so many values, and the text of the button of each."""
        facets = self.shop.ask("/facets")["facets"]
        labels = self.page.run("[...document.querySelectorAll('.facet span')].map((span) => span.textContent)")
        pairs = zip(facets, labels, strict=True)
        return [(facet, label) for facet, label in pairs if least <= len(facet["values"]) <= most]

    def filtered(self, facet, *values):
        """The first products with one of these values, as the shop says."""
        answer = self.shop.products(**{facet["attribute"]: values})
        return answer["total"], [product["id"] for product in answer["results"]]

    def filters(self):
        page = self.page
        facet, label = self.facets(2, 12)[0]
        first, second = (value["value"] for value in facet["values"][:2])
        page.click(".facet")
        page.key("Escape")
        self.expect(page.run("document.activeElement.matches('.facet')"), "Escape does not go back to the filter")
        page.click(".facet span", label)
        counts = [[value["value"], f"{value['count']:,}", False] for value in facet["values"]]
        self.equal(page.run(VALUES), counts, f"the values of {label}")
        self.shoot("filter")
        page.click(".values:popover-open li span", first)
        self.equal(page.cards(), self.filtered(facet, first)[1], f"{label}: {first}")
        self.equal(parse_qsl(page.query()), [(facet["attribute"], first)], "the address of a filter")
        page.click(".values:popover-open li span", second)
        count, both = self.filtered(facet, first, second)
        self.equal(page.cards(), both, f"{label}: {first} or {second}")
        total = self.shop.products(count=1)["total"]
        self.equal(page.text("#products .status"), f"{count:,} of {total:,} products", "the count of both")
        self.equal([row[0] for row in page.run(VALUES) if row[2]], [first, second], "the boxes that are ticked")
        page.key("Escape")
        self.chips(facet, label, (first, second), both)
        self.quiet()

    def chips(self, facet, label, values, both):
        page, (first, second) = self.page, values
        one = self.filtered(facet, second)[1]
        self.equal(page.run(CHIPS), [first, second, "Clear all"], "the chips")
        page.click(".chip", f"Remove {label.lower()} {first}")
        self.equal(page.cards(), one, "after a chip was removed")
        self.equal(page.focus(), f"Remove {label.lower()} {second}", "the focus after a chip was removed")
        page.run("history.back()")
        page.rest()
        self.equal(page.cards(), both, "after going back")
        page.run("history.forward()")
        page.rest()
        self.equal((page.cards(), page.run(CHIPS)), (one, [second]), "after going forward")
        page.browser.reload()
        page.rest()
        self.equal((page.cards(), page.run(CHIPS)), (one, [second]), "after a reload")
        page.click("nav a", "Everything")
        self.equal((page.query(), page.run(CHIPS)), ("", []), "filters after pressing the view that is shown")

    def finding(self):
        """The values of a long list, by a part of their text."""
        page = self.page
        for facet, label in self.facets(13, 60)[:1]:
            page.click(".facet span", label)
            page.run("document.querySelector('.values:popover-open .find input').focus()")
            values = [value["value"] for value in facet["values"]]
            page.browser.call("Input.insertText", text=values[-1].upper())
            page.browser.settle(100)
            wanted = [value for value in values if values[-1].lower() in value.lower()]
            self.equal([row[0] for row in page.run(VALUES)], wanted, "the values that are found")
            self.shoot("filter-find")
            page.browser.call("Input.insertText", text="no such value")
            page.browser.settle(100)
            self.expect("No matching values" in page.text(".values:popover-open .small"), "an empty search says nothing")
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
        wanted = []
        for offset in range(0, min(total, 6 * PAGE), PAGE):
            wanted += self.shop.ids(f"/products?count={PAGE}&offset={offset}")
        for _ in range(12):
            if len(page.cards()) >= len(wanted):
                break
            page.run("document.querySelector('#products .foot').scrollIntoView({ block: 'end' })")
            page.rest()
        self.equal(page.cards()[: len(wanted)], wanted, "the products after scrolling")
        self.equal(len(set(page.cards())), len(page.cards()), "a product is there twice, the number of products")
        shown = len(page.cards())
        said = page.text("#products .progress")
        self.expect(f"{shown:,} of" in said, f"of {shown} products it says {said}")
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
        self.equal(page.cards()[: len(before)], before, "the first page after the next one came")
