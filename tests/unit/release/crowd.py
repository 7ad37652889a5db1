"""People drawn up in cells that are all alike, and one odd cell among them: what one rule alone has to notice."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import cycle, islice, product

import numpy as np

from release.cohort import ANSWERED, Cohort, Multi
from release.design import Design
from release.sensitive import Single
from tests.support import study

PLAN = study.plan(l="l = 3")
SIZE = 40  # rows of an ordinary cell
CELLS = [*product(("woman", "man"), ("res", "early", "mid", "late"))]
BURNOUT = "3" * 14 + "4" * 12 + "-" * 6 + "5" * 4 + "2" * 4  # "-" stands for "skip"
CHANGED = ["no"] * 18 + ["considering"] * 10 + ["yes"] * 8 + ["na"] * 2 + ["pnts"] * 2


@dataclass
class Person:
    gender: str
    stage: str
    burnout: str = "3"
    changed: str = "no"
    kinds: frozenset[str] = field(default_factory=frozenset)


def ordinary(gender: str, stage: str, size: int = SIZE) -> list[Person]:
    """A cell in which everything is spread as everywhere."""
    return [Person(gender, stage, BURNOUT[n * SIZE // size], CHANGED[n * SIZE // size], ticked(n)) for n in range(size)]


def ticked(number: int) -> frozenset[str]:
    """60% tick disc, half tick har, a third retal, in every combination."""
    told = {"disc": number % 5 < 3, "har": number % 2 == 0, "retal": number % 3 == 0}
    return frozenset(kind for kind, is_ in told.items() if is_)


def everybody() -> list[Person]:
    return [person for cell in CELLS for person in ordinary(*cell)]


def odd(size: int, **told: object) -> list[Person]:
    """A cell of women in fellowship. told: burnout="334-" is gone round by the rows of it."""
    made = ordinary("woman", "fel", size)
    for name, values in told.items():
        for person, value in zip(made, islice(cycle(values), size), strict=False):  # type: ignore[call-overload]
            setattr(person, name, value)
    return made


def cohort(people: list[Person]) -> Cohort:
    """The cohort that a file of these people's rows would be read as."""
    laid: Design = study.laid(PLAN)
    known = {one.field.name: one.levels.codes for one in laid.known}
    told = {
        "gender": [one.gender for one in people],
        "career_stage": [one.stage for one in people],
        "race_eth": ["white"] * len(people),
    }
    numbers = tuple(
        np.array([codes.index(code) for code in told[name]], dtype=np.uint16) for name, codes in known.items()
    )
    items = tuple(choice.code for choice in laid.instrument["wi_type"].choices)
    ticks = np.array([[item in one.kinds for item in items] for one in people])
    state = np.full(len(people), ANSWERED, dtype=np.uint8)
    singles = (
        _single(laid, "miniz_burnout", ["skip" if one.burnout == "-" else one.burnout for one in people]),
        _single(laid, "changed_specialty", [one.changed for one in people]),
    )
    return Cohort(numbers, singles, (Multi("wi_type", items, ticks, state),))


def races(size: int) -> Multi:
    """The boxes of race and ethnicity: everybody ticked one of two."""
    items = tuple(choice.code for choice in study.laid(PLAN).instrument["race_eth"].choices)
    ticks = np.zeros((size, len(items)), dtype=bool)
    ticks[np.arange(size), np.where(np.arange(size) % 3 == 0, items.index("asian"), items.index("white"))] = True
    return Multi("race_eth", items, ticks, np.full(size, ANSWERED, dtype=np.uint8))


def _single(laid: Design, name: str, answers: list[str]) -> Single:
    values = (*(choice.code for choice in laid.instrument[name].options), "skip", "")
    stated = np.array([value not in ("skip", "", "pnts") for value in values])
    return Single(name, values, np.array([values.index(answer) for answer in answers]), stated)
