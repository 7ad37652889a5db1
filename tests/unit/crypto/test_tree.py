"""Tiles, bundles and paths that are not what the tree says are refused; what C2SP gives as examples is read."""

import pytest

from crypto import log, tree
from crypto.errors import Malformed
from crypto.frame import H

LEAF = log.leaf(bytes(32), bytes(32))


def nothing(_level: int, _number: int, _width: int) -> bytes:
    raise AssertionError("an empty tree has no tile")


def test_an_empty_tree_has_the_root_of_nothing_and_no_proof() -> None:
    assert tree.root(nothing, 0) == H(b"")
    assert tree.frontier(nothing, 0) == []
    with pytest.raises(ValueError, match="no such leaf"):
        tree.inclusion(nothing, 0, 0)
    with pytest.raises(ValueError, match="from 1 leaf up"):
        tree.consistency(nothing, 0, 5)
    with pytest.raises(ValueError, match="from 1 leaf up"):
        tree.consistency(nothing, 6, 5)


def test_a_tile_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        tree.root(lambda _level, _number, width: bytes(32 * width - 1), 5)


def test_what_is_no_hash_is_not_appended() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        tree.grow(nothing, 0, [bytes(31)])
    with pytest.raises(ValueError, match="32 bytes"):
        tree.extend([], 0, [bytes(33)])


def test_ten_million_leaves_are_proven_with_few_reads() -> None:
    reads = []

    def read(level: int, number: int, width: int) -> bytes:
        reads.append((level, number, width))
        return b"".join(H(b"%d %d %d" % (level, number, k)) for k in range(width))

    tree.inclusion(read, 10_000_019, 1_234_567)
    assert len(reads) == len(set(reads)) <= 6


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("tile/0/x001/x234/067", (0, 1_234_067, 256)),
        ("tile/63/005", (63, 5, 256)),
        ("tile/3/x001/000.p/17", (3, 1000, 17)),
        ("tile/entries/000.p/1", ("entries", 0, 1)),
        ("tile/entries/x100/000", ("entries", 100_000, 256)),
    ],
)
def test_the_paths_of_c2sp_are_read_and_written(path: str, place: tuple[int | str, int, int]) -> None:
    assert tree.read_path(path) == place
    assert tree.tile_path(*place) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "tile/0", "tile/0/", "tile/0/1", "tile/0/0001", "tile/00/001", "tile/64/001", "tile/-1/001", "tile/0/001/002",
        "tile/0/x000/001", "tile/0/x001", "tile/0/001.p/0", "tile/0/001.p/256", "tile/0/001.p/017", "tile/0/001.p/999",
        "tile/0/001.p/", "tile/0/001/", "/tile/0/001", "tile/entry/001", "tile/data/001", "tile/0/٠٠١", "tile/0/001\n",
        "tile/0/x009/x007/x199/x254/x740/993",
    ],
)  # fmt: skip
def test_a_path_in_another_form_is_refused(path: str) -> None:
    with pytest.raises(Malformed):
        tree.read_path(path)


@pytest.mark.parametrize(
    "place", [(64, 0, 256), (-1, 0, 256), ("data", 0, 256), (0, -1, 256), (0, 2**53, 256), (0, 0, 0), (0, 0, 257)]
)
def test_no_path_is_written_for_what_is_no_tile(place: tuple[int | str, int, int]) -> None:
    with pytest.raises(ValueError, match="no tile"):
        tree.tile_path(*place)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0\x51" + LEAF[:-1], b"\0\x51" + LEAF + b"\0", b"\0\x50" + LEAF, b"\0\x51" + bytes(81),
        b"\x51\0" + LEAF, (b"\0\x51" + LEAF) * 257, b"\0\x51" + log.leaf(bytes(32), bytes(32)).replace(b"leaf", b"Leaf"),
    ],
)  # fmt: skip
def test_a_bundle_of_anything_but_leaves_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        tree.read_bundle(data)


@pytest.mark.parametrize("leaves", [[LEAF] * 257, [LEAF[:-1]], [b""]])
def test_no_bundle_is_made_of_anything_but_leaves(leaves: list[bytes]) -> None:
    with pytest.raises(ValueError, match="81 bytes"):
        tree.bundle(leaves)
