"""Read one whole log: every leaf against its stored hash, every stored tile against the leaves, the root.

Raises `Wrong` at the first that does not fit. Memory does not grow with the log but for 8 bytes a leaf.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from crypto import tree
from crypto.auditor import leaves
from crypto.auditor.growth import Growth, subtree
from crypto.auditor.leaves import Bundle
from crypto.auditor.numbers import Numbers
from crypto.auditor.source import Source
from crypto.auditor.wrong import Wrong
from crypto.errors import Malformed

Tell = Callable[[int, int, int], None]


@dataclass(frozen=True)
class Head:
    """A log as its signed checkpoint says it is. counts: how many leaves count; after a restore the rest does not."""

    number: int
    size: int
    root: bytes
    counts: int


def scan(source: Source, head: Head, watch: Collection[int], numbers: Numbers, tell: Tell) -> dict[int, bytes]:
    """The roots at the sizes in `watch`, all up to head.size, once everything fits. Raises: Wrong, Unreadable."""
    growth = Growth(lambda level, n, hashes: _check_tile(source, head, level, n, hashes), {*watch, head.size})
    for n, bundle in bundles(source, head):
        _check_leaves(source, head, n, bundle)
        growth.add(bundle.hashes)
        first = n * tree.WIDTH
        numbers.add(head.number, first, bundle, head.counts - first)
        tell(head.number, growth.size, head.size)
    growth.end()
    if growth.roots[head.size] != head.root:
        raise Wrong(f"The leaves of log {head.number} do not give the root that its checkpoint signs.")
    return growth.roots


def bundles(source: Source, head: Head) -> Iterator[tuple[int, Bundle]]:
    """Each bundle with its number. Raises: Wrong, Unreadable."""
    for n in range(-(-head.size // tree.WIDTH)):
        width = tree.tile_width(head.size, 0, n)
        path = tree.tile_path("entries", n, width)
        try:
            yield n, leaves.read(source.read(f"log/{head.number}/{path}"), width)
        except Malformed:
            raise Wrong(f"Log {head.number} has no {width} whole leaves in {path}.") from None


def find_double(source: Source, heads: Sequence[Head], alike: Collection[int]) -> None:
    """Nothing, unless two of the leaves whose tags begin alike carry the same tag. Raises: Wrong."""
    seen: dict[bytes, str] = {}
    for head in heads:
        for n, bundle in bundles(source, head):
            for i, one in enumerate(bundle.beginnings[: max(0, head.counts - n * tree.WIDTH)]):
                if one not in alike:
                    continue
                place = f"leaf {n * tree.WIDTH + i} of log {head.number}"
                if bundle.tag(i) in seen:
                    raise Wrong(f"One number stands in the log twice: {seen[bundle.tag(i)]}, and {place}.")
                seen[bundle.tag(i)] = place


def _check_leaves(source: Source, head: Head, n: int, bundle: Bundle) -> None:
    """Nothing, if the stored hashes are those of the leaves; else whose fault it is."""
    path = tree.tile_path(0, n, bundle.width)
    stored = source.read(f"log/{head.number}/{path}")
    own = bundle.hashes
    if stored == own:
        return
    if len(stored) != len(own):
        raise Wrong(f"Log {head.number} does not store {bundle.width} hashes in {path}.")
    at = next(i for i in range(bundle.width) if stored[32 * i : 32 * i + 32] != own[32 * i : 32 * i + 32])
    if _fits(source, head, n, stored):
        raise Wrong(f"Leaf {n * tree.WIDTH + at} of log {head.number} was changed: the tree has another hash for it.")
    if _fits(source, head, n, own):
        raise Wrong(f"The stored hash of leaf {n * tree.WIDTH + at} of log {head.number}, in {path}, was changed.")
    raise Wrong(
        f"Leaf {n * tree.WIDTH + at} of log {head.number} and its stored hash fit neither each other nor the tree."
    )


def _fits(source: Source, head: Head, n: int, tile: bytes) -> bool:
    """Whether the tree above bears out this tile of leaf hashes: its parent's hash, or the root for the last one."""

    def read(level: int, number: int, width: int) -> bytes:
        if (level, number) == (0, n):
            return tile
        return source.read(f"log/{head.number}/{tree.tile_path(level, number, width)}")

    if len(tile) < 32 * tree.WIDTH:
        return tree.root(read, head.size) == head.root
    parent, at = divmod(n, tree.WIDTH)
    width = tree.tile_width(head.size, 1, parent)
    return read(1, parent, width)[32 * at : 32 * at + 32] == subtree(tile)


def _check_tile(source: Source, head: Head, level: int, n: int, hashes: bytes) -> None:
    path = tree.tile_path(level, n, len(hashes) // 32)
    if source.read(f"log/{head.number}/{path}") != hashes:
        raise Wrong(f"The stored hashes of log {head.number} in {path} are not those of the hashes below them.")
