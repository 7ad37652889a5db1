"""Every count that follows from all published numbers together, by linear programming.

A rounded number stands for an interval; answers, and those who gave none, add up to everybody; everybody is the same in
all tables, and nothing else is. A count of 1 to 10 is derived when the least and the most it can be both lie there.
Source: Dinur and Nissim, 2003; Cox, "Linear programming and cell suppression", 1980.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from release.attacks.result import Result
from release.published import Published

LEAST = 11
ROUNDED_TO = 5
EDGE = 1e-6
MANY = 1e9
Aim = tuple[dict[int, float], str]


def reconstruction(release: Published, previous: Sequence[Published]) -> Result:
    """Somebody computes what all published tables together leave possible."""
    if release.tables is None:
        return Result(True, 0.0, 0.0, "There are no tables in this release.")
    aims, known = 0, 0
    where = []
    for table, system, wanted in _systems(release.tables):
        if not system.can_be():  # and then any count might follow, or none
            return Result(False, 1.0, 0.0, f"No people at all could have given these numbers, in: {table}.")
        small = sum(1 for _ in system.small(wanted))
        where += [table] if small else []
        aims, known = aims + len(wanted), known + small
    words = f"None of {aims} counts can be derived to be 1 to {LEAST - 1}."
    if known:
        words = f"{known} of {aims} counts are known to be 1 to {LEAST - 1}, in: {', '.join(sorted(where))}."
    return Result(not known, known / max(aims, 1), 0.0, words)


class System:
    """Unknown counts, what adds up, and what each may be."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], int] = {}
        self.bounds: list[tuple[float, float | None]] = []
        self.sums: list[tuple[dict[int, float], float, float]] = []
        self.made: tuple[np.ndarray, np.ndarray] | None = None

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
        found = []
        for sign in (1, -1):
            at = self._least(terms, sign)
            found.append(-sign * np.inf if at is None else _value(terms, at))
        return found[0], found[1]

    def small(self, aims: Sequence[Aim]) -> Iterator[str]:
        """The code of each sum that is certainly 1 to 10, or certainly 1 to 10 below nothing.

        Whatever fulfils all sums and puts an aim elsewhere clears it: one solution clears many aims.
        """
        seen: list[np.ndarray] = []
        for terms, code in aims:
            for way in (1, -1):
                toward = {place: way * weight for place, weight in terms.items()}
                if any(_clears(_value(toward, at)) for at in seen):
                    continue
                for sign in (1, -1):
                    at = self._least(toward, sign)
                    if at is not None:
                        seen.append(at)
                    if at is None or _clears(_value(toward, at)):
                        break
                else:
                    yield code

    def can_be(self) -> bool:
        """Whether anything at all fulfils every sum."""
        return self._least({}) is not None

    def _least(self, terms: Mapping[int, float], sign: int = 1) -> np.ndarray | None:
        """The unknowns where a sum is least, or most if sign is -1; None when there is no such place."""
        from scipy.optimize import linprog  # here: it takes as long to load as all else, and rows don't need it

        aim = np.zeros(len(self.bounds))
        aim[list(terms)] = [sign * weight for weight in terms.values()]
        rows, most = self._rows()
        solved = linprog(aim, A_ub=rows, b_ub=most, bounds=self.bounds, method="highs")
        return np.asarray(solved.x) if solved.status == 0 else None

    def _rows(self) -> tuple[np.ndarray, np.ndarray]:
        if self.made is None or len(self.made[1]) != 2 * len(self.sums):
            rows, most = np.zeros((2 * len(self.sums), len(self.bounds))), np.zeros(2 * len(self.sums))
            for number, (of, low, high) in enumerate(self.sums):
                for place, weight in of.items():
                    rows[2 * number, place], rows[2 * number + 1, place] = weight, -weight
                most[2 * number], most[2 * number + 1] = high, -low
            self.made = rows, most
        return self.made


def derivable(told: Mapping[str, Any]) -> dict[str, set[str]]:
    """By table, the codes whose count, or whose complement, is known to be 1 to 10; "" for who gave no answer."""
    found: dict[str, set[str]] = {}
    for table, system, aims in _systems(told):
        weak = set(system.small(aims))
        found |= {table: weak} if weak else {}
    return found


def ranges(told: Mapping[str, Any]) -> Iterator[tuple[str, str, float, float]]:
    """(table, code, least, most) of every count that somebody might want to derive, complements included."""
    for table, system, aims in _systems(told):
        for terms, code in aims:
            yield (table, code, *system.range(terms))


def _systems(told: Mapping[str, Any]) -> Iterator[tuple[str, System, list[Aim]]]:
    people = everybody_in(told)
    for table in told["tables"]:
        system, _, aims = _system(table, people)
        yield table["field"], system, aims


def everybody_in(told: Mapping[str, Any]) -> tuple[float, float]:
    """How many people there may be: tables share one unknown, and what each says of it bounds it for all."""
    people = interval(told["people"])
    for table in told["tables"]:
        system, everybody, _ = _system(table, people)
        low, high = system.range({everybody: 1.0})
        people = (max(people[0], low), min(people[1], high))
    return people


def _value(terms: Mapping[int, float], at: np.ndarray) -> float:
    return float(sum(weight * at[place] for place, weight in terms.items()))


def _clears(value: float) -> bool:
    """Whether a count that may be so much is not known to be 1 to 10: it may be nothing, or 11."""
    return value <= EDGE or value >= LEAST - EDGE


def _system(table: Mapping[str, Any], people: tuple[float, float]) -> tuple[System, int, list[Aim]]:
    """What one table says, where in it everybody is, and the sums that somebody may aim at."""
    system = System()
    return system, *say(system, table, people)


def say(system: System, table: Mapping[str, Any], people: tuple[float, float]) -> tuple[int, list[Aim]]:
    """Put what one table says into a system. Returns: where in it everybody is, and the sums to aim at."""
    name = table["field"]
    everybody = system.unknown("", "people", *people)
    missing = system.unknown(name, "", *(interval(table["missing"]) if table["missing"] is not None else (0, None)))
    answered = {everybody: 1.0, missing: -1.0}
    if table["missing"] is not None:
        system.between(answered, *interval(table["of"]))
    aims: list[Aim] = [({missing: 1.0}, "")]
    whole: dict[int, float] = {missing: 1.0, everybody: -1.0}
    for line in table["lines"]:
        parts = {missing if code == "" else system.unknown(name, code): 1.0 for code in line["codes"]}
        whole |= parts
        aims += [({place: 1.0}, code) for place, code in zip(parts, line["codes"], strict=True)]
        if line["n"] is not None:
            system.between(parts, *interval(line["n"]))
        if table["many"]:
            rest = answered | dict.fromkeys(parts, -1.0)
            system.between(rest, 0, MANY)
            aims.append((rest, line["codes"][0]))
    if not table["many"]:
        system.between(whole, 0, 0)
    return everybody, aims


def interval(number: int) -> tuple[float, float]:
    """What a number may have been before it was rounded; one that was not rounded is what it says."""
    if number % ROUNDED_TO:
        return number, number
    half = ROUNDED_TO // 2
    return max(number - half, 0), number + half
