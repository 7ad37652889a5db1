"""Limit and product in turns, and what follows from the rounds.

The disk and the neighbours of a shared machine vary several times over within minutes, so a limit measured an hour ago
says nothing: both sides run side by side, and the ratio is the median of the rounds' own ratios.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Pace:
    """How much is measured. rounds: how often limit and product take turns. seconds: of one turn of load."""

    rounds: int = 5
    seconds: float = 1.5


@dataclass(frozen=True)
class Round:
    """One turn of each. Facts: what else was seen of the product in this turn."""

    limit: float | None
    product: float
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return self.product / self.limit if self.limit else None


@dataclass
class Row:
    """One line of the table and of results.json. `met` is None until `judge`."""

    name: str
    unit: str
    target: str
    rounds: list[Round]
    facts: dict[str, Any] = field(default_factory=dict)
    met: bool | None = None
    why: str = ""

    @property
    def value(self) -> float:
        return median(one.product for one in self.rounds)

    @property
    def limit(self) -> float | None:
        limits = [one.limit for one in self.rounds if one.limit is not None]
        return median(limits) if limits else None

    @property
    def ratio(self) -> float | None:
        ratios = [one.ratio for one in self.rounds if one.ratio is not None]
        return median(ratios) if ratios else None

    @property
    def over(self) -> float:
        """The median of what each round's product took beyond its limit."""
        return median(one.product - (one.limit or 0) for one in self.rounds)

    def fact(self, name: str, pick: Callable[[list[float]], float] = median) -> float:
        """A fact of the rounds, in one number. Raises: ValueError when no round has it."""
        return pick([one.facts[name] for one in self.rounds if name in one.facts])

    def judge(self, *demands: tuple[bool, str]) -> Row:
        """Met when every demand is; `why` holds the words of those that are not."""
        missed = [words for kept, words in demands if not kept]
        self.met, self.why = not missed, "; ".join(missed)
        return self

    def as_result(self) -> dict[str, Any]:
        """What results.json keeps."""
        told = {"name": self.name, "value": self.value, "unit": self.unit, "limit": self.limit, "ratio": self.ratio}
        rounds = [{**asdict(one), "ratio": one.ratio} for one in self.rounds]
        return {**told, "target": self.target, "met": self.met, "facts": self.facts, "rounds": rounds, "why": self.why}


Turn = Callable[[], tuple[float, dict[str, Any]]]


def in_turns(pace: Pace, limit: Turn, product: Turn) -> list[Round]:
    """Rounds in which both took one turn; who goes first changes each time. A first turn of each is not counted."""
    limit(), product()
    rounds = []
    for number in range(pace.rounds):
        if number % 2:
            (value, facts), (bound, _) = product(), limit()
        else:
            (bound, _), (value, facts) = limit(), product()
        rounds.append(Round(bound, value, facts))
    return rounds
