#!/usr/bin/env python3
"""Tables in the encodings of Python's codecs, with what Python's csv module reads from the text.

Writes Tests/RecMetadataTests/Fixtures/Catalogue/encodings.json. Needs Python 3.9, nothing else.
"""
import base64
import csv
import io
import json
import pathlib

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/RecMetadataTests/Fixtures/Catalogue/encodings.json"

LATIN = 'id,colour,productDisplayName\ncaf\u00e9,Gr\u00fcn,"Stra\u00dfe, 1"\n2,\u00c9cru,Na\u00efve \u2013 \u20ac 5\n'
WIDE = 'id,\u0446\u0432\u0435\u0442,productDisplayName\n1,\u0421\u0438\u043d\u0438\u0439,\u0420\u0443\u0431\u0430\u0448\u043a\u0430\n2,\u9752,\U0001f45f "x"\n'
ASCII = "id,colour,productDisplayName\n1,Red,Shirt\n2,Blue,Dress\n"
SEMICOLON = "id;colour;productDisplayName\r\n1;Gr\u00fcn;Hemd, lang\r\n"


def case(name, text, data, guessed=None):
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.split("\n")[0] else ","))
    return {
        "name": name,
        "bytes": base64.b64encode(data).decode(),
        "guessed": guessed,
        "rows": [{key: value for key, value in row.items()} for row in rows],
    }


cases = []
for label, text in [("ascii", ASCII), ("wide", WIDE), ("semicolon", SEMICOLON), ("latin", LATIN)]:
    for codec in ["utf-8", "utf-8-sig", "utf-16", "utf-32"]:
        cases.append(case(f"{label} {codec}", text, text.encode(codec)))
    for codec in ["utf-16-be", "utf-32-be"]:
        cases.append(case(f"{label} {codec} with a mark", text, ("\ufeff" + text).encode(codec)))
    for codec, name in [("utf-16-le", "UTF-16LE"), ("utf-16-be", "UTF-16BE"), ("utf-32-le", "UTF-32LE"), ("utf-32-be", "UTF-32BE")]:
        cases.append(case(f"{label} {codec} without a mark", text, text.encode(codec), name))
for label, text in [("semicolon", SEMICOLON), ("latin", LATIN)]:
    cases.append(case(f"{label} cp1252", text, text.encode("cp1252"), "Windows-1252"))
OUT.write_text(json.dumps(cases, indent=0, ensure_ascii=True) + "\n")
