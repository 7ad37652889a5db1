"""What stands beside the rows: tables that count them, and levels by which a person finds her class in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from release.attacks.reconstruction import LEAST, ROUNDED_TO
from release.published import LEVELS, TABLES, Published


def faults(release: Published) -> Iterator[str]:
    """What is wrong with tables.json and levels.json, in words."""
    for name, look in ((TABLES, _tables), (LEVELS, _levels)):
        if (release.folder / name).exists():
            try:
                yield from look(release, json.loads((release.folder / name).read_text(encoding="utf-8")))
            except (ValueError, KeyError, TypeError, AttributeError):
                yield f"{name} can't be read"


def _tables(release: Published, told: dict[str, Any]) -> Iterator[str]:
    if told["people"] != _rounded(release.n):
        yield f"{TABLES} tells of another number of rows than the CSV"
    for table in told["tables"]:
        counts = _counts(release, table)
        for line in table["lines"]:
            exact = sum(counts[code] for code in line["codes"])
            if line["n"] is not None and (line["n"] != _rounded(exact) or exact < LEAST):
                yield f"{TABLES} says other things of {table['field']} than the CSV, or tells of fewer than {LEAST}"
                break


def _counts(release: Published, table: dict[str, Any]) -> dict[str, int]:
    field = release.codebook[table["field"]]
    if table["many"]:
        ticked = dict(zip(release.items, release.ticks.sum(axis=0).tolist(), strict=True))
        return {choice.code: ticked[name] for choice, name in zip(field.choices, field.columns, strict=True)}
    column = release.cells[field.name]
    seen = {code: int((column.codes == place).sum()) for place, code in enumerate(column.values)}
    return dict.fromkeys((choice.code for choice in field.choices), 0) | seen


def _levels(release: Published, told: dict[str, Any]) -> Iterator[str]:
    scheme, named = release.manifest["scheme"]["levels"], release.manifest["hierarchies"]
    if [one["field"] for one in told["columns"]] != list(release.listed_columns):
        yield f"{LEVELS} is about other columns than the list of classes"
    for one in told["columns"]:
        field = one["field"]
        wanted = {code: levels[scheme[field]] for code, levels in named[field].items()}
        if any(wanted[code] != to for code, to in one["codes"].items()):
            yield f"{LEVELS} tells another level of {field} than the manifest"


def _rounded(count: int) -> int:
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO
