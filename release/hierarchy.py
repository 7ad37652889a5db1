"""How the codes of one column are made coarser, level by level, and what each step costs.

The cost of a cell is its normalised certainty penalty: (codes it may stand for - 1) / (all codes - 1), 0 for the exact
code and 1 for "any". Source: Xu et al., "Utility-based anonymization using local recoding", KDD 2006.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

ANY = "any"


@dataclass(frozen=True)
class Level:
    """One level. group: which of `labels` each code of the column becomes. cost: of each label, 0 to 1."""

    labels: tuple[str, ...]
    codes: tuple[str, ...]
    group: np.ndarray
    cost: np.ndarray


@dataclass(frozen=True)
class Hierarchy:
    """A column's codes and its levels, exact first, "any" last. Levels that change nothing are left out."""

    field: str
    codes: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        made: list[Level] = []
        for number, labels in enumerate((*self.labels, (ANY,) * len(self.codes))):
            level = _level(labels, self.codes if number == 0 else None)
            if not made or not np.array_equal(level.group, made[-1].group):
                made.append(level)
        return tuple(made)


def hierarchy(field: str, lines: Iterable[tuple[str, tuple[str, ...]]]) -> Hierarchy:
    """A hierarchy from lines of (code, labels from exact to coarse).

    Raises: ValueError when lines differ in length, a code comes twice, or a level tears apart what a finer one joined.
    """
    told = list(lines)
    codes = tuple(code for code, _ in told)
    if not codes or len(set(codes)) != len(codes) or len({len(labels) for _, labels in told}) != 1:
        raise ValueError(f"the levels of “{field}” need one line for each code, all of one length")
    made = Hierarchy(field, codes, tuple(zip(*(labels for _, labels in told), strict=True)))
    for finer, coarser in zip(made.levels, made.levels[1:], strict=False):
        if len(set(zip(finer.group.tolist(), coarser.group.tolist(), strict=True))) != len(finer.labels):
            raise ValueError(f"a level of “{field}” tears apart what an earlier level joined")
    return made


def slug(label: str) -> str:
    """A label as a code that REDCap takes: "New England" is `new_england`."""
    told = label.lower().replace("<", "under ").replace("+", " plus")
    return re.sub("[^a-z0-9]+", "_", told).strip("_") or "blank"


def _level(labels: tuple[str, ...], codes: tuple[str, ...] | None) -> Level:
    if codes is not None:  # exact: two codes may share a label and are still two
        group, names, short = np.arange(len(codes)), labels, codes
    else:
        names = tuple(dict.fromkeys(labels))
        place = {label: number for number, label in enumerate(names)}
        group, short = np.array([place[label] for label in labels]), tuple(map(slug, names))
        if len(set(short)) != len(short):
            raise ValueError("two labels of one level would have the same code")
    size = np.bincount(group, minlength=len(names))
    return Level(names, short, group.astype(np.uint16), (size - 1) / max(len(labels) - 1, 1))
