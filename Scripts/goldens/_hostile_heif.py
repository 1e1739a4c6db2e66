"""HEIF files that Pillow does not write: several extents, data in the boxes, grids, and files that ask for much memory.

All are made of the coded pictures of small files; `heif` writes the boxes around them.
"""

import struct

#: The side that hostile pictures say they have.
SIDE = 16384


class Bits:
    """Reads and copies bits."""

    def __init__(self, data):
        self.bits = "".join(f"{byte:08b}" for byte in data)
        self.position = 0

    def take(self, count):
        self.position += count
        return self.bits[self.position - count : self.position]

    def golomb(self):
        zeros = self.bits.index("1", self.position) - self.position
        return int(self.take(2 * zeros + 1), 2) - 1

    def rest(self):
        return self.bits[self.position :]


def packed(bits):
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))


def golomb(number):
    bits = f"{number + 1:b}"
    return "0" * (len(bits) - 1) + bits


def box(name, *content):
    body = b"".join(content)
    return struct.pack(">L", 8 + len(body)) + name.encode() + body


def full(name, version, flags, *content):
    return box(name, struct.pack(">L", version << 24 | flags), *content)


def size(width, height):
    return full("ispe", 0, 0, struct.pack(">LL", width, height))


class Item:
    """An item: its type, properties, and data; in several extents when `cuts` are given, in `idat` with `inside`, or
    elsewhere."""

    def __init__(self, kind, properties, data, cuts=(), inside=False, extents=None, more=b""):
        self.kind, self.properties, self.data, self.inside, self.more = kind, properties, data, inside, more
        ends = [*cuts, len(data)]
        self.isolated = extents is None
        self.extents = extents or [(start, end - start) for start, end in zip([0, *cuts], ends)]


def heif(brand, items, references=()):
    """A file; items are numbered from 1 on, the first is the primary one; references are (type, from, to...)."""

    def meta(start):
        places, inside, outside = [], b"", b""
        for item in items:
            base = len(inside) if item.inside else start + len(outside)
            places.append(base if item.isolated else 0)
            if item.inside:
                inside += item.data
            else:
                outside += item.data
        kept = []
        for item in items:
            kept += [entry for entry in item.properties if entry not in kept]
        links = b"".join(
            struct.pack(">HB", number, len(item.properties)) + bytes(kept.index(entry) + 1 for entry in item.properties)
            for number, item in enumerate(items, 1)
        )
        locations = b""
        for number, (item, base) in enumerate(zip(items, places), 1):
            locations += struct.pack(">HHHLH", number, int(item.inside), 0, base, len(item.extents))
            locations += b"".join(struct.pack(">LL", *extent) for extent in item.extents)
        entries = b"".join(
            full("infe", 2, 0, struct.pack(">HH", number, 0), item.kind.encode(), b"\0", item.more)
            for number, item in enumerate(items, 1)
        )
        boxes = [
            full("hdlr", 0, 0, bytes(4), b"pict", bytes(13)),
            full("pitm", 0, 0, struct.pack(">H", 1)),
            full("iloc", 1, 0, b"\x44\x40", struct.pack(">H", len(items)), locations),
            full("iinf", 0, 0, struct.pack(">H", len(items)), entries),
            box("iprp", box("ipco", *kept), full("ipma", 0, 0, struct.pack(">L", len(items)), links)),
        ]
        if references:
            links = b"".join(
                box(kind, struct.pack(f">HH{len(to)}H", source, len(to), *to)) for kind, source, *to in references
            )
            boxes.append(full("iref", 0, 0, links))
        boxes.append(box("idat", inside))
        return full("meta", 0, 0, *boxes), outside

    head = box("ftyp", brand.encode(), bytes(4), brand.encode(), b"mif1")
    start = len(head) + len(meta(0)[0]) + 8
    boxes, outside = meta(start)
    return head + boxes + box("mdat", outside)


def content(data, name):
    at = data.index(name)
    return data[at + 4 : at - 4 + struct.unpack(">L", data[at - 4 : at])[0]]


class HEVC:
    """The parts of a coded picture of HEVC."""

    def __init__(self, file):
        self.configuration, self.data = content(file, b"hvcC"), content(file, b"mdat")
        self.units = []
        position = 23
        for _ in range(self.configuration[22]):
            count = struct.unpack(">H", self.configuration[position + 1 : position + 3])[0]
            position += 3
            for _ in range(count):
                length = struct.unpack(">H", self.configuration[position : position + 2])[0]
                self.units.append(self.configuration[position + 2 : position + 2 + length])
                position += 2 + length

    def sequence(self, width, height):
        """The sequence parameter set with another size."""
        unit = next(unit for unit in self.units if unit[0] >> 1 == 33)
        bits = Bits(unit[:2] + unit[2:].replace(b"\0\0\3", b"\0\0"))
        bits.take(16 + 8 + 96)
        bits.golomb()
        if bits.golomb() == 3:
            bits.take(1)
        start = bits.bits[: bits.position]
        bits.golomb(), bits.golomb()
        plain = packed(start + golomb(width) + golomb(height) + bits.rest())
        result, zeros = bytearray(), 0
        for byte in plain:
            if zeros == 2 and byte <= 3:
                result.append(3)
                zeros = 0
            result.append(byte)
            zeros = zeros + 1 if byte == 0 else 0
        return bytes(result)

    def box(self, sequence=None):
        """The box of the parameter sets."""
        units = [sequence if sequence and unit[0] >> 1 == 33 else unit for unit in self.units]
        arrays = b"".join(struct.pack(">BHH", unit[0] >> 1, 1, len(unit)) + unit for unit in units)
        return box("hvcC", self.configuration[:22], bytes([len(units)]), arrays)


def sized(unit):
    return struct.pack(">L", len(unit)) + unit


class AV1:
    """The parts of a coded picture of AV1."""

    def __init__(self, file):
        self.configuration, self.data = content(file, b"av1C"), content(file, b"mdat")
        self.colors = box("colr", content(file, b"colr"))

    def box(self, units=b""):
        return box("av1C", self.configuration[:4], units)

    def sequence(self, width, height):
        """The sequence header of the data with another size."""
        position = self.data.index(b"\x0a")
        bits = Bits(self.data[position + 2 : position + 2 + self.data[position + 1]])
        start = bits.take(10)
        assert start[4] == "1", "a reduced header"
        lengths = int(bits.take(4), 2), int(bits.take(4), 2)
        bits.take(sum(lengths) + 2)
        plain = packed(start + "1111" * 2 + f"{width - 1:016b}{height - 1:016b}" + bits.rest())
        return b"\x0a" + bytes([len(plain)]) + plain

    def frame(self):
        """The data behind the sequence header."""
        position = self.data.index(b"\x0a")
        return self.data[position + 2 + self.data[position + 1] :]

    @staticmethod
    def own_size():
        """A sequence header of 64x64 with sizes of 16 bits, and a frame that says that it has a size of its own."""
        sequence = packed("0" * 29 + "1111" * 2 + f"{63:016b}" * 2 + "0" * 24)
        frame = packed("0" + "00" + "1" + "0" + "1" + "1" * 42)
        return b"\x0a" + bytes([len(sequence)]) + sequence + b"\x32" + bytes([len(frame)]) + frame


def grid(rows, columns, width, height):
    return struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, width, height)


ALPHA = full("auxC", 0, 0, b"urn:mpeg:hevc:2015:auxid:1\0")


def unusual(heic, avif):
    """Good files of a HEIC and an AVIF of 64x64 pixels: (name, file)."""
    hevc, av1, at = HEVC(heic), AV1(avif), size(64, 64)
    sets = [hevc.box(), at]
    half = len(hevc.data) // 2
    yield "heic-two-extents", heif("heic", [Item("hvc1", sets, hevc.data, cuts=[3, half])])
    yield "heic-in-idat", heif("heic", [Item("hvc1", sets, hevc.data, inside=True)])
    yield "avif-in-idat", heif("avif", [Item("av01", [av1.box(), at, av1.colors], av1.data, cuts=[2], inside=True)])
    tiles = [Item("grid", [size(120, 64)], grid(1, 2, 120, 64), inside=True)] + [Item("hvc1", sets, hevc.data)] * 2
    yield "heic-grid", heif("heic", tiles, [("dimg", 1, 2, 3)])


def hostile(heic, avif):
    """Files of a HEIC and an AVIF of 64x64 pixels that ask for much: (name, code, file)."""
    hevc, av1, at = HEVC(heic), AV1(avif), size(64, 64)
    sets = [hevc.box(), at]
    large, av1_large = hevc.sequence(SIDE, SIDE), av1.sequence(SIDE, SIDE)

    def after(sequence, data):
        return sized(sequence) + sized(hevc.units[-1]) + data

    in_data = after(large, hevc.data)
    pictures = after(hevc.sequence(8192, 8192), 3 * hevc.data)
    references = after(hevc.sequence(12000, 12000), referring(hevc.data))

    def file(*items, references=(), brand="heic"):
        return heif(brand, items, references)

    for name, items, links in [
        ("in-box", [Item("hvc1", [hevc.box(large), at], hevc.data)], []),
        ("in-data", [Item("hvc1", sets, in_data)], []),
        ("in-idat", [Item("hvc1", sets, in_data, inside=True)], []),
        ("in-extents", [Item("hvc1", sets, in_data, cuts=[2, 9])], []),
        ("in-tile", [Item("grid", [at], grid(1, 1, 64, 64)), Item("hvc1", sets, in_data)], [("dimg", 1, 2)]),
        ("in-alpha", [Item("hvc1", sets, hevc.data), Item("hvc1", [*sets, ALPHA], in_data)], [("auxl", 2, 1)]),
        ("canvas", [Item("grid", [at], grid(1, 1, SIDE, SIDE)), Item("hvc1", sets, hevc.data)], [("dimg", 1, 2)]),
        ("pictures", [Item("hvc1", sets, pictures)], []),
        ("references", [Item("hvc1", sets, references)], []),
        ("repeated", [Item("hvc1", sets, hevc.data)] + [Item("Exif", [], b"", extents=[(0, 1500)] * 30)] * 40, []),
    ]:
        yield f"heic-{name}", "image-too-large", file(*items, references=links)
    tile = Item("hvc1", [hevc.box(hevc.sequence(4096, 4096)), at], hevc.data)
    tiles = [Item("grid", [at], grid(256, 256, 64, 64)), tile]
    yield "heic-tiles", "image-too-large", file(*tiles, references=[("dimg", 1, *[2] * 1000)])
    yield "heic-circle", "corrupt-image", file(Item("iden", [at], b""), references=[("dimg", 1, 1)])
    text = Item("mime", [], b"x\x9c", more=b"application/rdf+xml\0deflate\0")
    yield "heic-text", "unsupported-image", file(Item("hvc1", sets, hevc.data), text)
    for name, items in [
        ("in-box", [Item("av01", [av1.box(av1_large), at], av1.frame())]),
        ("in-data", [Item("av01", [av1.box(), at], av1_large + av1.frame())]),
        ("own-size", [Item("av01", [av1.box(), at], av1.own_size())]),
    ]:
        yield f"avif-{name}", "image-too-large", file(*items, brand="avif")
    split = [Item("av01", [av1.box(av1_large[:4]), at], av1_large[4:] + av1.frame())]
    yield "avif-split", "corrupt-image", file(*split, brand="avif")


def referring(data):
    """The data of a picture as that of one that may refer to others."""
    return data[:4] + bytes([1 << 1 | data[4] & 1]) + data[5:]
