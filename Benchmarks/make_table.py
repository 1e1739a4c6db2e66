#!/usr/bin/env python3
"""Makes a table like styles.csv of any length: CSV, JSON Lines, or both.

    make_table.py --rows 1000000 --out FOLDER

Ten columns, values of usual frequency, titles of some forty characters that mostly differ, and a title with a comma in
one row of two thousand. The same seed gives the same table.
"""
import argparse
import json
import pathlib
import random

GENDERS = ["Men"] * 50 + ["Women"] * 42 + ["Unisex"] * 5 + ["Boys"] * 2 + ["Girls"]
SEASONS = ["Summer", "Fall", "Winter", "Spring"]
USAGES = ["Casual"] * 77 + ["Sports"] * 9 + ["Ethnic"] * 7 + ["Formal"] * 5 + ["Party", "Smart Casual"]
COLOURS = [
    "Black", "White", "Blue", "Brown", "Grey", "Red", "Green", "Pink", "Navy Blue", "Purple", "Silver", "Yellow",
    "Beige", "Gold", "Maroon", "Orange", "Olive", "Multi", "Cream", "Steel", "Charcoal", "Peach", "Off White", "Skin",
    "Lavender", "Grey Melange", "Khaki", "Magenta", "Teal", "Tan", "Bronze", "Copper", "Turquoise Blue", "Rust",
]
KINDS = [
    (master, sub, f"{kind}{suffix}")
    for master, sub, kinds in [
        ("Apparel", "Topwear", ["Tshirts", "Shirts", "Kurtas", "Tops", "Sweaters", "Jackets"]),
        ("Apparel", "Bottomwear", ["Jeans", "Trousers", "Shorts", "Track Pants"]),
        ("Apparel", "Loungewear and Nightwear", ["Night suits", "Nightdress", "Lounge Pants"]),
        ("Accessories", "Watches", ["Watches"]),
        ("Accessories", "Bags", ["Handbags", "Backpacks", "Clutches"]),
        ("Footwear", "Shoes", ["Casual Shoes", "Sports Shoes", "Formal Shoes", "Heels"]),
        ("Personal Care", "Fragrance", ["Perfume and Body Mist", "Deodorant"]),
    ]
    for kind in kinds
    for suffix in ["", " Classic", " Slim", " Long", " Short"]
]
COLUMNS = "id gender masterCategory subCategory articleType baseColour season year usage productDisplayName".split()


def rows(count, seed):
    draw = random.Random(seed)
    brands = [f"Brand {number}" for number in range(2000)]
    for number in range(count):
        master, sub, kind = KINDS[int(len(KINDS) * draw.random() ** 2)]
        colour = COLOURS[int(len(COLOURS) * draw.random() ** 2)]
        gender = draw.choice(GENDERS)
        title = f"{draw.choice(brands)} {gender} {colour} {kind} {draw.randrange(10000)}"
        if number % 2000 == 1999:
            title = title.replace(" ", ", ", 1)
        yield [
            str(1000 + number), gender, master, sub, kind, colour, draw.choice(SEASONS), str(draw.randrange(2007, 2020)),
            draw.choice(USAGES), title,
        ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with open(options.out / "table.csv", "w") as table, open(options.out / "table.jsonl", "w") as lines:
        print(",".join(COLUMNS), file=table)
        for row in rows(options.rows, options.seed):
            print(",".join(row), file=table)
            record = dict(zip(COLUMNS, row))
            record["id"], record["year"] = int(record["id"]), int(record["year"])
            print(json.dumps(record), file=lines)


if __name__ == "__main__":
    main()
