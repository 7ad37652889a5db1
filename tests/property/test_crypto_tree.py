"""The tree as it is stored says what RFC 6962 says of all its leaves at once, whatever its size and its history."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import log, tree
from crypto.frame import H

# Below, around and above one tile, and around where a second level fills: 65,536 would be too slow here.
sizes = st.one_of(st.integers(1, 20), st.integers(250, 260), st.integers(500, 1100))


def hashes(size: int) -> list[bytes]:
    return [H(n.to_bytes(4)) for n in range(size)]


class Tiles(dict[tuple[int, int], bytes]):
    """Stored tiles, which count what is read."""

    reads = 0

    def append(self, size: int, leaf_hashes: list[bytes]) -> int:
        for level, number, data in tree.grow(self.read, size, leaf_hashes):
            self[level, number] = data
        return size + len(leaf_hashes)

    def read(self, level: int, number: int, width: int) -> bytes:
        assert 1 <= width <= tree.WIDTH
        self.reads += 1
        return self[level, number]


def stored(size: int) -> Tiles:
    tiles = Tiles()
    tiles.append(0, hashes(size))
    return tiles


@given(sizes, st.data())
def test_a_stored_tree_has_the_root_and_the_proofs_of_its_leaves(size: int, data: st.DataObject) -> None:
    leaves, tiles = hashes(size), stored(size)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    assert tree.root(tiles.read, size) == log.root(leaves)
    assert tree.inclusion(tiles.read, size, index) == log.inclusion(leaves, index)
    assert tree.consistency(tiles.read, old, size) == log.consistency(leaves, old)


@given(sizes, st.data())
def test_a_tree_that_grew_still_tells_of_each_size_it_had(size: int, data: st.DataObject) -> None:
    leaves, tiles = hashes(size), stored(size)
    before = data.draw(st.integers(1, size))
    assert tree.root(tiles.read, before) == log.root(leaves[:before])
    assert tree.inclusion(tiles.read, before, before - 1) == log.inclusion(leaves[:before], before - 1)


@given(st.lists(st.one_of(st.integers(0, 5), st.integers(200, 300)), max_size=5))
def test_it_is_one_tree_however_the_leaves_came(batches: list[int]) -> None:
    leaves, tiles = hashes(sum(batches)), Tiles()
    size, front = 0, list[bytes]()
    for batch in batches:
        new = leaves[size : size + batch]
        front, followed = tree.extend(front, size, new)
        size = tiles.append(size, new)
        assert followed == size
        assert front == tree.frontier(tiles.read, size)
        assert tree.frontier_root(front, size) == log.root(leaves[:size])
    assert dict(tiles) == dict(stored(len(leaves)))


@given(sizes)
def test_a_proof_reads_one_tile_a_level_and_the_right_edge(size: int) -> None:
    tiles = stored(size)
    tree.inclusion(tiles.read, size, 0)
    levels = 1 + (size >= 256)
    assert tiles.reads <= 2 * levels


@given(st.integers(1, 2**40), st.data())
def test_it_is_known_beforehand_which_tiles_a_proof_reads(size: int, data: st.DataObject) -> None:
    index, asked = data.draw(st.integers(0, size - 1)), set[tuple[int, int]]()

    def read(level: int, number: int, width: int) -> bytes:
        assert width == tree.tile_width(size, level, number) > 0
        asked.add((level, number))
        return bytes(32 * width)

    tree.inclusion(read, size, index)
    tree.consistency(read, index + 1, size)
    assert asked <= tree.path_tiles(size, index)


@given(st.one_of(st.integers(0, 2**53 - 1), st.integers(0, 2000)), st.integers(1, 256), st.integers(-1, 63))
def test_a_path_names_one_tile(number: int, width: int, level: int) -> None:
    named = "entries" if level < 0 else level
    path = tree.tile_path(named, number, width)
    assert tree.read_path(path) == (named, number, width)


@given(st.integers(1, 256))
def test_a_bundle_gives_its_leaves_back(many: int) -> None:
    leaves = [log.leaf(H(b"tag%d" % n), H(b"commit")) for n in range(many)]
    assert tree.read_bundle(tree.bundle(leaves)) == leaves


@given(st.integers(1, 300), st.integers(0, 12))
def test_a_frontier_of_another_length_is_refused(size: int, many: int) -> None:
    if many == size.bit_count():
        many += 1
    with pytest.raises(ValueError, match="frontier"):
        tree.frontier_root([bytes(32)] * many, size)
