"""A product over the page: what is like it, why, and what a visitor says of it."""

from urllib.parse import parse_qsl, quote

from .checks import Checks
from .shop import PAGE

REASONS = """(() => {
  const panel = document.querySelector(".reasons:popover-open");
  if (!panel) return null;
  const { left, top, right, bottom } = panel.getBoundingClientRect();
  const number = (element) => Number(element.textContent.replace("−", "-"));
  return { score: number(panel.querySelector(".value")), sentence: panel.querySelector(".sentence").textContent,
    parts: [...panel.querySelectorAll("li")].map((item) => [item.children[0].textContent, number(item.children[1])]),
    isWhole: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
    isOnTop: panel.contains(document.elementFromPoint((left + right) / 2, top + 20)) };
})()"""


class Product(Checks):
    """The dialog of a product."""

    def run(self):
        self.opens_and_closes()
        self.alike()
        self.reasons()
        self.filters()
        self.missing()

    def id(self):
        return self.page.run("new URLSearchParams(location.hash.slice(1)).get('product')")

    def is_open(self):
        return self.page.run("document.getElementById('product').open")

    def opens_and_closes(self):
        page = self.page
        page.open("/", forget=True)
        first, second = page.cards()[:2]
        page.click("#products .card a")
        self.equal((self.is_open(), self.id()), (True, first), "a press on a card opens its product")
        answer = self.shop.ask(f"/products/{quote(first, safe='')}")
        self.equal(page.text("#product-title"), answer["title"], "the title")
        self.equal(page.focus(), answer["title"], "the focus in the dialog")
        values = page.run("[...document.querySelectorAll('.attributes dd > *')].map((value) => value.textContent)")
        self.equal(sorted(values), sorted(v for vs in answer["attributes"].values() for v in vs), "the attributes")
        self.expect(answer["title"] in page.run("document.title"), "the title of the page is another")
        alt = page.run("document.querySelector('.picture-frame.large img')?.alt ?? null")
        self.expect(not answer["picture"] or alt == f"Picture of {answer['title']}", f"the picture is called {alt}")
        self.shoot("product")
        page.key("Escape")
        self.equal((self.is_open(), page.hash()), (False, ""), "Escape closes the product")
        self.equal(page.run("document.activeElement.dataset.product"), first, "the focus after closing")
        page.run("history.back()")
        page.rest()
        self.equal(self.id(), first, "going back opens the product again")
        page.click("#product .close")
        self.expect(not self.is_open(), "the button does not close the product")
        page.run(f"document.querySelector('#products [data-product=\"{second}\"]').focus()")
        page.key("Enter")
        page.rest()
        self.equal((self.is_open(), self.id()), (True, second), "Enter opens the product")
        page.browser.click(4, 400)
        page.rest()
        self.expect(not self.is_open(), "a press beside the product does not close it")
        self.quiet()

    def alike(self):
        page, shop = self.page, self.shop
        first = shop.ids("/products?count=2")[1]
        page.open(f"/#product={quote(first)}")
        page.wait("document.querySelectorAll('.alike-list .card:not(.ghost)').length > 0")
        for weight in ("0.8", "0.7", "0", "1"):
            if weight != "0.8":
                page.run("document.querySelector('.alike-sliders input').focus()")
                page.key({"0.7": "ArrowLeft", "0": "Home", "1": "End"}[weight], 2 if weight == "0.7" else 1)
                page.browser.settle(400)
                page.rest()
                self.equal(page.hash(), f"product={first}&picture-weight={weight}", "the address of a weight")
            shown = page.cards(".alike-list")[:PAGE]
            path = f"/products/{quote(first)}/similar?count={PAGE}&imageWeight={weight}"
            self.equal(shown, shop.ids(path), f"what is like {first} at {weight}")
            library = shop.library("similar", "--id", first, "--count", PAGE, "--image-weight", weight)
            self.equal(shown, [line["id"] for line in library], f"the library's answer for {first} at {weight}")
        title = shop.ask(f"/products/{quote(first)}")["title"]
        self.expect(title in page.run("document.title"), "the title of the page after the slider moved")
        said = page.run("document.querySelector('.alike-sliders input').getAttribute('aria-valuetext')")
        self.equal(said, "picture 100 %, attributes 0 %", "the slider says")
        second = page.cards(".alike-list")[0]
        page.click(".alike-list .card a")
        self.equal(self.id(), second, "a product leads to another")
        self.equal(page.run("document.querySelector('.scroller').scrollTop"), 0, "the other product begins at its top")
        page.run("history.back()")
        page.rest()
        self.equal(self.id(), first, "going back leads to the first product")
        self.quiet()

    def reasons(self):
        page, shop = self.page, self.shop
        id = shop.ids("/products?count=2")[1]
        page.open(f"/#product={quote(id)}")
        line = shop.ask(f"/products/{quote(id)}/similar?count=1&imageWeight=0.8&explain=true")["results"][0]
        page.click(".alike-list .why")
        shown = page.run(REASONS)
        self.expect(shown is not None and shown["isWhole"] and shown["isOnTop"], f"the reasons are cut off: {shown}")
        if shown is None:
            return
        self.equal(shown["score"], round(line["score"] + 1e-9, 2), "the score")
        telling = sorted((value for value in line["parts"].values() if abs(value) >= 0.005), reverse=True)
        self.equal([value for _, value in shown["parts"]], [round(value + 1e-9, 2) for value in telling], "the parts")
        self.expect(shown["sentence"].startswith(f"Picture {shown['parts'][0][1]:.2f}"), f"it says {shown['sentence']}")
        self.shoot("why")
        page.key("Escape")
        self.equal((page.run(REASONS), self.is_open()), (None, True), "Escape closes the reasons and not the product")
        page.key("Enter")
        page.browser.settle(100)
        self.expect(page.run(REASONS) is not None, "Enter does not open the reasons")
        page.click(".alike-list .why")
        self.expect(page.run(REASONS) is None, "a second press does not close the reasons")
        self.quiet()

    def filters(self):
        """The filters among what is alike, what is said of a product, and the products that share a value."""
        page, shop = self.page, self.shop
        id = shop.ids("/products?count=1")[0]
        attribute = shop.ask("/facets")["facets"][0]["attribute"]
        values = shop.ask(f"/products/{quote(id)}")["attributes"][attribute]
        page.open(f"/?{attribute}={quote(values[0])}#product={quote(id)}")
        page.click(".within input")
        query = f"count={PAGE}&imageWeight=0.8&{attribute}={quote(values[0])}"
        wanted = shop.ids(f"/products/{quote(id)}/similar?{query}")
        self.equal(page.cards(".alike-list")[:PAGE], wanted, "within filters")
        self.expect("within=filters" in page.hash(), "the address does not say that filters count")
        for kind, other in (("like", "dislike"), ("dislike", "like")):
            page.click(f".words .{kind}")
            pressed = [page.run(f"document.querySelector('.words .{name}').ariaPressed") for name in (kind, other)]
            self.equal(pressed, ["true", "false"], f"after {kind}")
        page.click(".words .dislike")
        self.equal(page.run("document.querySelector('.words .dislike').ariaPressed"), "false", "taken back")
        page.click(".attributes dd a")
        self.equal((self.is_open(), parse_qsl(page.query())), (False, [(attribute, values[0])]), "a value's link")
        wanted = shop.ids(f"/products?count={PAGE}&{attribute}={quote(values[0])}")
        self.equal(page.cards()[:PAGE], wanted, "the products of a value")
        self.quiet()

    def missing(self):
        page = self.page
        page.open("/#product=no%20such%20%3Cb%3E")
        page.wait("document.querySelector('#product').classList.contains('lost')")
        self.expect("no such" in (page.text(".words .trouble") or ""), "a product that is not there is not named")
        self.shoot("missing")
        page.key("Escape")
        self.expect(not self.is_open() and len(page.cards()) > 0, "the page does not go on without the product")
        self.quiet(expected=("404",))
