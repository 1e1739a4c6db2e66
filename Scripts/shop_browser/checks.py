"""What all parts of the checks have in common."""

import json

TROUBLES = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded", "Page.javascriptDialogOpening")


class Checks:
    """The checks of a part of the page, and what they found."""

    def __init__(self, page, shop, shoot):
        self.page, self.shop, self.shoot = page, shop, shoot
        self.findings, self.count = [], 0

    def expect(self, holds, message):
        self.count += 1
        if not holds:
            self.findings.append(f"{type(self).__name__}: {message}")

    def equal(self, found, wanted, what):
        self.expect(found == wanted, f"{what}: {str(found)[:400]} instead of {str(wanted)[:400]}")

    def quiet(self, expected=()):
        """Whether nothing failed since the page was opened, and nothing was asked of another host."""
        logged = [event for event in self.page.browser.events if event.get("method") in TROUBLES]
        texts = [json.dumps(event) for event in logged]
        texts = [text[:400] for text in texts if not any(part in text for part in expected)]
        self.equal(texts, [], "what the browser complains of")
        elsewhere = [url for url in self.page.requests() if not url.startswith(self.page.address + "/")]
        self.equal(elsewhere, [], "requests to other hosts")
