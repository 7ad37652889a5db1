"""All rows of one instrument as numbers, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from release.design import NOT_STATED, SEVERAL, Known
from release.sensitive import Sensitive, Single

UNASKED, LEFT, ANSWERED = 0, 1, 2


@dataclass(frozen=True)
class Multi:
    """A question with boxes. ticks: n by items. state: of each row, UNASKED, LEFT or ANSWERED."""

    field: str
    items: tuple[str, ...]
    ticks: np.ndarray
    state: np.ndarray

    def only(self, rows: np.ndarray) -> Multi:
        """These rows alone. Args: rows: n booleans, or places."""
        return replace(self, ticks=self.ticks[rows], state=self.state[rows])


@dataclass(frozen=True)
class Cohort:
    """known: one array of n code numbers a quasi-identifier."""

    known: tuple[np.ndarray, ...]
    singles: tuple[Single, ...]
    multis: tuple[Multi, ...]

    @property
    def n(self) -> int:
        columns = (*self.known, *(one.codes for one in self.singles), *(one.state for one in self.multis))
        return len(columns[0])

    def only(self, rows: np.ndarray) -> Cohort:
        """These rows alone. Args: rows: n booleans, or places."""
        return Cohort(
            tuple(column[rows] for column in self.known),
            tuple(replace(one, codes=one.codes[rows]) for one in self.singles),
            tuple(one.only(rows) for one in self.multis),
        )

    def sensitive(self) -> Sensitive:
        """What the rules look at. A box that was not asked or was left is not ticked."""
        names = tuple(f"{one.field}___{item}" for one in self.multis for item in one.items)
        return Sensitive(self.singles, names, stacked(self.multis, self.n))


def stacked(multis: Sequence[Multi], n: int) -> np.ndarray:
    """The ticks of several questions side by side, n by all items."""
    return np.concatenate([one.ticks for one in multis], axis=1) if multis else np.zeros((n, 0), dtype=bool)


def collapse(one: Known, ticks: np.ndarray) -> np.ndarray:
    """A multi-select as one code: the box that was ticked; beside `beside` the other one; of two or more, `several`.

    Args: ticks: n by the field's choices.
    """
    place = {code: number for number, code in enumerate(one.levels.codes)}
    codes = [choice.code for choice in one.field.choices]
    many = ticks.sum(axis=1)
    if one.plan.beside in codes:
        others = ticks.copy()
        others[many > 1, codes.index(one.plan.beside)] = False
        ticks, many = others, others.sum(axis=1)
    number: np.ndarray = np.array([place[code] for code in codes], dtype=np.uint16)[ticks.argmax(axis=1)]
    number[many == 0] = place[NOT_STATED]
    number[many > 1] = place[SEVERAL]
    return number
