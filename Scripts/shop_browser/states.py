"""What the page says while it waits, when nothing matches and when something fails; answers that come too late."""

import base64
import json
import time
from urllib.parse import quote

from .checks import Checks
from .shop import PAGE

CARDS = "document.querySelectorAll('#products .card:not(.ghost)').length > 0"
HOSTILE = "<img src=x onerror=alert(1)>\"'&amp;<script>alert(2)</script>"


class States(Checks):
    """Answers that are empty, broken, late or hostile; the browser gives them instead of the shop."""

    def run(self):
        self.empty()
        self.offline()
        self.broken()
        self.busy()
        self.late()
        self.hostile()

    def empty(self):
        page = self.page
        names = [facet["attribute"] for facet in self.shop.ask("/facets")["facets"]]
        page.open(f"/?{quote(names[0])}=no-such-value")
        self.equal(page.cards(), [], "products with a value that nothing has")
        self.expect("Remove a filter" in page.text("#products .note p"), "an empty list does not say what to do")
        self.shoot("empty")
        page.click("#products .note button")
        self.equal(page.query(), "", "the address without filters")
        self.equal(page.cards()[:PAGE], self.shop.ids(f"/products?count={PAGE}"), "products without filters")
        self.quiet()

    def offline(self):
        page = self.page
        page.open("/")
        conditions = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        page.browser.call("Network.emulateNetworkConditions", offline=True, **conditions)
        page.click(".facet")
        page.click(".values:popover-open li span")
        page.key("Escape")
        self.expect("offline" in (page.text("#products .note p") or ""), f"it says {page.text('#products .note p')}")
        self.expect(page.is_visible("#products .note button"), "there is no way to try again")
        self.shoot("offline")
        page.browser.call("Network.emulateNetworkConditions", offline=False, **conditions)
        self.expect(page.wait(CARDS), "back online, nothing is shown")
        self.quiet(expected=("ERR_INTERNET_DISCONNECTED",))

    def paused(self, count=1):
        """The requests that the browser holds, once there are so many."""
        browser, found = self.page.browser, []
        end = time.monotonic() + 15
        while len(found) < count and time.monotonic() < end:
            self.page.run("0")
            found = [event["params"] for event in browser.events if event.get("method") == "Fetch.requestPaused"]
            time.sleep(0.02)
        return found

    def answer(self, request, status, body, **headers):
        fields = {"Content-Type": "application/json"}
        fields |= {name.replace("_", "-"): text for name, text in headers.items()}
        self.page.browser.call(
            "Fetch.fulfillRequest",
            requestId=request["requestId"],
            responseCode=status,
            responseHeaders=[{"name": name, "value": value} for name, value in fields.items()],
            body=base64.b64encode(json.dumps(body).encode()).decode(),
        )

    def hold(self, pattern):
        self.page.browser.events.clear()
        self.page.browser.call("Fetch.enable", patterns=[{"urlPattern": pattern}])

    def release(self):
        self.page.browser.call("Fetch.disable")

    def choose(self, position):
        """Presses a value of the first filter, without waiting for its products."""
        self.page.run("document.querySelector('.values:popover-open') ?? document.querySelector('.facet').click()")
        self.page.browser.settle(100)
        self.page.run(f"document.querySelectorAll('.values:popover-open input[type=checkbox]')[{position}].click()")

    def broken(self):
        page = self.page
        page.open("/")
        self.hold("*/products?*")
        self.choose(0)
        self.answer(self.paused()[0], 500, {"error": {"code": "broken", "message": f"All is lost {HOSTILE}."}})
        page.rest()
        self.equal(page.text("#products .note p"), f"All is lost {HOSTILE}.", "what is said of an error")
        self.equal(page.cards(), [], "products beside an error")
        self.release()
        page.key("Escape")
        page.click("#products .note button")
        self.expect(len(page.cards()) > 0 and not page.is_visible("#products .note"), "trying again does nothing")
        self.quiet(expected=("500",))

        self.broken_page()
        self.broken_product()

    def broken_page(self):
        """The second page of a list fails: the first one stays."""
        page, shop = self.page, self.shop
        page.open("/")
        first = page.cards()
        if shop.products(count=1)["total"] <= len(first):
            return
        self.hold("*/products?*")
        page.run("document.querySelector('#products .foot').scrollIntoView({ block: 'end' })")
        self.answer(self.paused()[0], 500, {"error": {"code": "broken", "message": "Not now."}})
        page.rest()
        self.equal((page.cards(), page.text("#products .note p")), (first, "Not now."), "a second page that fails")
        self.release()
        page.click("#products .note button")
        second = shop.ids(f"/products?count={PAGE}&offset={len(first)}")
        self.equal(page.cards()[: len(first) + PAGE], first + second, "the second page after another try")
        self.quiet(expected=("500",))

    def broken_product(self):
        page = self.page
        page.open("/")
        id = page.cards()[0]
        self.hold(f"*/products/{id}")
        page.run("document.querySelector('#products .card a').click()")
        self.answer(self.paused()[0], 500, {"error": {"code": "broken", "message": "Not now."}})
        page.wait("document.querySelector('#product').classList.contains('lost')")
        self.equal(page.text(".words .trouble"), "Not now.", "what is said of a product that cannot be shown")
        self.shoot("product-trouble")
        self.release()
        page.click(".again button")
        title = self.shop.ask(f"/products/{id}")["title"]
        self.equal(page.text("#product-title"), title, "the title after another try")
        self.equal(page.text(".words .trouble"), "", "trouble after another try")
        page.key("Escape")
        self.quiet(expected=("500",))

    def busy(self):
        page = self.page
        page.open("/")
        self.hold("*/products?*")
        self.choose(0)
        message = {"error": {"code": "queue-full", "message": "Later."}}
        self.answer(self.paused()[0], 503, message, Retry_After="1")
        page.rest()
        self.expect("Trying again in 1 second" in (page.text("#products .note p") or ""), "a busy shop is not explained")
        again = self.paused(2)
        self.equal(len(again), 2, "the requests after the time that the shop says")
        self.release()
        self.expect(page.wait(CARDS), "the page waits for ever for a busy shop")
        self.quiet(expected=("503",))

    def late(self):
        """The first of two requests is answered last."""
        page, shop = self.page, self.shop
        page.open("/")
        facet = shop.ask("/facets")["facets"][0]
        values = [value["value"] for value in facet["values"]]
        self.hold("*/products?*")
        self.choose(0)
        self.paused()
        self.choose(1)
        requests = self.paused(2)
        for request in reversed(requests):
            try:
                page.browser.call("Fetch.continueRequest", requestId=request["requestId"])
            except RuntimeError:
                # The page has given it up.
                self.expect(request is requests[0], "the newer request was given up")
        self.release()
        page.rest()
        wanted = shop.products(**{facet["attribute"]: values[:2]})["results"]
        self.equal(page.cards(), [product["id"] for product in wanted], "products after two choices")
        ended = [event["params"] for event in page.browser.events if event.get("method") == "Network.loadingFailed"]
        self.expect(any(event.get("canceled") for event in ended), "the older request was not given up")
        self.quiet()

    def hostile(self):
        """Titles, values and identifiers that look like markup stay text."""
        page = self.page
        page.open("/", forget=True)
        id = "a/../b?c#d'\"<b>"
        product = {"id": id, "title": HOSTILE, "picture": None, "attributes": {"gender": [HOSTILE], HOSTILE: ["x"]}}
        line = {**product, "score": 0.5, "image": 0.5, "metadata": None, "parts": {HOSTILE: 0.5}, "because": id}
        self.hold("*/products*")
        self.choose(0)
        self.answer(self.paused()[0], 200, {"total": 1, "results": [product]})
        page.rest()
        self.equal(page.text("#products .card h2"), HOSTILE, "a hostile title")
        page.key("Escape")
        page.run("document.querySelector('#products .card a').click()")
        for request in self.paused(3)[1:3]:
            self.answer(request, 200, {"results": [line]} if "/similar" in request["request"]["url"] else product)
        page.rest()
        self.equal(page.text("#product-title"), HOSTILE, "a hostile title in the dialog")
        self.expect(HOSTILE in page.text(".attributes"), "a hostile value")
        page.click(".alike-list .why")
        self.expect("img src" in page.text(".reasons:popover-open .sentence"), "a hostile part")
        self.release()
        page.key("Escape")
        page.click(".words .like")
        page.key("Escape")
        page.click("nav a", "For you")
        self.equal(page.run("document.querySelectorAll('img[src=x], main script, dialog script').length"), 0, "markup")
        label = page.run("document.querySelector('#visit .forget').ariaLabel")
        self.equal(label, f"Forget {HOSTILE}", "a hostile like")
        page.run("localStorage.clear()")
        self.quiet(expected=("404", "422"))
