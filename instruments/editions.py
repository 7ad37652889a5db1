"""The dictionaries that ship with the project. An edition is never edited, only followed by the next."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from instruments.dictionary import read_dictionary
from instruments.field import Instrument

FOLDER = Path(__file__).parent / "definitions"
# Asked once, in the intake; fields of every form may depend on them.
CONSENTS = ("consent_research", "consent_quotes", "consent_followup")


class Level(NamedTuple):
    """One code of one field and what it becomes, level by level, from exact to coarse."""

    field: str
    code: str
    levels: tuple[str, ...]


def every_edition() -> list[tuple[str, int]]:
    """Name and number of each edition that ships with the project."""
    found = (re.fullmatch(r"([a-z]+)\.v([0-9]+)\.csv", path.name) for path in FOLDER.glob("*.csv"))
    return sorted((one[1], int(one[2])) for one in found if one)


def editions() -> dict[str, int]:
    """The newest edition number of each instrument: {"intake": 1, ...}."""
    return dict(every_edition())  # in rising order: the last one stays


@cache
def load(name: str, edition: int = 0) -> Instrument:
    """An instrument that ships with the project; its newest edition when none is given.

    Raises: LookupError when there is no such edition.
    """
    edition = edition or editions().get(name, 0)
    path = FOLDER / f"{name}.v{edition}.csv"
    if not re.fullmatch("[a-z]+", name) or not path.is_file():
        raise LookupError(f"there is no edition {edition} of the instrument “{name}”")
    return read_dictionary(path.read_bytes(), name=name, edition=edition, also_known=CONSENTS)


@cache
def hierarchies() -> tuple[Level, ...]:
    """How each code of a quasi-identifier is made coarser, in file order."""
    text = (FOLDER / "hierarchies.csv").read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return tuple(Level(cells[0], cells[1], tuple(cells[2:])) for cells in rows)
