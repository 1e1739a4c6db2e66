"""Compares the server's answers with the ledger, while nothing changes."""
import json
from urllib.parse import quote

from .ledger import TOLERANCE

#: Products of a search; there are never so many of one model that theirs could be missing.
MOST = 1000


class Lost(AssertionError):
    """Something acknowledged is not there, or is not what it was."""


def look_up(client, id):
    """The product, or `None`."""
    status, _, body = client.get(f"/products/{quote(id, safe='')}")
    if status not in (200, 404):
        raise Lost(f"GET {id}: {status} {body[:200]!r}")
    return json.loads(body) if status == 200 else None


def fits(product, version):
    """Whether a product, or its absence, is a version."""
    if product is None or version is None:
        return product is None and version is None
    values = {name: [value] for name, value in version.attributes.items()}
    return product["title"] == version.title and product["attributes"] == values


def check_found(client, id, version, lines=None):
    """A search for what is like the model finds the product with the right score."""
    if lines is None:
        lines = similar(client, version.model)
    line = lines.get(id)
    if line is None:
        raise Lost(f"{id} is not similar to {version.model.id}, whose picture it has")
    if abs(line["score"] - version.score) > TOLERANCE or line["title"] != version.title:
        raise Lost(f"{id} as '{version.title}' must have the score {version.score}: {line}")


def check_gone(client, id, model):
    if look_up(client, id) is not None:
        raise Lost(f"{id} was removed, and it is there")
    if id in similar(client, model):
        raise Lost(f"{id} was removed, and a search finds it")


def similar(client, model):
    found = client.json(f"/products/{model.id}/similar?count={MOST}")["results"]
    return {line["id"]: line for line in found}


def check_all(client, ledger, ids, models, catalogued):
    """Every product of the ledger, by itself, in searches and by its picture; settles what was never answered.

    Returns the number of products that are there.
    """
    searches = {model.id: similar(client, model) for model in models}
    for id in ids:
        product = look_up(client, id)
        version = next((state for state in ledger.possible(id) if fits(product, state)), Lost)
        if version is Lost:
            titles = [state and state.title for state in ledger.possible(id)]
            raise Lost(f"{id} is {product}; it must be one of {titles}")
        ledger.settle(id, version)
        if version is None:
            finding = [model for model, lines in searches.items() if id in lines]
            if finding:
                raise Lost(f"{id} is not there, and searches for {finding} find it")
            continue
        lines = searches[version.model.id]
        check_found(client, id, version, lines)
        status, _, picture = client.get(f"{lines[id]['picture']}&width=160")
        if status != 200 or not picture.startswith(b"\xff\xd8"):
            raise Lost(f"the picture of {id}: {status}")
    count = client.json("/ready")["products"]
    if count != catalogued + len(ledger.present):
        raise Lost(f"the index has {count} products, not {catalogued} and the {len(ledger.present)} that were put")
    return len(ledger.present)
