"""Which products the sample catalogue has: their attributes, their names and how each is drawn."""

import random
from dataclasses import dataclass

from . import accessories, bags, bottoms, footwear, tops, watches

COLOURS = {
    "Black": (38, 38, 42),
    "White": (240, 240, 238),
    "Grey": (142, 145, 150),
    "Navy Blue": (34, 44, 82),
    "Blue": (62, 106, 172),
    "Red": (190, 42, 48),
    "Maroon": (108, 30, 44),
    "Green": (58, 124, 86),
    "Olive": (104, 104, 62),
    "Brown": (110, 72, 48),
    "Tan": (186, 132, 82),
    "Beige": (214, 196, 166),
    "Yellow": (232, 188, 62),
    "Pink": (226, 142, 162),
    "Purple": (108, 76, 140),
}

SEASONS = ("Summer", "Fall", "Winter", "Spring")


@dataclass(frozen=True)
class Kind:
    """An article type: its place in the category tree and the values that its products take in turn."""

    draw: object
    article: str
    master: str
    sub: str
    count: int
    genders: tuple
    styles: tuple
    patterns: tuple
    colours: tuple
    usages: tuple = ("Casual",)
    noun: str = ""
    #: Drawn by chance; four each, so that what is drawn after them stays the same.
    seasons: tuple = SEASONS


MEN_WOMEN = ("Men", "Women")
KINDS = (
    Kind(
        tops.tshirt,
        "Tshirts",
        "Apparel",
        "Topwear",
        15,
        ("Men", "Men", "Women", "Boys"),
        ("crew", "polo", "v-neck", "crew", "raglan", "long-sleeved"),
        ("solid", "striped", "printed", "solid"),
        ("Navy Blue", "White", "Red", "Grey", "Black", "Olive", "Yellow", "Blue", "Maroon"),
        ("Casual", "Casual", "Sports"),
        "Tshirt",
        ("Summer", "Summer", "Summer", "Spring"),
    ),
    Kind(
        tops.shirt,
        "Shirts",
        "Apparel",
        "Topwear",
        15,
        ("Men", "Men", "Women"),
        ("formal", "casual", "short-sleeved"),
        ("solid", "checked", "pinstriped", "solid", "checked"),
        ("White", "Blue", "Navy Blue", "Pink", "Grey", "Green", "Beige", "Black", "Purple"),
        ("Formal", "Casual", "Formal"),
        "Shirt",
        ("Fall", "Fall", "Fall", "Winter"),
    ),
    Kind(
        tops.dress,
        "Dresses",
        "Apparel",
        "Dress",
        14,
        ("Women", "Women", "Women", "Girls"),
        ("flared", "shift", "maxi", "sleeved"),
        ("floral", "solid", "dotted", "solid", "striped"),
        ("Red", "Black", "Navy Blue", "Pink", "Green", "Yellow", "Purple", "White"),
        ("Casual", "Party"),
        "Dress",
        ("Summer", "Summer", "Spring", "Spring"),
    ),
    Kind(
        bottoms.jeans,
        "Jeans",
        "Apparel",
        "Bottomwear",
        12,
        MEN_WOMEN,
        ("slim", "straight", "bootcut"),
        ("faded", "solid", "ripped", "solid"),
        ("Blue", "Navy Blue", "Black", "Grey", "Blue", "Brown"),
        ("Casual",),
        "Jeans",
        ("Fall", "Winter", "Fall", "Winter"),
    ),
    Kind(
        bags.handbag,
        "Handbags",
        "Accessories",
        "Bags",
        14,
        ("Women",),
        ("tote", "satchel", "hobo", "clutch"),
        ("solid", "solid", "solid", "checked", "solid"),
        ("Brown", "Black", "Red", "Tan", "Beige", "Maroon", "Pink", "Navy Blue", "Green"),
        ("Casual", "Formal", "Party"),
        "Handbag",
        ("Fall", "Winter", "Spring", "Summer"),
    ),
    Kind(
        bags.backpack,
        "Backpacks",
        "Accessories",
        "Bags",
        12,
        ("Unisex", "Unisex", "Men"),
        ("daypack", "rolltop", "laptop"),
        ("solid", "solid", "camouflage"),
        ("Black", "Navy Blue", "Grey", "Olive", "Red", "Blue", "Purple"),
        ("Casual", "Travel", "Sports"),
        "Backpack",
        ("Fall", "Summer", "Fall", "Spring"),
    ),
    Kind(
        watches.watch,
        "Watches",
        "Accessories",
        "Watches",
        14,
        MEN_WOMEN,
        ("round", "chronograph", "square", "round", "sporty"),
        ("leather", "bracelet", "leather"),
        ("Brown", "Black", "Tan", "Navy Blue", "Grey", "White", "Maroon"),
        ("Casual", "Formal", "Sports"),
        "Watch",
        ("Winter", "Winter", "Winter", "Fall"),
    ),
    Kind(
        accessories.sunglasses,
        "Sunglasses",
        "Accessories",
        "Eyewear",
        12,
        ("Men", "Women", "Unisex"),
        ("wayfarer", "aviator", "round", "cat-eye"),
        ("solid", "tortoise", "solid"),
        ("Black", "Brown", "Red", "Grey", "Blue", "Maroon"),
        ("Casual",),
        "Sunglasses",
        ("Summer", "Summer", "Summer", "Spring"),
    ),
    Kind(
        accessories.cap,
        "Caps",
        "Accessories",
        "Headwear",
        12,
        ("Men", "Unisex", "Women"),
        ("baseball", "trucker", "snapback"),
        ("solid", "solid", "camouflage", "solid"),
        ("Navy Blue", "Red", "Black", "Olive", "Beige", "Green", "Grey", "Blue"),
        ("Casual", "Sports"),
        "Cap",
        ("Summer", "Spring", "Summer", "Summer"),
    ),
    Kind(
        accessories.belt,
        "Belts",
        "Accessories",
        "Belts",
        11,
        ("Men", "Men", "Women"),
        ("formal", "casual"),
        ("leather", "leather", "braided"),
        ("Black", "Brown", "Tan", "Navy Blue", "Maroon"),
        ("Formal", "Casual"),
        "Belt",
        ("Fall", "Fall", "Winter", "Spring"),
    ),
    Kind(
        accessories.tie,
        "Ties",
        "Accessories",
        "Ties",
        11,
        ("Men",),
        ("regular", "slim"),
        ("striped", "solid", "dotted", "striped", "checked"),
        ("Navy Blue", "Maroon", "Black", "Grey", "Green", "Purple", "Red", "Blue"),
        ("Formal",),
        "Tie",
        ("Winter", "Fall", "Winter", "Fall"),
    ),
    Kind(
        bottoms.socks,
        "Socks",
        "Apparel",
        "Socks",
        10,
        ("Men", "Women", "Unisex"),
        ("crew", "ankle"),
        ("striped", "solid"),
        ("Grey", "Navy Blue", "White", "Red", "Black", "Green", "Pink"),
        ("Casual", "Sports"),
        "Socks",
        ("Winter", "Winter", "Winter", "Fall"),
    ),
    Kind(
        footwear.casual_shoe,
        "Casual Shoes",
        "Footwear",
        "Shoes",
        14,
        ("Men", "Women", "Unisex"),
        ("sneaker", "high-top", "slip-on", "trainer"),
        ("solid", "solid", "checked", "solid", "solid"),
        ("White", "Black", "Navy Blue", "Red", "Grey", "Tan", "Green", "Blue", "Beige"),
        ("Casual", "Sports"),
        "Shoes",
        ("Spring", "Fall", "Spring", "Spring"),
    ),
    Kind(
        footwear.heel,
        "Heels",
        "Footwear",
        "Shoes",
        11,
        ("Women",),
        ("stiletto", "block", "ankle-strap"),
        ("solid", "bow"),
        ("Black", "Red", "Beige", "Pink", "Navy Blue", "Purple", "Tan"),
        ("Party", "Formal", "Casual"),
        "Heels",
        ("Winter", "Spring", "Winter", "Winter"),
    ),
    Kind(
        footwear.flip_flops,
        "Flip Flops",
        "Footwear",
        "Flip Flops",
        10,
        ("Men", "Women", "Unisex"),
        ("beach", "comfort"),
        ("solid", "striped", "solid"),
        ("Blue", "Black", "Brown", "Green", "Red", "Yellow", "Pink"),
        ("Casual",),
        "Flip Flops",
        ("Summer", "Summer", "Summer", "Summer"),
    ),
)

BRANDS = ("Alder & Finch", "Northlane", "Maison Verel", "Tidewater", "Quillon", "Osterby", "Juniper Row", "Halden")
BACKDROPS = ((250, 250, 250), (246, 245, 243), (242, 243, 245), (248, 248, 249))


@dataclass
class Row:
    """A line of styles.csv and how its picture is drawn."""

    id: int
    kind: Kind
    gender: str
    style: str
    pattern: str
    colour: str
    season: str
    year: int
    usage: str
    name: str

    def fields(self):
        k = self.kind
        return [
            str(self.id),
            self.gender,
            k.master,
            k.sub,
            k.article,
            self.colour,
            self.season,
            str(self.year),
            self.usage,
            self.name,
        ]


def _title(text):
    return "-".join(part.capitalize() for part in text.split("-"))


def rows(seed):
    """All products in the order of the file; types take turns so that any excerpt of the file is mixed."""
    rng = random.Random(f"{seed} rows")
    result, turn = [], 0
    while any(turn < kind.count for kind in KINDS):
        for kind in KINDS:
            if turn >= kind.count:
                continue

            def nth(values, stride=1):
                return values[(turn * stride) % len(values)]

            style, pattern, colour = nth(kind.styles), nth(kind.patterns), nth(kind.colours)
            gender, usage = nth(kind.genders), nth(kind.usages)
            words = [rng.choice(BRANDS), gender, colour, _title(style)]
            if pattern not in ("solid", "leather"):
                words.insert(3, _title(pattern))
            if style == "sleeved":
                words[-1] = "Short-Sleeved"
            result.append(
                Row(
                    10001 + len(result),
                    kind,
                    gender,
                    style,
                    pattern,
                    colour,
                    rng.choice(kind.seasons),
                    rng.randint(2014, 2018),
                    usage,
                    " ".join([*words, kind.noun]),
                )
            )
        turn += 1
    return result
