"""What tables say beside their published numbers: no count that was not rounded, and no other number on their page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from release.attacks.public import CELL
from release.attacks.reconstruction import ROUNDED_TO
from release.published import TABLES, TABLES_PAGE, Published

WHOLE = {"least", "rounded_to", "people", "tables"}
TABLE = {"field", "label", "many", "of", "missing", "lines"}
LINE = {"codes", "label", "n"}


def faults(release: Published) -> Iterator[str]:
    """What is wrong with tables.json and tables.html, in words; nothing where there are none."""
    if not (release.folder / TABLES).exists():
        return
    try:
        told = json.loads((release.folder / TABLES).read_text(encoding="utf-8"))
        yield from _numbers(told)
        page = (release.folder / TABLES_PAGE).read_text(encoding="utf-8")
        if [unescape(one) for one in CELL.findall(page)] != list(_cells(told)):
            yield f"{TABLES_PAGE} says other numbers than {TABLES}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield f"{TABLES} can't be read, or has no page"


def _numbers(told: Mapping[str, Any]) -> Iterator[str]:
    lines = [line for one in told["tables"] for line in one["lines"]]
    known = set(told) <= WHOLE and all(set(one) == TABLE for one in told["tables"])
    if not known or any(set(line) - {"kappa"} != LINE for line in lines):
        yield f"{TABLES} says other things than tables do"
        return
    numbers = [told["people"], *(one[key] for one in told["tables"] for key in ("of", "missing"))]
    numbers += [line["n"] for line in lines]
    if any(one is not None and (type(one) is not int or one < 0 or one % ROUNDED_TO) for one in numbers):
        yield f"a number of {TABLES} is not rounded"


def _cells(told: Mapping[str, Any]) -> Iterator[str]:
    """The cells of numbers as the page must have them, in order."""
    kappa = any(line.get("kappa") is not None for one in told["tables"] for line in one["lines"])
    for one in told["tables"]:
        for line in one["lines"]:
            n = None if line["n"] is None else min(line["n"], one["of"])
            yield "not shown" if n is None else f"{n}/{one['of']} ({n / one['of']:.0%})"
            if kappa:
                yield "" if line.get("kappa") is None else f"{line['kappa']:.2f}"
        if one["missing"] is not None:
            yield str(one["missing"])
