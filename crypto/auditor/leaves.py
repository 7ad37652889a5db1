"""Read bundles of leaves as fast as hashing goes. What is refused is what `tree.read_bundle` refuses.

A leaf's bytes are the same in all leaves but for tag and commitment, so a column of a bundle is compared at once.
"""

import hashlib
import struct
from dataclasses import dataclass

from crypto import log, tree
from crypto.auditor.structs import Structs
from crypto.errors import Malformed

_LIKE = log.leaf(b"t" * 32, b"c" * 32)
_STEP = 2 + tree.LEAF_BYTES
_TAG, _COMMIT = 2 + _LIKE.index(b"t" * 32), 2 + _LIKE.index(b"c" * 32)
_HEAD = tree.LEAF_BYTES.to_bytes(2) + _LIKE[: _TAG - 2]
_MIDDLE = _LIKE[_TAG + 30 : _COMMIT - 2]
_CONSTANT = [*enumerate(_HEAD), *enumerate(_MIDDLE, _TAG + 32)]

# One call takes a whole bundle apart; a call for each leaf would cost a third of its hash.
_LEAVES = Structs(f"x{_STEP - 1}s")
_BEGINNINGS = Structs(f"{_TAG}xq{_STEP - _TAG - 8}x")


@dataclass(frozen=True)
class Bundle:
    """`width` leaves. beginnings: the first 8 bytes of each tag, as a number. hashes: a tile of leaf hashes."""

    data: bytes
    width: int
    beginnings: tuple[int, ...]
    hashes: bytes

    def tag(self, i: int) -> bytes:
        return self.data[i * _STEP + _TAG :][:32]

    def commit(self, i: int) -> bytes:
        return self.data[i * _STEP + _COMMIT :][:32]


def read(data: bytes, width: int) -> Bundle:
    """The leaves of an entry bundle of `width` leaves. Raises: Malformed."""
    if len(data) != width * _STEP or any(data[at::_STEP].count(byte) != width for at, byte in _CONSTANT):
        raise Malformed("no bundle of so many leaves")
    # The byte before each leaf ends its length; as a zero it is what RFC 6962 hashes before a leaf.
    prefixed = bytearray(data)
    prefixed[1::_STEP] = bytes(width)
    sha = hashlib.sha256
    hashes = b"".join([sha(one).digest() for one in _LEAVES[width].unpack(prefixed)])
    return Bundle(data, width, _BEGINNINGS[width].unpack(data), hashes)


def beginning(tag: bytes) -> int:
    """The first 8 bytes of one tag, as a number."""
    return int(struct.unpack(">q", tag[:8])[0])
