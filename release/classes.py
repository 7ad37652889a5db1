"""Equivalence classes: the rows that look alike once a node has made them coarser.

Rows are packed into one number each (mixed radix), then counted: in an array while the numbers are few, by sorting when
they are many. One pass over the rows either way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from release.lattice import Lattice, Node

ROOMY = 1 << 17  # cells that are counted in place however few the rows
CROWDED = 16  # cells a row up to which counting in place is faster than sorting
MOST = 1 << 24


@dataclass(frozen=True)
class Classes:
    """The classes of a node. sizes: rows in each. cost: of one row of each, 0 to 1. of: class of each row, if asked."""

    sizes: np.ndarray
    cost: np.ndarray
    of: np.ndarray | None = None


def small(lattice: Lattice, node: Node, k: int) -> Classes:
    """Only the classes with fewer than k rows: all that the first look at a node needs."""
    packed, bases = pack(lattice, node)
    space = _space(bases)
    if _counts(space, lattice.n):
        found = np.bincount(packed, minlength=space)
        keys = np.flatnonzero((found > 0) & (found < k))
        sizes = found[keys]
    else:
        keys, found = _runs(packed)
        few = found < k
        keys, sizes = keys[few], found[few]
    return Classes(sizes, _costs(lattice, node, keys, bases))


def group(lattice: Lattice, node: Node) -> Classes:
    """All classes of a node and the class of each row."""
    packed, bases = pack(lattice, node)
    space = _space(bases)
    if space <= max(lattice.n, ROOMY):
        found = np.bincount(packed, minlength=space)
        keys = np.flatnonzero(found)
        place = np.zeros(space, dtype=np.int64)
        place[keys] = np.arange(len(keys))
        of, sizes = place[packed], found[keys]
    else:
        keys, of, sizes = np.unique(packed, return_inverse=True, return_counts=True)
    return Classes(sizes, _costs(lattice, node, keys, bases), of)


def pack(lattice: Lattice, node: Node) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """One number a row, and (column, base) of the columns that are in it; "any" needs no digit."""
    bases = [
        (place, len(one.levels[level].labels))
        for place, (one, level) in enumerate(zip(lattice.hierarchies, node, strict=True))
        if len(one.levels[level].labels) > 1
    ]
    wide = np.uint32 if _space(bases) < 1 << 32 else np.uint64
    if _space(bases) >= 1 << 63:
        raise ValueError("these columns have too many codes to be packed into one number")
    packed = np.zeros(lattice.n, dtype=wide)
    for place, base in bases:
        np.multiply(packed, wide(base), out=packed)
        np.add(packed, lattice.groups[place][node[place]], out=packed)
    return packed, bases


def _space(bases: list[tuple[int, int]]) -> int:
    space = 1
    for _, base in bases:
        space *= base
    return space


def _counts(space: int, n: int) -> bool:
    return space <= min(max(CROWDED * n, ROOMY), MOST)


def _runs(packed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    ordered = np.sort(packed)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return ordered[starts], np.diff(np.append(starts, len(ordered)))


def _costs(lattice: Lattice, node: Node, keys: np.ndarray, bases: list[tuple[int, int]]) -> np.ndarray:
    told = {place for place, _ in bases}
    blank = sum(
        lattice.share[place] * lattice.hierarchies[place].levels[node[place]].cost[0]
        for place in range(len(node))
        if place not in told
    )
    cost, left = np.full(len(keys), float(blank)), keys.astype(np.int64)
    for place, base in reversed(bases):
        left, digit = np.divmod(left, base)
        cost += lattice.share[place] * lattice.hierarchies[place].levels[node[place]].cost[digit]
    return cost
