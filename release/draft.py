"""What would be published, still in memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from release.cohort import Cohort, Multi
from release.design import Design, Known
from release.hierarchy import Level
from release.lattice import Node
from release.multiselect import LEFT_OUT, Boxes

STATES = ("", "skip")  # of a question with boxes that has no answer, by cohort.UNASKED and LEFT


@dataclass(frozen=True)
class Scheme:
    """How rows are made coarser: the level of each quasi-identifier, and which box stands for which."""

    node: Node
    boxes: Boxes


@dataclass(frozen=True)
class Draft:
    """cohort: the rows that stand, boxes merged. of all: how many rows there were. proven: no scheme loses less."""

    design: Design
    scheme: Scheme
    cohort: Cohort
    of_all: int
    loss: float
    proven: bool
    number: int = 1

    def levels(self) -> list[tuple[Known, Level]]:
        """Each quasi-identifier and how it is told."""
        pairs = zip(self.design.known, self.scheme.node, strict=True)
        return [(one, one.levels.levels[level]) for one, level in pairs]

    def told(self) -> list[tuple[Known, Level]]:
        """Those that still say something: a column that is "any" everywhere is left out of the file."""
        return [(one, level) for one, level in self.levels() if len(level.labels) > 1]

    def columns(self) -> dict[str, tuple[tuple[str, ...], np.ndarray]]:
        """The columns of the file but the row's own: name, the codes it may hold, and n numbers of them."""
        made: dict[str, tuple[tuple[str, ...], np.ndarray]] = {}
        for (one, level), codes in zip(self.levels(), self.cohort.known, strict=True):
            if len(level.labels) > 1:
                made[one.field.name] = (level.codes, level.group[codes])
        singles = {one.field: one for one in self.cohort.singles}
        multis = {one.field: one for one in self.cohort.multis}
        for kept in self.design.kept:
            if kept.field.name in singles:
                made[kept.field.name] = (singles[kept.field.name].values, singles[kept.field.name].codes)
            else:
                made |= _boxes(self.design, multis[kept.field.name])
        return made


def _boxes(design: Design, multi: Multi) -> dict[str, tuple[tuple[str, ...], np.ndarray]]:
    return {
        name: (
            (*STATES, "0", "1"),
            np.where(multi.state < len(STATES), multi.state, len(STATES) + multi.ticks[:, place]),
        )
        for place, name in enumerate(box_columns(design, multi))
    }


def box_columns(design: Design, multi: Multi) -> list[str]:
    """The columns of a question's boxes that are left."""
    field = design.instrument[multi.field]
    named = {choice.code: column for choice, column in zip(field.choices, field.columns, strict=True)}
    return [named[item] for item in multi.items]


def merged(boxes: Boxes, field: str, item: str) -> list[str]:
    """The boxes that stand in for an item besides itself."""
    return [box for box, to in boxes[field].items() if to == item and box != item and to != LEFT_OUT]
