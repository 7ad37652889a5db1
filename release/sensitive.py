"""The sensitive columns of all rows, counted class by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Single:
    """A single-choice column. codes: n numbers of `values`. stated: which values say something ("skip" does not)."""

    field: str
    values: tuple[str, ...]
    codes: np.ndarray
    stated: np.ndarray


@dataclass(frozen=True)
class Counts:
    """values: for each single-choice column, classes by values. ticks: classes by items."""

    values: tuple[np.ndarray, ...]
    ticks: np.ndarray


@dataclass(frozen=True)
class Sensitive:
    """Args: ticks: n by items, True where ticked. items: their columns' names."""

    singles: Sequence[Single] = ()
    items: tuple[str, ...] = ()
    ticks: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))

    def __bool__(self) -> bool:
        return bool(self.singles or self.items)

    def count(self, of: np.ndarray, classes: int) -> Counts:
        """What each class holds. Args: of: the class of each row."""
        values = tuple(
            np.bincount(of * len(one.values) + one.codes, minlength=classes * len(one.values)).reshape(classes, -1)
            for one in self.singles
        )
        wide = len(self.items)
        if not wide:
            return Counts(values, np.zeros((classes, 0), dtype=np.int64))
        row, item = self._ticked
        return Counts(values, np.bincount(of[row] * wide + item, minlength=classes * wide).reshape(classes, wide))

    @cached_property
    def _ticked(self) -> tuple[np.ndarray, np.ndarray]:
        """Row and item of every tick: far fewer than there are boxes."""
        row, item = np.nonzero(self.ticks)
        return row.astype(np.int32), item.astype(np.int64)
