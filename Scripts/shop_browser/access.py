"""Keyboard, screen reader, contrast, small screens, and settings of the system."""

from pathlib import Path
from urllib.parse import quote

from chromium import DESKTOP, PHONE

from .checks import Checks

SURVEY = (Path(__file__).parent / "access.js").read_text(encoding="utf-8")
NAMED = {"button", "link", "checkbox", "slider", "textbox", "searchbox", "dialog", "image", "img", "region"}
NAMED |= {"navigation", "group"}
NARROW = (320, 640, 2, True)
FOCUSED = """(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const after = getComputedStyle(element, "::after");
  const thumb = element.matches("input[type=range]");
  const around = element.closest(".button") ?? element;
  const isShown = [style, after, getComputedStyle(around)].some((one) => one.outlineStyle !== "none"
    && parseFloat(one.outlineWidth) > 0) || thumb;
  return { tag: element.localName, isShown, name: element.getAttribute("aria-label") ?? element.textContent.trim() };
})()"""


class Access(Checks):
    """All views in light and dark, on large and small screens."""

    def run(self):
        page = self.page
        page.browser.call("Accessibility.enable")
        page.open("/", forget=True)
        for position in (1, 2, 3):
            page.click(f"#products .card:nth-child({position}) a")
            page.click(".words .like" if position > 1 else ".words .dislike")
            page.key("Escape")
        for scheme in ("light", "dark"):
            self.scheme(scheme)
            for name, size in (("desktop", DESKTOP), ("phone", PHONE), ("narrow", NARROW)):
                page.browser.screen(*size)
                self.views(f"{name}-{scheme}")
        self.scheme("light")
        self.phone()
        page.browser.screen(*DESKTOP)
        self.keyboard()
        self.motion()
        page.browser.call("Emulation.setEmulatedMedia", features=[])

    def scheme(self, name, motion="no-preference"):
        features = {"prefers-color-scheme": name, "prefers-reduced-motion": motion}
        features = [{"name": name, "value": value} for name, value in features.items()]
        self.page.browser.call("Emulation.setEmulatedMedia", features=features)

    def views(self, name):
        page = self.page
        first = self.shop.ids("/products?count=1")[0]
        attribute = self.shop.ask("/facets")["facets"][0]["attribute"]
        values = self.shop.ask(f"/products/{quote(first)}")["attributes"][attribute]
        address = {
            "wall": "/",
            "filtered": f"/?{attribute}={quote(values[0])}",
            "empty": f"/?{attribute}=nothing",
            "for-you": "/#view=for-you",
            "by-picture": "/#view=picture",
            "product": f"/?{attribute}={quote(values[0])}#product={quote(first)}",
        }
        for view, path in address.items():
            page.open(path)
            page.browser.settle(250)
            self.survey(f"{view}-{name}")
            if view in ("wall", "for-you", "product") or "desktop" in name:
                self.shoot(f"{name}-{view}")
            if view == "product":
                page.click(".alike-list .why")
                self.survey(f"why-{name}")
                self.shoot(f"{name}-why")
            if view == "wall":
                page.click(".facet")
                self.survey(f"filter-{name}")
                self.shoot(f"{name}-filter")
        self.quiet()

    def survey(self, where):
        page = self.page
        report = page.run(SURVEY)
        self.expect(report["texts"] > 0, f"{where}: there is no text")
        for finding in report["findings"]:
            self.expect(False, f"{where}: {finding}")
        self.count += report["texts"]
        roles = []
        for node in page.browser.call("Accessibility.getFullAXTree")["nodes"]:
            role = node.get("role", {}).get("value")
            if node.get("ignored") or role not in NAMED:
                continue
            roles.append(role)
            self.expect(node.get("name", {}).get("value", "").strip(), f"{where}: a {role} has no name")
        self.expect("button" in roles and "link" in roles, f"{where}: the tree of roles has {set(roles)}")
        if page.run("!document.querySelector('dialog:modal')"):
            landmarks = page.run("['header', 'nav', 'main', 'footer'].every((name) => document.querySelector(name))")
            self.expect(landmarks, f"{where}: a landmark is missing")

    def phone(self):
        """By touch: filters as a sheet, a product over the whole screen."""
        page = self.page
        page.browser.screen(*PHONE)
        page.open("/")
        page.tap(".facet")
        bottom = page.run("document.querySelector('.values:popover-open').getBoundingClientRect().bottom - innerHeight")
        self.expect(abs(bottom) < 1, f"the sheet of a filter ends {bottom} from the edge of the screen")
        page.tap(".values:popover-open li span")
        page.tap(".values:popover-open .done")
        self.expect(page.run("!document.querySelector('.values:popover-open')"), "the sheet does not close")
        self.expect(page.query() != "", "a tap chooses no value")
        page.tap("#products .card a")
        width = page.run("document.getElementById('product').getBoundingClientRect().width")
        self.equal(width, PHONE[0], "the width of a product")
        page.tap("#product .close")
        self.quiet()

    def keyboard(self):
        """Whether the Tab key reaches all that can be pressed, in order, and shows where it is."""
        page = self.page
        page.open("/")
        page.key("Tab")
        self.equal(page.focus(), "Skip to the products", "the first stop of the Tab key")
        page.key("Enter")
        self.equal(page.run("document.activeElement.id"), "main", "the skip link")
        page.open("/")
        wanted = page.run(
            "[...document.querySelectorAll('a[href], button, input')].filter((one) => one.checkVisibility()"
            " && !one.disabled).slice(0, 30).map((one) => one.getAttribute('aria-label') ?? one.textContent.trim())"
        )
        reached = []
        for _ in wanted:
            page.key("Tab")
            stop = page.run(FOCUSED)
            reached.append(stop["name"])
            self.expect(stop["isShown"], f"the focus at {stop['name']} cannot be seen")
        self.equal(reached, wanted, "the stops of the Tab key")
        page.open(f"/#product={quote(self.shop.ids('/products?count=1')[0])}")
        stops = []
        for _ in range(40):
            page.key("Tab")
            stops.append(page.run("document.activeElement.matches('body, #product, #product *')"))
        self.expect(all(stops), "the Tab key leaves a dialog")
        self.quiet()

    def motion(self):
        page = self.page
        for motion, moves in (("no-preference", True), ("reduce", False)):
            self.scheme("light", motion)
            page.open("/")
            page.run("document.querySelector('#products .card a').click()")
            animations = page.run("document.getAnimations().length")
            self.equal(animations > 0, moves, f"something moves with {motion}")
            page.key("Escape")
