"""Rare combinations of ticked boxes: merged upwards, then left out, until none is left (k^m).

After it, every item and every set of up to `together` ticked items occurs in no row or in at least `support` rows.
Source: Terrovitis, Mamoulis and Kalnis, "Privacy-preserving Anonymization of Set-valued Data", VLDB 2008.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from release.cohort import Multi, stacked
from release.targets import Targets

LEFT_OUT = ""
Boxes = dict[str, dict[str, str]]  # question: box: the box that stands for it, itself mostly, or LEFT_OUT


@dataclass(frozen=True)
class Merge:
    """Where a question's rare boxes go, and which of its boxes untick the others and so stand for nothing else."""

    into: str
    alone: tuple[str, ...] = ()


def untouched(multis: Sequence[Multi]) -> Boxes:
    """Every box for itself."""
    return {one.field: {item: item for item in one.items} for one in multis}


def repair(multis: Sequence[Multi], boxes: Boxes, merges: Mapping[str, Merge], targets: Targets) -> Boxes:
    """Boxes that may be published of these rows. Args: boxes: what was merged before; it is not undone."""
    boxes = {field: dict(to) for field, to in boxes.items()}
    while True:
        worst = _rarest([apply(one, boxes[one.field]) for one in multis], merges, targets)
        if worst is None:
            return boxes
        field, item = worst
        merge = merges.get(field, Merge(LEFT_OUT))
        stands = merge.into in boxes[field].values() and item != merge.into and item not in merge.alone
        for box, to in boxes[field].items():
            if to == item:
                boxes[field][box] = merge.into if stands else LEFT_OUT


def apply(one: Multi, to: Mapping[str, str]) -> Multi:
    """The question with the boxes that are left; a box is ticked where any that it stands for is."""
    kept = tuple(item for item in one.items if item in to.values())
    ticks = np.zeros((len(one.state), len(kept)), dtype=bool)
    for place, item in enumerate(one.items):
        if to[item] != LEFT_OUT:
            ticks[:, kept.index(to[item])] |= one.ticks[:, place]
    return Multi(one.field, kept, ticks, one.state)


def rare(ticks: np.ndarray, support: int, together: int) -> Iterator[tuple[int, ...]]:
    """The sets of items that occur in some rows and in fewer than `support`. A single item counts even in no row."""
    one = ticks.astype(np.float32)  # products of 0 and 1: exact up to 2^24 rows
    pairs = one.T @ one
    for item in np.flatnonzero(np.diag(pairs) < support):
        yield (int(item),)
    if together > 1:
        for left, right in zip(*np.nonzero(np.triu((pairs > 0) & (pairs < support), 1)), strict=True):
            yield (int(left), int(right))
    if together > 2:
        for left, right in zip(*np.nonzero(np.triu(pairs >= support, 1)), strict=True):
            both = ticks[:, left] & ticks[:, right]
            three = ticks[both, right + 1 :].sum(axis=0)
            for third in np.flatnonzero((three > 0) & (three < support)):
                yield (int(left), int(right), int(right) + 1 + int(third))


def _rarest(shown: Sequence[Multi], merges: Mapping[str, Merge], targets: Targets) -> tuple[str, str] | None:
    """Of the rarest box of each set that is too rare, the rarest; one that others are merged into comes last."""
    names = [(one.field, item) for one in shown for item in one.items]
    if not names:
        return None
    ticks = stacked(shown, len(shown[0].state))
    ticked = ticks.sum(axis=0)
    sets = rare(ticks, targets.support, targets.together)
    at_fault = {min(one, key=lambda item: (ticked[item], item)) for one in sets}
    if not at_fault:
        return None
    gathers = [field in merges and merges[field].into == item for field, item in names]
    return names[min(at_fault, key=lambda item: (gathers[item], ticked[item], item))]
