"""Alters copies of an index file with codes, to show that codes_reader.py finds what is wrong with them.

Needs Python 3 and numpy. `codes_reader.py --self-test` runs it.
"""

import pathlib
import struct
import tempfile

import numpy as np
from _crc32c import crc32c
from codes_reader import (
    DIRECTIONS, HEAD, LISTS, MIDDLE, MIDDLE_CHECKSUMS, MIDDLE_TAILS, PRESENCE, ROWS, ROW_CHECKSUMS, SLOTS,
    CHECKED_BY, CHUNK, LANES, NAMES, TOLERANCE, Codes, IndexFile, Truth, aligned, check_file, row_checksums,
)


class Copy:
    """The bytes of a file, to be altered."""

    def __init__(self, data):
        self.data = bytearray(data)
        file = IndexFile(data)
        self.places, self.table = file.places, list(file.places)
        self.block = next(number for kind, number in file.places if kind == DIRECTIONS)
        self.codes = Codes(file, self.block)

    def array(self, kind, type, start=0, count=-1):
        """Numbers of a section, which can be written to; `start` counts bytes."""
        offset, size = self.places[kind, self.block]
        count = (size - start) // np.dtype(type).itemsize if count < 0 else count
        return np.frombuffer(self.data, type, count, offset + start)

    def numbers(self, name):
        """The arrays of floats within a section by the names that Codes has for them."""
        codes = self.codes
        slots, lists = len(codes.rows), codes.lists
        directions = [("head_norm", 1), ("mean", codes.dimension), ("directions", codes.directions.size)]
        directions += [("steps", codes.chunks), ("errors", codes.chunks)]
        of_lists = [("centres", codes.centres.size), ("radii", lists), ("greatest_offsets", lists)]
        of_lists += [("mean_offsets", lists), ("greatest_tails", lists)]
        layouts = [(DIRECTIONS, 8, directions), (LISTS, 4 * (lists + 2), of_lists)]
        layouts += [(SLOTS, 0, [("offsets", slots), ("tails", slots)])]
        for kind, start, layout in layouts:
            for this, count in layout:
                if this == name:
                    return self.array(kind, "<f4", start, count)
                start += 4 * count
        raise KeyError(name)

    def head_place(self, slot, direction):
        four = slot // LANES * 16 * self.codes.head_chunks + direction // 4
        return (four * LANES + slot % LANES) * 4 + direction % 4

    def seal(self):
        """Makes all checksums right."""
        count, slots = len(self.codes.present), len(self.codes.rows)
        self.array(ROW_CHECKSUMS, "<u4")[:] = row_checksums(self.array(ROWS, "u1").reshape(count, -1))
        middle = [self.array(kind, "u1").reshape(slots, -1) for kind in (MIDDLE, MIDDLE_TAILS)]
        self.array(MIDDLE_CHECKSUMS, "<u4")[:] = row_checksums(np.concatenate(middle, 1))
        for index, (kind, number) in enumerate(self.table):
            offset, size = self.places[CHECKED_BY.get(kind, kind), number]
            struct.pack_into("<I", self.data, 64 + 32 * index + 24, crc32c(self.data[offset : offset + size]))
        self.seal_header()

    def seal_header(self):
        struct.pack_into("<I", self.data, 32, 0)
        struct.pack_into("<I", self.data, 32, crc32c(self.data[: aligned(64 + 32 * len(self.table))]))


def turn(copy):
    """Writes codes in directions drawn at random, so that the head does not hold everything and the middle matters."""
    codes = copy.codes
    square = np.random.default_rng(2).standard_normal((codes.dimension, codes.dimension))
    directions = copy.numbers("directions").reshape(-1, codes.dimension)
    directions[:] = 0
    # Two dimensions remain outside all chunks.
    count = min(codes.dimension - 2, len(directions))
    directions[:count] = np.linalg.qr(square)[0][:count]
    codes.directions = directions.astype(float)
    used, head = np.flatnonzero(codes.used), CHUNK * codes.head_chunks
    truth = Truth(codes)
    for chunk in range(codes.chunks):
        those = slice(0, head) if chunk < codes.head_chunks else codes.chunk(chunk)
        copy.numbers("steps")[chunk] = abs(truth.projections[:, those]).max() / 127
    steps = np.repeat(copy.numbers("steps").astype(float), CHUNK)
    written = np.round(np.divide(truth.projections, steps, where=steps > 0, out=np.zeros_like(truth.projections)))
    for slot, values in zip(used, written):
        for direction in range(head):
            copy.array(HEAD, "i1")[copy.head_place(slot, direction)] = values[direction]
        copy.array(MIDDLE, "i1").reshape(len(codes.rows), -1)[slot] = values[head:]
    rounding = (truth.projections - written * steps).reshape(len(used), codes.chunks, CHUNK)
    above = 1 + 1e-6
    copy.numbers("errors")[:] = np.linalg.norm(rounding, axis=2).max(0) * above + 1e-9
    tails = truth.outside * above + TOLERANCE
    copy.numbers("tails")[used] = tails[:, 0]
    copy.array(MIDDLE_TAILS, "<f4").reshape(len(codes.rows), -1)[used] = tails[:, 1:]
    heads = (written * steps)[:, :head]
    copy.numbers("head_norm")[0] = np.linalg.norm(heads, axis=1).max() * above
    centres = copy.numbers("centres").reshape(codes.lists, -1)
    for index in np.unique(truth.lists):
        those = truth.lists == index
        centres[index] = heads[those].mean(0)
        copy.numbers("radii")[index] = np.linalg.norm(heads[those] - centres[index], axis=1).max() * above
        copy.numbers("greatest_tails")[index] = tails[those, 0].max() * above


def flip(kind, place=0):
    def alter(copy):
        copy.array(kind, "u1")[place] ^= 1
    return alter


def scale(name, factor, index=0):
    def alter(copy):
        copy.numbers(name)[index] *= factor
    return alter


def flip_header(place):
    def alter(copy):
        copy.data[place] ^= 1
    return alter


def change_head_code(copy):
    slot = np.flatnonzero(copy.codes.used)[0]
    place = copy.head_place(slot, 1)
    copy.array(HEAD, "i1")[place] += -1 if copy.array(HEAD, "i1")[place] > 0 else 1


def change_middle_code(copy):
    code = copy.array(MIDDLE, "i1")
    code[0] += -1 if code[0] > 0 else 1


def swap_lanes(copy):
    codes = copy.array(HEAD, "i1").reshape(-1, LANES, 4)[:16]
    # Some products look alike.
    other = next(lane for lane in range(1, LANES) if (codes[:, lane] != codes[:, 0]).any())
    codes[:, [0, other]] = codes[:, [other, 0]]


def scale_middle_tail(factor):
    def alter(copy):
        copy.array(MIDDLE_TAILS, "<f4")[0] *= factor
    return alter


def repeat_row(copy):
    rows = copy.array(SLOTS, "<u4", 8 * len(copy.codes.rows), len(copy.codes.rows))
    rows[1] = rows[0]


def use_more_slots(copy):
    copy.array(SLOTS, "<u2", 12 * len(copy.codes.rows))[:] = 2**16 - 1


def fill_unused_slot(copy):
    copy.numbers("tails")[np.flatnonzero(~copy.codes.used)[0]] = 1


def fill_padding(copy):
    end = next(offset + size for offset, size in copy.places.values() if (offset + size) % 64)
    copy.data[end] = 1


def move_section(copy):
    index = len(copy.table) - 1
    struct.pack_into("<Q", copy.data, 64 + 32 * index + 8, copy.places[copy.table[index]][0] + 4)
    copy.seal_header()


def cut(copy):
    del copy.data[-1]


# What is altered before the checksums are made right, and what has to be said about it.
SEALED = [
    (change_head_code, "a code of the head is not the rounded projection"),
    (change_middle_code, "a code of the middle is not the rounded projection"),
    (swap_lanes, "a code of the head is not the rounded projection"),
    (scale("directions", 1.5), "the directions are not orthonormal"),
    (scale("steps", 1.1), "a code of the head is not the rounded projection"),
    (scale("errors", 0.9), "the rounding error of chunk 0 is greater than the file says"),
    (scale("errors", 0.9, 1), "the rounding error of chunk 1 is greater than the file says"),
    (scale("errors", 3), "the rounding error of chunk 0 is much smaller than the file says"),
    (scale("offsets", 0.99), "an offset is not <mean, x>"),
    (scale("offsets", 0), "a bound from 1 chunks is below the cosine"),
    (scale("tails", 0), "a tail is below the norm of what is outside"),
    (scale("tails", 0), "a bound from 1 chunks is below the cosine"),
    (scale("tails", 2), "a tail is far above the norm of what is outside"),
    (scale_middle_tail(0.99), "a middle tail 1 is below the norm of what is outside"),
    (scale_middle_tail(0), "a bound from 2 chunks is below the cosine"),
    (scale_middle_tail(2), "a middle tail 1 is far above the norm of what is outside"),
    (scale("head_norm", 0.99), "the head norm is too small"),
    (scale("centres", -1, slice(64)), "the radius of list 0 is too small"),
    (scale("radii", 0.9), "the radius of list 0 is too small"),
    (scale("radii", 0.1), "a bound of a list is below the cosine"),
    (scale("radii", 2), "the radius of list 0 is much too great"),
    (scale("greatest_offsets", 0.99), "the greatest offset of list 0 is too small"),
    (scale("mean_offsets", 0.99), "the mean offset of list 0 is not the mean"),
    (scale("greatest_tails", 0.99), "the greatest tail of list 0 is too small"),
    (repeat_row, "not every row that has the block is in exactly one slot"),
    (use_more_slots, "the bits of used slots and the rows of the slots contradict each other"),
    (fill_unused_slot, "an unused slot is not all zeros"),
    (fill_padding, "are not zero"),
    (flip(PRESENCE), "a vector is neither of length 1 nor missing"),
]
# What is altered while the checksums stay as they are.
UNSEALED = [
    (flip_header(0), "this is another kind of file"),
    (flip_header(8), "version 3 of the format has no codes"),
    (flip_header(40), "the checksum of header and section table is wrong"),
    (flip_header(70), "the checksum of header and section table is wrong"),
    (cut, "the header says"),
    (move_section, "does not begin at the first multiple of 64"),
    *[
        (flip(kind), f"the checksum of section {NAMES[kind]} 0 is wrong")
        for kind in (PRESENCE, DIRECTIONS, LISTS, HEAD, SLOTS)
    ],
    (flip(ROW_CHECKSUMS), "the checksum of section row checksums 0 is wrong"),
    (flip(MIDDLE_CHECKSUMS), "the checksum of section middle checksums 0 is wrong"),
    (flip(ROWS, 5), "a vector has another checksum than row checksums says"),
    (flip(MIDDLE), "the middle of a slot has another checksum than middle checksums says"),
    (flip(MIDDLE_TAILS), "the middle of a slot has another checksum than middle checksums says"),
]


def self_test(path):
    """Whatever is altered has to be found; the number of alterations and those that were not."""
    data, missed = pathlib.Path(path).read_bytes(), []
    turned = Copy(data)
    turn(turned)
    turned.seal()
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder) / "altered.index"

        def found(content):
            target.write_bytes(content)
            return check_file(target)[0]

        missed += [f"with directions drawn at random, {sentence}" for sentence in found(turned.data)]
        for (alter, wanted), sealed in [(each, True) for each in SEALED] + [(each, False) for each in UNSEALED]:
            copy = Copy(bytes(turned.data))
            alter(copy)
            if sealed:
                copy.seal()
            sentences = found(copy.data)
            if not any(wanted in sentence for sentence in sentences):
                missed.append(f"instead of '{wanted}' it said {sentences}")
    return len(SEALED) + len(UNSEALED), missed
