"""Which classes may not stand, and how many rows any finer scheme would have to drop because of them.

That number bounds the search. A finer scheme splits a class into parts whose shares average to the class's own; parts
that stand are within the target, and no part is farther than the farthest possible, so by Markov's argument at least
rows * (distance - target) / (farthest - target) rows fail. Too few rows or values never mend by splitting.
Source: Li et al., "t-Closeness", ICDE 2007 (equal distances); Machanavajjhala et al., "l-Diversity", ICDE 2006.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from release.sensitive import Counts, Sensitive
from release.targets import UNUSUAL, Targets

EDGE = 1e-9  # a share that is the target itself holds


@dataclass(frozen=True)
class Verdict:
    """fails: of each class. least: rows of each class that every finer scheme drops too."""

    fails: np.ndarray
    least: np.ndarray


@dataclass(frozen=True)
class Rules:
    """The targets that look at sensitive columns, over one table of them."""

    targets: Targets
    sensitive: Sensitive

    def judge(self, sizes: np.ndarray, counts: Counts, stand: np.ndarray) -> Verdict:
        """Args: sizes: rows of each class. stand: classes whose rows make up the cohort that shares are compared to."""
        fails = sizes < self.targets.k
        least = np.where(fails, sizes, 0.0)
        for wrong, rows in self._each(sizes, counts, stand):
            fails = fails | wrong
            least = np.maximum(least, rows)
        return Verdict(fails, least)

    def settle(self, sizes: np.ndarray, counts: Counts, fails: np.ndarray) -> np.ndarray:
        """The classes that stand once shares are those of the rows that stand: what a reader of the file will see."""
        stand = ~fails
        while stand.any():
            left = stand & ~self.judge(sizes, counts, stand).fails
            if (left == stand).all():
                break
            stand = left
        return stand

    def _each(self, sizes: np.ndarray, counts: Counts, stand: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for one, held in zip(self.sensitive.singles, counts.values, strict=True):
            yield few_values(self.targets, sizes, held[:, one.stated])
            yield far_from_all(self.targets, sizes, held, stand)
            yield sure_by_exclusion(self.targets, sizes, held, stand)
        if self.sensitive.items:
            yield share_off(self.targets, sizes, counts.ticks, stand)
            if self.targets.flat:
                yield everybody(sizes, counts.ticks, stand)


def few_values(targets: Targets, sizes: np.ndarray, held: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """l: fewer than l distinct stated values."""
    wrong = (held > 0).sum(axis=1) < targets.l
    return wrong, np.where(wrong, sizes, 0.0)


def far_from_all(
    targets: Targets, sizes: np.ndarray, held: np.ndarray, stand: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """t: too far, by total variation, from the distribution of all rows that stand."""
    whole = held[stand].sum(axis=0) / max(int(sizes[stand].sum()), 1)
    distance = np.abs(held / sizes[:, None] - whole).sum(axis=1) / 2
    return _beyond(sizes, distance, targets.t, 1 - whole.min())


def sure_by_exclusion(
    targets: Targets, sizes: np.ndarray, held: np.ndarray, stand: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Who knows that one value is wrong must not be left with (almost) one other, unless all rows say as much."""
    whole = held[stand].sum(axis=0)
    wrong = np.zeros(len(sizes), dtype=bool)
    for value in range(held.shape[1]):
        left, all_left = sizes - held[:, value], whole.sum() - whole[value]
        for other in range(held.shape[1]):
            if other != value and whole[other] <= UNUSUAL * all_left:
                wrong |= (left > 0) & (held[:, other] > targets.exclusion * left + EDGE)
    return wrong, np.zeros(len(sizes))


def share_off(
    targets: Targets, sizes: np.ndarray, ticks: np.ndarray, stand: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """An item ticked by a share of the class that is too far from the share of all."""
    whole = ticks[stand].sum(axis=0) / max(int(sizes[stand].sum()), 1)
    off = np.abs(ticks / sizes[:, None] - whole)
    farthest = np.maximum(whole, 1 - whole)
    rows = sizes[:, None] * np.clip(off - targets.share - EDGE, 0, None) / np.maximum(farthest - targets.share, EDGE)
    return (off > targets.share + EDGE).any(axis=1), np.minimum(rows.max(axis=1), sizes)


def everybody(sizes: np.ndarray, ticks: np.ndarray, stand: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """An item that all of the class ticked and under 80% of everybody."""
    whole = ticks[stand].sum(axis=0) / max(int(sizes[stand].sum()), 1)
    wrong = ((ticks == sizes[:, None]) & (whole < UNUSUAL)).any(axis=1)
    return wrong, np.where(wrong, sizes, 0.0)


def _beyond(sizes: np.ndarray, distance: np.ndarray, target: float, farthest: float) -> tuple[np.ndarray, np.ndarray]:
    over = np.clip(distance - target - EDGE, 0, None)
    rows = sizes * over / max(farthest - target, EDGE)
    return over > 0, np.minimum(rows, sizes)
