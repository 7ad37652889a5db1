"""What the audit does fast is what the slow and plain way does."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import log, tree
from crypto.auditor import leaves, numbers
from crypto.auditor.growth import Growth, subtree
from crypto.errors import Malformed

pytestmark = pytest.mark.slow

pairs = st.tuples(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))


@given(st.lists(pairs, min_size=1, max_size=256))
def test_a_bundle_is_read_as_its_leaves(given_pairs: list[tuple[bytes, bytes]]) -> None:
    own = [log.leaf(*pair) for pair in given_pairs]
    read = leaves.read(tree.bundle(own), len(own))
    assert read.hashes == b"".join(log.leaf_hash(leaf) for leaf in own)
    assert [(read.tag(i), read.commit(i)) for i in range(read.width)] == given_pairs
    assert list(read.beginnings) == [leaves.beginning(tag) for tag, _ in given_pairs]


@given(st.lists(pairs, min_size=1, max_size=5), st.data())
def test_a_bundle_with_a_byte_changed_is_refused_as_the_tree_refuses_it(given_pairs: list, data: st.DataObject) -> None:
    bundle = bytearray(tree.bundle([log.leaf(*pair) for pair in given_pairs]))
    at = data.draw(st.integers(0, len(bundle) - 1))
    bundle[at] ^= data.draw(st.integers(1, 255))
    try:
        tree.read_bundle(bytes(bundle))
    except Malformed:
        with pytest.raises(Malformed):
            leaves.read(bytes(bundle), len(given_pairs))
    else:
        leaves.read(bytes(bundle), len(given_pairs))
    for wrong in (bytes(bundle[:-1]), bytes(bundle) + b"\0", b""):
        with pytest.raises(Malformed):
            leaves.read(wrong, len(given_pairs))


HASHES = [log.leaf_hash(i.to_bytes(4)) for i in range(70_000)]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1400) | st.integers(65_400, 66_200), st.data())
def test_a_tree_that_grows_has_every_root_and_every_tile_of_the_stored_one(size: int, data: st.DataObject) -> None:
    watch = set(data.draw(st.lists(st.integers(0, size), max_size=4))) | {size}
    tiles: dict[tuple[int, int], bytes] = {}
    growth = Growth(lambda level, n, tile: tiles.__setitem__((level, n), tile), watch)
    for at in range(0, size, 256):
        growth.add(b"".join(HASHES[at : min(at + 256, size)]))
    growth.end()
    stored = {(level, n): tile for level, n, tile in tree.grow(lambda *_: b"", 0, HASHES[:size]) if level}
    assert tiles == stored
    assert growth.roots == {one: log.root(HASHES[:one]) for one in watch}


@given(st.integers(1, 256))
def test_the_root_of_a_tile_is_the_root_of_its_hashes(width: int) -> None:
    assert subtree(b"".join(HASHES[:width])) == log.root(HASHES[:width])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=600), st.integers(1, 700))
def test_no_tag_that_stands_there_twice_is_missed(names: list[int], part: int) -> None:
    tags = [log.leaf_hash(bytes([7]) + name.to_bytes(4)) for name in names]
    patch, numbers.PART = numbers.PART, part
    try:
        found = numbers.Numbers([tags[0], bytes(32)])
        for at in range(0, len(tags), 256):
            some = [log.leaf(tag, tag) for tag in tags[at : at + 256]]
            found.add(1, at, leaves.read(tree.bundle(some), len(some)), 10_000)
        twice = {leaves.beginning(tag) for tag, times in Counter(tags).items() if times > 1}
        assert twice <= found.alike()
        assert found.alike() == set() or twice
    finally:
        numbers.PART = patch
    assert found.found == {tags[0]: (1, 0, tags[0])}
