"""Every count that follows from all published numbers together, by linear programming.

A rounded number stands for an interval; answers, and those who gave none, add up to everybody; everybody is the same in
all tables, and nothing else is. A count of 1 to 10 is derived when the least and the most it can be both lie there.
Source: Dinur and Nissim, 2003; Cox, "Linear programming and cell suppression", 1980.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

import numpy as np

from release.attacks.result import Result
from release.published import Published

LEAST = 11
ROUNDED_TO = 5
EDGE = 1e-6
MANY = 1e9


def reconstruction(release: Published, previous: Sequence[Published]) -> Result:
    """Somebody computes what all published tables together leave possible."""
    if release.tables is None:
        return Result(True, 0.0, 0.0, "There are no tables in this release.")
    found = list(ranges(release.tables))
    known = [(table, code) for table, code, low, high in found if _is_small(low, high)]
    words = f"None of {len(found)} counts can be derived to be 1 to {LEAST - 1}."
    if known:
        where = ", ".join(sorted({table for table, _ in known}))
        words = f"{len(known)} of {len(found)} counts are known to be 1 to {LEAST - 1}, in: {where}."
    return Result(not known, len(known) / max(len(found), 1), 0.0, words)


class System:
    """Unknown counts, what adds up, and what each may be."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], int] = {}
        self.bounds: list[tuple[float, float | None]] = []
        self.sums: list[tuple[dict[int, float], float, float]] = []

    def unknown(self, table: str, code: str, low: float = 0, high: float | None = None) -> int:
        """A count of people. Code "" of a table is who gave no answer."""
        self.names[table, code] = len(self.bounds)
        self.bounds.append((low, high))
        return len(self.bounds) - 1

    def between(self, terms: Mapping[int, float], low: float, high: float) -> None:
        """What the terms add up to."""
        self.sums.append((dict(terms), low, high))

    def range(self, terms: Mapping[int, float]) -> tuple[float, float]:
        """The least and the most that a sum of unknowns can be."""
        from scipy.optimize import linprog  # here: it takes as long to load as all else, and rows don't need it

        found = []
        rows = np.zeros((2 * len(self.sums), len(self.bounds)))
        most = np.zeros(2 * len(self.sums))
        for number, (of, low, high) in enumerate(self.sums):
            for place, weight in of.items():
                rows[2 * number, place], rows[2 * number + 1, place] = weight, -weight
            most[2 * number], most[2 * number + 1] = high, -low
        for sign in (1, -1):
            aim = np.zeros(len(self.bounds))
            for place, weight in terms.items():
                aim[place] = sign * weight
            solved = linprog(aim, A_ub=rows, b_ub=most, bounds=self.bounds, method="highs")
            found.append(sign * solved.fun if solved.status == 0 else -sign * np.inf)
        return found[0], found[1]


def derivable(told: Mapping[str, Any]) -> dict[str, set[str]]:
    """By table, the codes whose count, or whose complement, is known to be 1 to 10; "" for who gave no answer."""
    found: dict[str, set[str]] = {}
    for table, code, low, high in ranges(told):
        if _is_small(low, high):
            found.setdefault(table, set()).add(code)
    return found


def ranges(told: Mapping[str, Any]) -> Iterator[tuple[str, str, float, float]]:
    """(table, code, least, most) of every count that somebody might want to derive, complements included."""
    people = _interval(told["people"])
    for table in told["tables"]:  # tables share one unknown: what each says of it bounds it for all
        system, everybody, _ = _system(table, people)
        low, high = system.range({everybody: 1.0})
        people = (max(people[0], low), min(people[1], high))
    for table in told["tables"]:
        system, _, aims = _system(table, people)
        for terms, code in aims:
            yield (table["field"], code, *system.range(terms))


def _is_small(low: float, high: float) -> bool:
    return ceil(low - EDGE) >= 1 and high + EDGE < LEAST


Aim = tuple[dict[int, float], str]


def _system(table: Mapping[str, Any], people: tuple[float, float]) -> tuple[System, int, list[Aim]]:
    """What one table says, where in it everybody is, and the sums that somebody may aim at."""
    system, name = System(), table["field"]
    everybody = system.unknown("", "people", *people)
    missing = system.unknown(name, "", *(_interval(table["missing"]) if table["missing"] is not None else (0, None)))
    answered = {everybody: 1.0, missing: -1.0}
    if table["missing"] is not None:
        system.between(answered, *_interval(table["of"]))
    aims: list[Aim] = [({missing: 1.0}, "")]
    whole: dict[int, float] = {missing: 1.0, everybody: -1.0}
    for line in table["lines"]:
        parts = {missing if code == "" else system.unknown(name, code): 1.0 for code in line["codes"]}
        whole |= parts
        aims += [({place: 1.0}, code) for place, code in zip(parts, line["codes"], strict=True)]
        if line["n"] is not None:
            system.between(parts, *_interval(line["n"]))
        if table["many"]:
            rest = answered | dict.fromkeys(parts, -1.0)
            system.between(rest, 0, MANY)
            aims.append((rest, line["codes"][0]))
    if not table["many"]:
        system.between(whole, 0, 0)
    return system, everybody, aims


def _interval(number: int) -> tuple[float, float]:
    """What a number may have been before it was rounded; one that was not rounded is what it says."""
    if number % ROUNDED_TO:
        return number, number
    half = ROUNDED_TO // 2
    return max(number - half, 0), number + half
