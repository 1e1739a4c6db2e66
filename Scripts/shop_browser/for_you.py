"""Recommendations from what a visitor likes, dislikes and looked at."""

import json

from .checks import Checks
from .shop import PAGE

BODIES = "Network.getRequestPostData"


class ForYou(Checks):
    """The view that a visitor's own products make."""

    def run(self):
        self.nothing_yet()
        self.ranking()
        self.judging()
        self.forgetting()

    def kept(self):
        return json.loads(self.page.run("localStorage.getItem('visit')") or "null")

    def body(self):
        """The last request for recommendations."""
        for event in reversed(self.page.browser.events):
            request = event.get("params", {}).get("request", {})
            if event.get("method") == "Network.requestWillBeSent" and request.get("url", "").endswith("/recommend"):
                number = event["params"]["requestId"]
                return json.loads(self.page.browser.call(BODIES, requestId=number)["postData"])
        return None

    def compare(self, what):
        """Whether the page shows the answer of the shop and of the library to what it asked."""
        body = self.body()
        shown = self.page.cards()[:PAGE]
        answer = self.shop.ask("/recommend", {**body, "offset": 0})["results"]
        self.equal(shown, [line["id"] for line in answer], what)
        options = ["--count", PAGE, "--image-weight", body["imageWeight"], "--diversity", body["diversity"]]
        for option, examples in (("--like", body["likes"]), ("--dislike", body["dislikes"])):
            for example in examples:
                options += [option, f"{example['id']}={example['weight']}"]
        for id in body["seen"]:
            options += ["--exclude", id]
        for attribute, values in body["where"].items():
            for value in values:
                options += ["--where", f"{attribute}={value}"]
        library = [line["id"] for line in self.shop.library("recommend", *options)]
        self.equal(shown, library, f"{what}, in the library")
        return body, answer

    def nothing_yet(self):
        page = self.page
        page.open("/#view=for-you", forget=True)
        self.expect(page.is_visible("#nothing-yet") and not page.cards(), "a new visitor is not told what to do")
        self.shoot("for-you-empty")
        page.click("#nothing-yet a")
        self.equal((page.hash(), page.text("#heading")), ("", "Everything"), "the way to all products")
        self.equal(page.focus(), "Everything", "the focus after another view was opened")

    def ranking(self):
        page = self.page
        page.open("/", forget=True)
        ids = page.cards()
        page.click("#products .card .like")
        self.equal(page.run("document.querySelector('#products .card .like').ariaPressed"), "true", "a like")
        page.click("#products .card:nth-child(3) a")
        page.key("Escape")
        page.click("#products .card:nth-child(4) a")
        page.click(".words .dislike")
        page.key("Escape")
        page.click("nav a", "For you")
        body, answer = self.compare("for you")
        self.equal(body["likes"], [{"id": ids[0], "weight": 1}, {"id": ids[2], "weight": 0.25}], "what is liked")
        self.equal(body["dislikes"], [{"id": ids[3], "weight": 1}], "what is disliked")
        self.equal(sorted(body["seen"]), sorted([ids[0], ids[2], ids[3]]), "what was seen")
        headings = page.run("[...document.querySelectorAll('.visit-group h3')].map((heading) => heading.textContent)")
        self.equal(headings, ["You like", "Not for you", "You looked at"], "what the list goes by")
        page.click("#products .why")
        sentence = page.text(".reasons:popover-open .sentence") or ""
        because = {ids[0]: "because you like", ids[2]: "because you looked at"}[answer[0]["because"]]
        self.expect(because in sentence, f"the reason is {sentence}")
        self.shoot("for-you")
        page.key("Escape")
        for selector, key, name in ((".variety", "End", "variety"), (".weight", "Home", "picture-weight")):
            page.run(f"document.querySelector('#sliders-place {selector} input').focus()")
            page.key(key)
            page.browser.settle(400)
            page.rest()
            self.expect(f"{name}=" in page.hash(), f"the address does not follow {name}")
            self.compare(f"for you with another {name}")
        body = self.body()
        self.equal((body["diversity"], body["imageWeight"]), (1, 0), "the shares that are sent")
        page.browser.reload()
        page.rest()
        self.equal((self.body()["diversity"], self.body()["imageWeight"]), (1, 0), "the shares after a reload")
        page.open("/#view=for-you")
        page.click(".facet")
        page.click(".values:popover-open li span")
        page.key("Escape")
        self.expect(len(self.compare("for you with a filter")[0]["where"]) == 1, "the filter is not sent")
        self.quiet()

    def judging(self):
        page = self.page
        page.open("/#view=for-you")
        first, second = page.cards()[:2]
        page.click("#products .card .dislike")
        self.compare("after a dislike")
        self.expect(first not in page.cards(), "a product that is not for the visitor stays")
        page.click("#products .card .like")
        self.compare("after a like")
        self.expect(len(self.kept()["disliked"]) == 2 and len(self.kept()["liked"]) == 2, f"{self.kept()} is kept")
        before = page.cards()
        page.click("#products .card:nth-child(2) a")
        page.key("Escape")
        self.equal(page.cards(), before, "the list after a look at one of its products")
        self.quiet()

    def forgetting(self):
        page = self.page
        page.open("/#view=for-you")
        before = self.kept()
        page.click(".forget")
        self.equal(len(self.kept()["liked"]), len(before["liked"]) - 1, "the likes after one was forgotten")
        self.expect("Forget" in page.focus(), f"the focus is at {page.focus()}")
        self.compare("after a like was forgotten")
        kept = self.kept()
        page.click("#forget-all")
        self.equal((self.kept(), page.cards()), (None, []), "after all was forgotten")
        self.expect(page.is_visible("#nothing-yet"), "after all was forgotten nothing says what to do")
        self.equal(page.focus(), "Undo", "the focus after all was forgotten")
        page.click("#bring-back")
        self.equal(self.kept(), kept, "what was brought back")
        self.compare("after all was brought back")
        page.run("localStorage.setItem('visit', '{\"liked\": [{\"id\": \"gone\"}, 7], \"looked\": \"x\"}')")
        page.open("/#view=for-you")
        self.expect(page.is_visible("#products .note") or page.cards(), "a like that is sold out leaves the page empty")
        self.quiet()
