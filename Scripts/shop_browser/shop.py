"""A running shop, asked without its page, and the library's answers from the same index."""

import json
import subprocess
import urllib.error
import urllib.parse
import urllib.request

PAGE = 24


class Shop:
    """The shop at an address; `demo` is the program `rec-demo`, `index` the index that the shop serves."""

    def __init__(self, address, demo, index, weights):
        self.address, self.demo, self.index, self.weights = address.rstrip("/"), demo, index, weights

    def ask(self, path, body=None, kind="application/json"):
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        request = urllib.request.Request(self.address + path, data, {"Content-Type": kind} if data else {})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def ids(self, path, body=None, **more):
        return [product["id"] for product in self.ask(path, body, **more)["results"]]

    def products(self, offset=0, count=PAGE, **filters):
        query = [("offset", offset), ("count", count), *((name, value) for name in filters for value in filters[name])]
        return self.ask("/products?" + urllib.parse.urlencode(query))

    def library(self, command, *arguments):
        """What `rec-demo` says, line by line."""
        more = ["--weights", self.weights] if self.weights and "--image" in arguments else []
        line = [self.demo, command, "--json", "--index", self.index, *map(str, arguments), *more]
        output = subprocess.run(line, check=True, capture_output=True, text=True).stdout
        return [json.loads(line) for line in output.splitlines()]
