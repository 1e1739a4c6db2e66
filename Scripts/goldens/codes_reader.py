"""Reads an index file with quantised codes by Docs/FileFormat.md alone and checks everything that it says about them:
sections and checksums, directions, slots and lists, codes and bounds, in double precision from the vectors themselves.

Needs Python 3 and numpy. Usage: codes_reader.py [--self-test] [FILE ...]
The files are the golden files with codes unless some are named. With --self-test, copies of them are damaged in many
ways, and each has to be found. Ends with 1 and a sentence for everything that is wrong, otherwise with 0.
"""

import itertools
import pathlib
import struct
import sys

import numpy as np
from _crc32c import TABLE, crc32c

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Tests/RecIndexTests/Fixtures/Persistence"

SPACE, IDS, TITLES, PICTURES, ATTRIBUTE, ROWS, PRESENCE, ONE_HOT, NOTES, VALUES, ROW_CHECKSUMS = range(1, 12)
DIRECTIONS, LISTS, HEAD, SLOTS, MIDDLE, MIDDLE_TAILS, MIDDLE_CHECKSUMS = range(12, 19)
NAMES = dict(enumerate(
    ["space", "ids", "titles", "pictures", "attribute", "rows", "presence", "codes", "notes", "values", "row checksums",
     "code directions", "code lists", "head codes", "code slots", "middle codes", "middle tails", "middle checksums"], 1
))
# Sections whose bytes are under the checksums of another section, one for each row or slot.
CHECKED_BY = {ROWS: ROW_CHECKSUMS, MIDDLE: MIDDLE_CHECKSUMS, MIDDLE_TAILS: MIDDLE_CHECKSUMS}
CHUNK = 64
LANES = 16
NONE = 2**32 - 1
# What single precision may make of a sum of products of vectors no longer than 1 or 2.
TOLERANCE = 1e-6


class Damage(Exception):
    """The file is not what the description says, so that nothing behind this place can be read."""


def require(condition, sentence):
    if not condition:
        raise Damage(sentence)


def label(kind, number):
    return f"section {NAMES[kind]} {number}"


class Cursor:
    """Takes numbers and texts one after the other; all bytes have to be used up in the end."""

    def __init__(self, name, data):
        self.name, self.data, self.place = name, data, 0

    def bytes(self, count):
        require(count <= len(self.data) - self.place, f"{self.name} is too short")
        self.place += count
        return self.data[self.place - count : self.place]

    def numbers(self, kind, count):
        return np.frombuffer(self.bytes(int(count) * np.dtype(kind).itemsize), kind)

    def number(self, kind):
        return self.numbers(kind, 1)[0].item()

    def text(self):
        return self.bytes(self.number("<u4"))

    def texts(self):
        count = self.number("<u8")
        ends = self.numbers("<u8", count).tolist()
        starts = [0] + ends[:-1]
        require(all(start <= end for start, end in zip(starts, ends)), f"{self.name} has a text of negative size")
        data = self.bytes(ends[-1] if ends else 0)
        return [data[start:end].decode() for start, end in zip(starts, ends)]

    def flags(self, count):
        flags = self.numbers("u1", count)
        require((flags <= 1).all(), f"{self.name} has flags other than 0 and 1")
        return flags == 1

    def end(self):
        require(self.place == len(self.data), f"{self.name} is too long")


class IndexFile:
    """Header, section table and what the sections hold."""

    def __init__(self, data):
        self.data = data
        self.read_header()
        self.read_table()
        self.check_checksums()
        self.read_space()
        self.check_texts()
        self.check_one_hot()

    def read_header(self):
        data = self.data
        require(data[:8] == b"\x89RECIDX\n", "this is another kind of file")
        require(len(data) >= 64, "the header is cut off")
        version, self.parts, size, self.count, checksum = struct.unpack_from("<IIQQI", data, 8)
        require(version == 2, f"version {version} of the format has no codes")
        require(size == len(data), f"the header says {size} bytes, the file has {len(data)}")
        self.start = aligned(64 + 32 * self.parts)
        require(self.start <= len(data), "the section table is cut off")
        zeroed = data[:32] + bytes(4) + data[36 : self.start]
        require(crc32c(zeroed) == checksum, "the checksum of header and section table is wrong")
        require(not any(data[36:64]), "the last bytes of the header are not zero")

    def read_table(self):
        self.places, self.checksums = {}, {}
        end = 64 + 32 * self.parts
        for index in range(self.parts):
            kind, number, offset, size, checksum, zero = struct.unpack_from("<IIQQII", self.data, 64 + 32 * index)
            require(kind in NAMES, f"there is no kind {kind} of sections")
            name = label(kind, number)
            require((kind, number) not in self.places, f"{name} appears twice")
            require(zero == 0, f"the entry of {name} does not end with zero")
            require(offset == aligned(end), f"{name} does not begin at the first multiple of 64")
            require(offset + size <= len(self.data), f"{name} is cut off")
            require(not any(self.data[end:offset]), f"the bytes before {name} are not zero")
            self.places[kind, number], self.checksums[kind, number] = (offset, size), checksum
            end = offset + size
        require(end == len(self.data), "something follows the last section")

    def content(self, kind, number):
        require((kind, number) in self.places, f"{label(kind, number)} is missing")
        offset, size = self.places[kind, number]
        return self.data[offset : offset + size]

    def cursor(self, kind, number=0):
        return Cursor(label(kind, number), self.content(kind, number))

    def whole(self, kind, number, type, *shape):
        """A section that is one array."""
        cursor = self.cursor(kind, number)
        result = cursor.numbers(type, np.prod(shape, dtype=object))
        cursor.end()
        return result.reshape(shape)

    def check_checksums(self):
        for (kind, number), checksum in self.checksums.items():
            checked = self.content(CHECKED_BY.get(kind, kind), number)
            require(crc32c(checked) == checksum, f"the checksum of {label(kind, number)} is wrong")

    def read_space(self):
        cursor = self.cursor(SPACE)
        self.dense, self.one_hot = {}, {}
        for block in range(cursor.number("<u4")):
            cursor.text()
            if cursor.number("u1") == 0:
                self.dense[block] = cursor.number("<u8")
                require(1 <= self.dense[block] <= 2**24, f"block {block} has the dimension {self.dense[block]}")
                [cursor.text() for _ in range(2 * cursor.number("<u4"))]
            else:
                self.one_hot[block] = sum(read_attribute(cursor) for _ in range(cursor.number("<u4")))
        cursor.end()

    def check_texts(self):
        cursor = self.cursor(IDS)
        ids = cursor.texts()
        cursor.end()
        require(len(ids) == self.count, "there is not one identifier for each product")
        require(ascends([id.encode() for id in ids]), "the identifiers do not ascend")
        for kind in (TITLES, PICTURES):
            cursor = self.cursor(kind)
            require(len(cursor.texts()) == self.count, f"{cursor.name} has not one text for each product")
            cursor.flags(self.count)
            cursor.end()
        cursor = self.cursor(NOTES)
        names = [(cursor.text(), cursor.text())[0] for _ in range(cursor.number("<u4"))]
        cursor.end()
        require(ascends(names), "the notes do not ascend")
        attributes = [number for kind, number in self.places if kind == ATTRIBUTE]
        require(ascends([self.check_attribute(number) for number in attributes]), "the attributes do not ascend")

    def check_attribute(self, number):
        cursor = self.cursor(ATTRIBUTE, number)
        name, different = cursor.text(), cursor.texts()
        cursor.end()
        require(ascends([value.encode() for value in different]), f"the values of {cursor.name} do not ascend")
        cursor = self.cursor(VALUES, number)
        ends = cursor.numbers("<u4", self.count).astype(np.int64)
        require((np.diff(ends, prepend=0) >= 0).all(), f"the places of {cursor.name} do not ascend")
        positions = cursor.numbers("<u4", ends[-1] if self.count else 0)
        cursor.end()
        require((positions < len(different)).all(), f"{cursor.name} has a value that does not exist")
        return name

    def check_one_hot(self):
        for block, columns in self.one_hot.items():
            cursor = self.cursor(ONE_HOT, block)
            patterns = cursor.number("<u8")
            for size in cursor.numbers("<u4", patterns).tolist():
                pattern = cursor.numbers("<u4", size).tolist()
                require(ascends(pattern) and max(pattern, default=0) < columns, f"{cursor.name} has a bad pattern")
            chosen = cursor.numbers("<u4", self.count)
            cursor.end()
            require(((chosen < patterns) | (chosen == NONE)).all(), f"{cursor.name} has a pattern that does not exist")


def read_attribute(cursor):
    """Reads an attribute of an attribute space; the number of its columns."""
    cursor.text()
    cursor.number("<f8")
    counts = []
    for _ in range(2):
        counts.append(cursor.number("<u4"))
        for _ in range(counts[-1]):
            kind = cursor.number("u1")
            require(kind <= 2, f"there is no kind {kind} of categories")
            if kind == 0:
                cursor.text()
    return counts[0]


def aligned(place):
    return -(-place // 64) * 64


def ascends(values):
    return all(first < second for first, second in itertools.pairwise(values))


def row_checksums(rows):
    """The checksum of the bytes of each row, all rows at a time."""
    table = np.array(TABLE, np.uint32)
    value = np.full(len(rows), NONE, np.uint32)
    for column in np.ascontiguousarray(rows.T):
        value = table[(value ^ column) & 0xFF] ^ (value >> 8)
    return value ^ np.uint32(NONE)


class Codes:
    """The sections of a dense block that has codes; slots are numbered through all blocks."""

    def __init__(self, file, block):
        self.dimension = file.dense[block]
        self.present = file.whole(PRESENCE, block, "u1", file.count)
        require((self.present <= 1).all(), "presence has flags other than 0 and 1")
        self.row_checksums = file.whole(ROW_CHECKSUMS, block, "<u4", file.count)
        self.row_bytes = file.whole(ROWS, block, "u1", file.count, 4 * self.dimension)
        self.vectors = self.row_bytes.view("<f4").astype(float)
        self.read_directions(file.cursor(DIRECTIONS, block))
        self.read_lists(file.cursor(LISTS, block))
        self.read_slots(file.cursor(SLOTS, block))
        self.read_codes(file, block)

    def read_directions(self, cursor):
        self.head_chunks, self.chunks = cursor.numbers("<u4", 2).tolist()
        require(0 < self.head_chunks <= self.chunks <= 64, "the numbers of chunks are impossible")
        self.head_norm = cursor.number("<f4")
        floats = lambda count: cursor.numbers("<f4", count).astype(float)
        self.mean = floats(self.dimension)
        self.directions = floats(CHUNK * self.chunks * self.dimension).reshape(-1, self.dimension)
        self.steps, self.errors = floats(self.chunks), floats(self.chunks)
        cursor.end()

    def read_lists(self, cursor):
        self.lists = cursor.number("<u4")
        self.starts = cursor.numbers("<u4", self.lists + 1).astype(np.int64)
        require(self.starts[0] == 0 and (np.diff(self.starts) >= 0).all(), "the blocks of the lists do not ascend")
        self.blocks = self.starts[-1].item()
        floats = lambda size: cursor.numbers("<f4", self.lists * size).astype(float)
        self.centres = floats(CHUNK * self.head_chunks).reshape(self.lists, -1)
        self.radii, self.greatest_offsets, self.mean_offsets, self.greatest_tails = (floats(1) for _ in range(4))
        cursor.end()

    def read_slots(self, cursor):
        slots = LANES * self.blocks
        self.offsets, self.tails = (cursor.numbers("<f4", slots).astype(float) for _ in range(2))
        self.rows = cursor.numbers("<u4", slots)
        bits = cursor.numbers("<u2", self.blocks)
        cursor.end()
        self.used = (bits[:, None] >> np.arange(LANES) & 1 == 1).reshape(-1)

    def read_codes(self, file, block):
        slots, behind = LANES * self.blocks, self.chunks - self.head_chunks
        head = file.whole(HEAD, block, "i1", self.blocks, 16 * self.head_chunks, LANES, 4)
        self.head = head.transpose(0, 2, 1, 3).reshape(slots, CHUNK * self.head_chunks)
        self.middle = file.whole(MIDDLE, block, "i1", slots, behind * CHUNK)
        self.middle_tails = file.whole(MIDDLE_TAILS, block, "<f4", slots, behind)
        self.middle_checksums = file.whole(MIDDLE_CHECKSUMS, block, "<u4", slots)

    def chunk(self, number):
        return slice(CHUNK * number, CHUNK * (number + 1))


class Truth:
    """What codes and bounds ought to describe, in double precision, for the used slots."""

    def __init__(self, codes):
        used = codes.used
        self.vectors = codes.vectors[codes.rows[used]]
        self.lists = np.repeat(np.arange(codes.lists), LANES * np.diff(codes.starts))[used]
        self.codes = np.concatenate([codes.head, codes.middle], 1)[used].astype(float)
        self.decoded = self.codes * np.repeat(codes.steps, CHUNK)
        self.offsets = codes.offsets[used]
        # A column for the head, then one for each chunk of the middle.
        self.tails = np.concatenate([codes.tails[:, None], codes.middle_tails], 1)[used]
        centred = self.vectors - codes.mean
        self.norms = np.linalg.norm(centred, axis=1)
        self.projections, self.outside = split(codes, centred)


def split(codes, centred):
    """Projections on all directions, and the norms outside the head and outside each more chunk of the middle."""
    projections = centred @ codes.directions.T
    rest = centred.copy()
    outside = []
    for chunk in range(codes.chunks):
        place = codes.chunk(chunk)
        rest -= projections[:, place] @ codes.directions[place]
        if chunk >= codes.head_chunks - 1:
            outside.append(np.linalg.norm(rest, axis=1))
    return projections, np.stack(outside, 1)


def slack(codes):
    """How far tails, squared, and errors may lie above what they bound. The format leaves that open; twice what the
    golden file has still tells a bound of something else apart.
    """
    return 2**-21 * (codes.dimension + CHUNK * codes.chunks)


def check_rows(codes):
    if not (row_checksums(codes.row_bytes) == codes.row_checksums).all():
        yield "a vector has another checksum than row checksums says"
    # Negated here and below, so that what is not a number fails as well.
    if not (abs((codes.vectors**2).sum(1) - codes.present) <= 1e-4).all():
        yield "a vector is neither of length 1 nor missing"
    if codes.vectors[codes.present == 0].any():
        yield "a vector that is missing is not all zeros"


def check_middle_checksums(codes):
    tails = np.ascontiguousarray(codes.middle_tails).view("u1").reshape(len(codes.rows), -1)
    if not (row_checksums(np.concatenate([codes.middle.view("u1"), tails], 1)) == codes.middle_checksums).all():
        yield "the middle of a slot has another checksum than middle checksums says"


def check_directions(codes):
    for name in ("mean", "directions", "steps", "errors", "head_norm"):
        if not np.isfinite(getattr(codes, name)).all():
            yield f"{name} has a number that is not finite"
    exist = codes.directions.any(1)
    if abs(codes.directions @ codes.directions.T - np.diag(exist.astype(float))).max() > TOLERANCE:
        yield "the directions are not orthonormal"
    if (codes.steps < 0).any() or len(set(codes.steps[: codes.head_chunks])) != 1:
        yield "the steps are negative or not the same in all chunks of the head"


def check_slots(codes):
    """Complaints after which slots cannot be looked up in the vectors."""
    rows = codes.rows[codes.used]
    if (codes.rows[~codes.used] != NONE).any() or (rows == NONE).any():
        yield "the bits of used slots and the rows of the slots contradict each other"
    elif not (len(rows) == len(set(rows.tolist())) and set(rows.tolist()) == set(np.flatnonzero(codes.present))):
        yield "not every row that has the block is in exactly one slot"


def check_unused(codes):
    arrays = (codes.offsets, codes.tails, codes.head, codes.middle, codes.middle_tails)
    if any(array[~codes.used].any() for array in arrays):
        yield "an unused slot is not all zeros"


def check_codes(codes, truth):
    if min(truth.codes.min(initial=0), -127) < -127:
        yield "a code is below -127"
    steps = np.repeat(codes.steps, CHUNK)
    wanted = np.clip(truth.projections, -127 * steps, 127 * steps)
    wrong = (abs(truth.decoded - wanted) > steps / 2 + TOLERANCE) | ((steps == 0) & (truth.codes != 0))
    head = CHUNK * codes.head_chunks
    for name, part in (("head", wrong[:, :head]), ("middle", wrong[:, head:])):
        if part.any():
            yield f"a code of the {name} is not the rounded projection"
    if (truth.codes[:, ~codes.directions.any(1)] != 0).any():
        yield "a code without a direction is not 0"
    for chunk in range(codes.chunks):
        place = codes.chunk(chunk)
        norms = np.linalg.norm((truth.projections - truth.decoded)[:, place], axis=1)
        greatest = norms.max(initial=0)
        if codes.errors[chunk] < greatest:
            yield f"the rounding error of chunk {chunk} is greater than the file says"
        if codes.errors[chunk] > greatest + slack(codes) * truth.norms.max(initial=1):
            yield f"the rounding error of chunk {chunk} is much smaller than the file says"


def check_offsets_and_tails(codes, truth):
    if not (abs(truth.offsets - truth.vectors @ codes.mean) <= TOLERANCE).all():
        yield "an offset is not <mean, x>"
    for index in range(truth.tails.shape[1]):
        name = "tail" if index == 0 else f"middle tail {index}"
        tails, outside = truth.tails[:, index], truth.outside[:, index]
        if not (tails >= outside).all():
            yield f"a {name} is below the norm of what is outside"
        if not (tails**2 <= outside**2 + slack(codes) * (1 + truth.norms**2)).all():
            yield f"a {name} is far above the norm of what is outside"


def check_lists(codes, truth):
    heads = truth.decoded[:, : CHUNK * codes.head_chunks]
    yield from bound("head norm", codes.head_norm, np.linalg.norm(heads, axis=1))
    for index in range(codes.lists):
        those = truth.lists == index
        if not those.any():
            continue
        distances = np.linalg.norm(heads[those] - codes.centres[index], axis=1)
        yield from bound(f"radius of list {index}", codes.radii[index], distances)
        yield from bound(f"greatest offset of list {index}", codes.greatest_offsets[index], truth.offsets[those])
        yield from bound(f"greatest tail of list {index}", codes.greatest_tails[index], truth.tails[those, 0])
        if not abs(codes.mean_offsets[index] - truth.offsets[those].mean()) <= TOLERANCE:
            yield f"the mean offset of list {index} is not the mean"


def bound(name, said, values):
    greatest = values.max(initial=-np.inf)
    if not said >= greatest:
        yield f"the {name} is too small"
    elif not said <= greatest + 1e-5 * max(1, abs(greatest)):
        yield f"the {name} is much too great"


def queries(truth, dimension):
    """Vectors of the file, random directions, and those in between."""
    random = np.random.default_rng(1)
    vectors = truth.vectors[:: max(1, len(truth.vectors) // 40)]
    directions = random.standard_normal((40, dimension))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    between = vectors[:40] + 0.5 * directions[: len(vectors)]
    return np.concatenate([vectors, directions, between / np.linalg.norm(between, axis=1, keepdims=True)])


def check_bounds(codes, truth):
    """The bounds of cosines after the head, after each chunk of the middle, and of whole lists."""
    asked = queries(truth, codes.dimension)
    cosines = asked @ truth.vectors.T
    centred = asked - codes.mean
    projections, outside = split(codes, centred)
    norms = np.stack([np.linalg.norm(projections[:, codes.chunk(chunk)], axis=1) for chunk in range(codes.chunks)], 1)
    constant = (centred @ codes.mean)[:, None]
    for index in range(codes.chunks - codes.head_chunks + 1):
        chunks = codes.head_chunks + index
        estimate = projections[:, : CHUNK * chunks] @ truth.decoded[:, : CHUNK * chunks].T
        rounding = (norms[:, :chunks] @ codes.errors[:chunks])[:, None]
        bounds = constant + truth.offsets + estimate + rounding + np.outer(outside[:, index], truth.tails[:, index])
        if not (bounds >= cosines - TOLERANCE).all():
            yield f"a bound from {chunks} chunks is below the cosine"
    head = projections[:, : CHUNK * codes.head_chunks]
    rounding = (norms[:, : codes.head_chunks] @ codes.errors[: codes.head_chunks])[:, None]
    bounds = constant + codes.greatest_offsets + head @ codes.centres.T + rounding
    bounds += np.outer(np.linalg.norm(head, axis=1), codes.radii) + np.outer(outside[:, 0], codes.greatest_tails)
    if not (bounds[:, truth.lists] >= cosines - TOLERANCE).all():
        yield "a bound of a list is below the cosine"


def complaints(codes):
    found = [*check_rows(codes), *check_middle_checksums(codes), *check_directions(codes), *check_unused(codes)]
    contradictions = list(check_slots(codes))
    if contradictions:
        return found + contradictions
    truth = Truth(codes)
    for check in (check_codes, check_offsets_and_tails, check_lists, check_bounds):
        found += check(codes, truth)
    return found


def check_file(path):
    """Everything that is wrong with a file, and a summary."""
    try:
        file = IndexFile(pathlib.Path(path).read_bytes())
        blocks = [number for kind, number in file.places if kind == DIRECTIONS]
        require(blocks, "no block of the file has codes")
        require(all(block in file.dense for block in blocks), "a block that is not dense has codes")
        found, summary = [], []
        for block in blocks:
            codes = Codes(file, block)
            found += [f"block {block}: {sentence}" for sentence in complaints(codes)]
            summary.append(
                f"block {block}: {file.count} products, {codes.used.sum()} in {codes.lists} lists of {codes.blocks}"
                f" blocks, {codes.head_chunks} + {codes.chunks - codes.head_chunks} chunks,"
                f" {codes.directions.any(1).sum()} directions of {codes.dimension}"
            )
    except Damage as damage:
        return [str(damage)], []
    except UnicodeDecodeError:
        return ["a text is not UTF-8"], []
    return found, summary


def main(arguments):
    testing = "--self-test" in arguments
    paths = [argument for argument in arguments if argument != "--self-test"]
    complained = False
    for path in paths or sorted(FIXTURES.glob("version-2-codes*.index")):
        found, summary = check_file(path)
        if testing and not found:
            # It imports this file, so that it cannot be imported above.
            from _codes_self_test import self_test

            count, found = self_test(path)
            summary.append(f"self-test: {count} alterations, all found")
        print(f"{path}:", *(found or summary), sep="\n  ")
        complained = complained or bool(found)
    return 1 if complained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
