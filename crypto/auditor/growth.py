"""The tree over leaves that come in order, in the memory of one tile a level, and its root at any size on the way."""

import hashlib
from collections.abc import Callable, Collection

from crypto import log
from crypto.auditor.structs import Structs
from crypto.frame import H
from crypto.tree import WIDTH

TILE = 32 * WIDTH
_PAIRS = Structs("64s")
Check = Callable[[int, int, bytes], None]


class Growth:
    """Grows by tiles of 256 leaf hashes; only the last may be smaller.

    check: is told of each tile above the leaves (level, number, hashes) once it is complete, and at `end` of those
    that are not. watch: sizes at which the root is wanted; they are in `roots` once the tree has got there.
    """

    def __init__(self, check: Check, watch: Collection[int]) -> None:
        self.size = 0
        self.roots: dict[int, bytes] = {0: H(b"")} if 0 in watch else {}
        self._check, self._watch = check, sorted(set(watch) - {0}, reverse=True)
        self._open: list[bytes] = []  # of each level above the leaves, the tile that is not full
        self._full: list[int] = []

    def add(self, tile: bytes) -> None:
        """Append the next leaf hashes, 32 bytes each."""
        count = len(tile) // 32
        while self._watch and self._watch[-1] <= self.size + count:
            size = self._watch.pop()
            self.roots[size] = self._root(tile[: 32 * (size - self.size)])
        self.size += count
        if count == WIDTH:
            self._rise(1, subtree(tile))

    def end(self) -> None:
        """No more leaves: tell of the tiles that are not full."""
        for level, tile in enumerate(self._open, 1):
            if tile:
                self._check(level, self._full[level - 1], tile)

    def _rise(self, level: int, below: bytes) -> None:
        if len(self._open) < level:
            self._open.append(b"")
            self._full.append(0)
        self._open[level - 1] += below
        tile = self._open[level - 1]
        if len(tile) == TILE:
            self._check(level, self._full[level - 1], tile)
            self._open[level - 1], self._full[level - 1] = b"", self._full[level - 1] + 1
            self._rise(level + 1, subtree(tile))

    def _root(self, last: bytes) -> bytes:
        """The root when the leaves so far are followed by `last`. What is not full stands right of what is."""
        right = subtree(last) if last else b""
        for tile in self._open:
            right = subtree(tile + right) if tile + right else b""
        return right


def subtree(tile: bytes) -> bytes:
    """The root (32 bytes) over these hashes, as `log.root`; in half its time for a full tile."""
    if len(tile) != TILE:
        return log.root([tile[at : at + 32] for at in range(0, len(tile), 32)])
    sha, pairs = hashlib.sha256, WIDTH // 2
    while pairs:
        tile = b"".join([sha(b"\x01" + pair).digest() for pair in _PAIRS[pairs].unpack(tile)])
        pairs //= 2
    return tile
