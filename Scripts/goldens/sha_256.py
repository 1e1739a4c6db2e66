"""Reference for SHA-256: NIST's own vectors, and digests by Python's hashlib.

    python sha_256.py

Writes `published.json`, the byte-oriented vectors of NIST's Cryptographic Algorithm Validation Program (short and long
messages, Monte Carlo) and the examples that NIST gives to FIPS 180-4; and `lengths.json`, the digests of the first 0 to
300 bytes of a sequence. Every published digest is compared with hashlib's. Needs cryptography-vectors, which has NIST's
files as they were published.
"""

import base64
import hashlib
import json
import pathlib
import re

import cryptography_vectors

OUTPUT = pathlib.Path(__file__).resolve().parent.parent.parent / "Tests/RecFilesTests/Fixtures/SHA256"
LETTERS = (
    "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"
)
# A text, how often it is repeated, and the digest of that.
EXAMPLES = [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        1,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ),
    (LETTERS, 1, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
]


def published(name):
    """The text of one of NIST's files."""
    with cryptography_vectors.open_vector_file(f"hashes/SHA2/SHA256{name}.rsp", "r") as file:
        return file.read()


def messages(name):
    """Messages with their digests."""
    found = re.findall(r"Len = (\d+)\s+Msg = (\w+)\s+MD = (\w+)", published(name))
    cases = []
    for bits, message, digest in found:
        # The message of no bits is written as one zero.
        message = bytes.fromhex(message)[: int(bits) // 8]
        assert len(message) * 8 == int(bits) and hashlib.sha256(message).hexdigest() == digest
        cases.append({"message": base64.b64encode(message).decode(), "digest": digest})
    return cases


def monte_carlo():
    """A seed and the digest after each thousand rounds, by section 6.4 of NIST's "SHA Validation System"."""
    text = published("Monte")
    seed = re.search(r"Seed = (\w+)", text)[1]
    digests = re.findall(r"MD = (\w+)", text)
    current = bytes.fromhex(seed)
    for digest in digests:
        last = [current] * 3
        for _ in range(1000):
            last = [*last[1:], hashlib.sha256(b"".join(last)).digest()]
        current = last[-1]
        assert current.hex() == digest
    return {"seed": seed, "digests": digests}


def examples():
    for text, count, digest in EXAMPLES:
        assert hashlib.sha256(text.encode() * count).hexdigest() == digest
    return [{"text": text, "count": count, "digest": digest} for text, count, digest in EXAMPLES]


def lengths():
    """The digests of the first bytes of the sequence i * i * 31 + i * 7, each byte reduced to its low eight bits."""
    sequence = bytes((i * i * 31 + i * 7) % 256 for i in range(300))
    return [hashlib.sha256(sequence[:count]).hexdigest() for count in range(301)]


if __name__ == "__main__":
    OUTPUT.mkdir(parents=True, exist_ok=True)
    short, long = messages("ShortMsg"), messages("LongMsg")
    assert len(short) == 65 and len(long) == 64
    files = {
        "published": {"examples": examples(), "short": short, "long": long, "monteCarlo": monte_carlo()},
        "lengths": lengths(),
    }
    for name, content in files.items():
        (OUTPUT / f"{name}.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")
