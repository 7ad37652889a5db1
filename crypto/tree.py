"""The tree of the log as it is stored: tiles of 256 hashes, and proofs that read few of them (SPEC 9).

Bytes in, bytes out: a caller brings `Read`, which fetches a tile. A stored tile never changes but by growing to the
right, so a reader who holds a size can't be confused by a tree that grew meanwhile.
Source: RFC 6962 section 2; C2SP tlog-tiles. Vectors: tests/vectors/tree.json.
"""

import hashlib
import re
from collections.abc import Callable, Sequence

from crypto import log
from crypto.errors import Malformed
from crypto.frame import MAX_INT, H, unframe

WIDTH = 256
HEIGHT = 8
FULL_BYTES = 32 * WIDTH
LEAF_BYTES = 81

# (level, number, width 1..256) -> the first `width` hashes of that tile, or more: 32 bytes each.
Read = Callable[[int, int, int], bytes]
Node = Callable[[int, int], bytes]


def frontier(read: Read, size: int) -> list[bytes]:
    """The hashes (32 bytes) of the perfect subtrees of the first `size` leaves, largest first. Raises: ValueError."""
    return _subtrees(_nodes(read, size), 0, size)


def frontier_root(frontier: Sequence[bytes], size: int) -> bytes:
    """The root (32 bytes) of a tree of `size` leaves; H('') for none. Raises: ValueError: another number of hashes."""
    _check_frontier(frontier, size)
    return _fold(frontier) if frontier else H(b"")


def extend(frontier: Sequence[bytes], size: int, leaf_hashes: Sequence[bytes]) -> tuple[list[bytes], int]:
    """The frontier and the size once `leaf_hashes` (32 bytes each) are appended. Raises: ValueError."""
    _check_frontier(frontier, size)
    _check_hashes(leaf_hashes)
    left, level, kept = list(frontier), list(leaf_hashes), list[bytes]()
    new = size + len(leaf_hashes)
    for height in range(new.bit_length()):
        if size >> height & 1:
            level.insert(0, left.pop())
        if len(level) % 2:
            kept.append(level.pop())
        level = _pairs(level)
    return kept[::-1], new


def root(read: Read, size: int) -> bytes:
    """The root (32 bytes) over the first `size` leaves. Raises: ValueError."""
    return frontier_root(frontier(read, size), size)


def inclusion(read: Read, size: int, index: int) -> list[bytes]:
    """The ordered proof that leaf `index` is in the tree of `size` leaves, as `log.inclusion`. Raises: ValueError."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    node, proof = _nodes(read, size), list[bytes]()
    first, end = 0, size
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            proof.append(_span(node, middle, end))
            end = middle
        else:
            proof.append(_span(node, first, middle))
            first = middle
    return proof[::-1]


def consistency(read: Read, old: int, new: int) -> list[bytes]:
    """The ordered proof that the tree of `new` leaves begins with its first `old`, as `log.consistency`.

    Raises: ValueError: a proof is from 1 leaf up, and to no smaller tree.
    """
    if not 0 < old <= new:
        raise ValueError("a proof is from 1 leaf up")
    node, proof = _nodes(read, new), list[bytes]()
    first, end = 0, new
    while old < end:
        middle = first + _split(end - first)
        if old <= middle:
            proof.append(_span(node, middle, end))
            end = middle
        else:
            proof.append(_span(node, first, middle))
            first = middle
    if first:  # else the old tree is one perfect subtree, whose root the verifier holds
        proof.append(_span(node, first, end))
    return proof[::-1]


def grow(read: Read, size: int, leaf_hashes: Sequence[bytes]) -> list[tuple[int, int, bytes]]:
    """Each tile that changes when `leaf_hashes` are appended: (level, number, its whole new content, <= 8192 bytes).

    `read` is asked for at most one tile a level, the one that is not full. Raises: ValueError.
    """
    _check_hashes(leaf_hashes)
    changed, added, level = list[tuple[int, int, bytes]](), list(leaf_hashes), 0
    while added:
        number, width = divmod(size >> level * HEIGHT, WIDTH)
        hashes = (_checked(read(level, number, width), width) if width else b"") + b"".join(added)
        tiles = [hashes[at : at + FULL_BYTES] for at in range(0, len(hashes), FULL_BYTES)]
        changed += [(level, number + k, tile) for k, tile in enumerate(tiles)]
        added = [_top(tile) for tile in tiles if len(tile) == FULL_BYTES]
        level += 1
    return changed


def tile_width(size: int, level: int, number: int) -> int:
    """How many hashes tile `number` of `level` has in a tree of `size` leaves: 0 (no such tile) to 256."""
    return max(0, min(WIDTH, (size >> level * HEIGHT) - number * WIDTH))


def path_tiles(size: int, index: int) -> set[tuple[int, int]]:
    """(level, number) of all tiles that a proof reads: of leaf `index`, or from a tree of `index` + 1 leaves.

    For a caller who would rather fetch them together: those above the leaf, and those at the right edge.
    """
    levels = range(-(-size.bit_length() // HEIGHT))
    tiles = {(level, at >> (level + 1) * HEIGHT) for level in levels for at in (index, size)}
    return {(level, number) for level, number in tiles if tile_width(size, level, number)}


def bundle(leaves: Sequence[bytes]) -> bytes:
    """An entry bundle: of each of at most 256 leaves (81 bytes) its length as u16be, and itself. Raises: ValueError."""
    if len(leaves) > WIDTH or any(len(leaf) != LEAF_BYTES for leaf in leaves):
        raise ValueError("a bundle has at most 256 leaves of 81 bytes")
    return b"".join(len(leaf).to_bytes(2) + leaf for leaf in leaves)


def read_bundle(data: bytes) -> list[bytes]:
    """The leaves (81 bytes) of an entry bundle. Raises: Malformed: anything but 1 to 256 frames `leaf`."""
    step = LEAF_BYTES + 2
    if not data or len(data) % step or len(data) > step * WIDTH:
        raise Malformed("no bundle has this length")
    leaves = []
    for at in range(0, len(data), step):
        if data[at : at + 2] != LEAF_BYTES.to_bytes(2):
            raise Malformed("a leaf has 81 bytes")
        leaves.append(data[at + 2 : at + step])
        unframe("leaf", leaves[-1])
    return leaves


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Where a tile is served: `tile/0/x001/x234/067`, `tile/entries/000.p/17`. Raises: ValueError."""
    known = level == "entries" or (isinstance(level, int) and 0 <= level < 64)
    if not known or not 0 <= number <= MAX_INT or not 1 <= width <= WIDTH:
        raise ValueError("no tile has this place")
    digits = str(number)
    digits = digits.zfill(len(digits) + -len(digits) % 3)
    *above, last = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "".join(f"x{part}/" for part in above) + last
    return f"tile/{level}/{name}{'' if width == WIDTH else f'.p/{width}'}"


def read_path(path: str) -> tuple[int | str, int, int]:
    """(level or "entries", number, width) of a tile's path in its one form. Raises: Malformed."""
    match = re.fullmatch(
        r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([0-9]{1,3}))?", path, re.ASCII
    )
    if not match:
        raise Malformed("no tile has this path")
    level: int | str = match[1] if match[1] == "entries" else int(match[1])
    number, width = int(match[2].replace("x", "").replace("/", "")), int(match[3] or WIDTH)
    try:
        if tile_path(level, number, width) == path:
            return level, number, width
    except ValueError:
        pass
    raise Malformed("a tile's path in another form than its one")


def _nodes(read: Read, size: int) -> Node:
    """What gives the hash of the perfect subtree of 2**height leaves number `i`, of a tree of `size` leaves.

    A tile is read once, however many of the hashes above it are wanted.
    """
    if size < 0:
        raise ValueError("a tree has no negative size")
    tiles: dict[tuple[int, int], bytes] = {}

    def node(height: int, i: int) -> bytes:
        level, above = divmod(height, HEIGHT)
        number, first = divmod(i << above, WIDTH)
        if (level, number) not in tiles:
            width = tile_width(size, level, number)
            tiles[level, number] = _checked(read(level, number, width), width)
        return _top(tiles[level, number][32 * first : 32 * (first + (1 << above))])

    return node


def _subtrees(node: Node, first: int, end: int) -> list[bytes]:
    """The perfect subtrees of the leaves from `first` to `end`, largest first; `first` is a multiple of the largest."""
    found = []
    for height in reversed(range((end - first).bit_length())):
        if (end - first) >> height & 1:
            found.append(node(height, first >> height))
            first += 1 << height
    return found


def _span(node: Node, first: int, end: int) -> bytes:
    return _fold(_subtrees(node, first, end))


def _fold(subtrees: Sequence[bytes]) -> bytes:
    *rest, found = subtrees
    for hash in reversed(rest):  # noqa: A001
        found = log.node_hash(hash, found)
    return found


def _pairs(level: list[bytes]) -> list[bytes]:
    sha = hashlib.sha256
    return [sha(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=True)]


def _split(n: int) -> int:
    return 1 << ((n - 1).bit_length() - 1)


def _top(hashes: bytes) -> bytes:
    """The root of a perfect subtree, from its 1, 2, 4 ... hashes in a row: siblings are neighbours already."""
    sha = hashlib.sha256
    while len(hashes) > 32:
        hashes = b"".join([sha(b"\x01" + hashes[at : at + 64]).digest() for at in range(0, len(hashes), 64)])
    return hashes


def _checked(tile: bytes, width: int) -> bytes:
    if len(tile) < width * 32:
        raise ValueError("a tile that is shorter than the tree says")
    return tile[: width * 32]


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if any(len(h) != 32 for h in hashes):
        raise ValueError("a hash is 32 bytes")


def _check_frontier(frontier: Sequence[bytes], size: int) -> None:
    if size < 0 or len(frontier) != size.bit_count():
        raise ValueError("a frontier has one hash for each bit of the size that is set")
    _check_hashes(frontier)
