#!/usr/bin/env python3
"""Checks in a headless Chromium that the page of the example shop does what it shows.

    check_shop_in_browser.py ADDRESS --demo REC_DEMO --index INDEX --picture FILE.jpg [--weights FILE]
        [--screenshots FOLDER] [--only PART]...

The shop at ADDRESS serves INDEX, of which `rec-demo` and the shop's own answers are asked beside the page; FILE.jpg is
the picture of a product, named for it. Uses every control by mouse, keyboard and touch, in light and dark, on a large
screen and on phones; gives the page answers that are late, broken and hostile; measures contrast and looks for names;
and watches for errors, for violations of the page's policy and for requests to other hosts. Without a Chromium (named
by CHROMIUM or found in the path) it says so and does nothing. Needs nothing beyond Python.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from chromium import DESKTOP, Browser, find_browser  # noqa: E402
from shop_browser.access import Access  # noqa: E402
from shop_browser.for_you import ForYou  # noqa: E402
from shop_browser.page import Page  # noqa: E402
from shop_browser.picture import Picture  # noqa: E402
from shop_browser.product import Product  # noqa: E402
from shop_browser.shop import Shop  # noqa: E402
from shop_browser.states import States  # noqa: E402
from shop_browser.wall import Wall  # noqa: E402

CAMERA = ("--use-fake-device-for-media-stream",)
PARTS = ("wall", "product", "for-you", "picture", "states", "access")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("--demo", required=True, help="the program rec-demo")
    parser.add_argument("--index", required=True, help="what the shop serves")
    parser.add_argument("--picture", required=True, type=Path, help="a JPEG of the catalogue")
    parser.add_argument("--weights", help="where the weights are, if they moved since the index was built")
    parser.add_argument("--screenshots", type=Path, metavar="FOLDER", help="keep pictures of the page there")
    parser.add_argument("--only", action="append", choices=PARTS, help="check these parts only")
    arguments = parser.parse_args()
    executable = find_browser()
    if not executable:
        print("check_shop_in_browser: there is no Chromium, so the page was not tried in a browser")
        return
    if arguments.screenshots:
        arguments.screenshots.mkdir(parents=True, exist_ok=True)
    address = arguments.address.rstrip("/")
    shop = Shop(address, arguments.demo, arguments.index, arguments.weights)
    findings, count = [], 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(executable, profile, CAMERA)

        def shoot(name):
            if arguments.screenshots:
                browser.picture(arguments.screenshots / f"{name}.png")

        try:
            page = Page(browser, address)
            kinds = {"wall": Wall, "product": Product, "for-you": ForYou, "states": States, "access": Access}
            for name in arguments.only or PARTS:
                browser.screen(*DESKTOP)
                more = [arguments.picture] if name == "picture" else []
                part = kinds.get(name, Picture)(page, shop, shoot, *more)
                try:
                    part.run()
                except RuntimeError as error:
                    part.expect(False, f"stopped: {error}")
                findings += part.findings
                count += part.count
        finally:
            browser.close()
    for finding in findings:
        print(finding, file=sys.stderr)
    if findings:
        sys.exit(1)
    print(f"{address}: {count} checks in a browser hold")


if __name__ == "__main__":
    main()
