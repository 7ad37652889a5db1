"""Rows and tables of a series side by side: tables count everybody, rows leave some out, and subtracting tells whom.

A line of a table is compared with the rows that gave one of its answers, where the scheme of the rows can tell them
apart; of a box also who did not tick it, of a question also who gave no answer. A table of boxes whose rows hold one
code can't be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

import numpy as np

from release.attacks.reconstruction import LEAST, interval
from release.attacks.result import Result
from release.published import Published, of_rows, of_tables

STATES = ("", "skip")  # of a question that has no answer
Compared = list[tuple[str, int, tuple[float, float]]]  # field, its rows, and what the table says of all people


def left_out(release: Published, previous: Sequence[Published]) -> Iterator[Result]:
    """What each earlier release of the other product gives away beside this one."""
    if release.tables is None:
        for one in of_tables(previous):
            yield _judge(*_earlier_tables(release, one))
    else:
        for one in of_rows(previous):
            yield _judge(*_later_tables(one, release))


def _judge(known: list[str], compared: int) -> Result:
    words = f"Rows and tables side by side tell nothing of 1 to {LEAST - 1} people in {compared} counts."
    if known:
        words = f"Rows and tables side by side tell that 1 to {LEAST - 1} people are in one and not in the other, in: "
        words += ", ".join(sorted(set(known))) + "."
    return Result(not known, len(known) / max(compared, 1), 0.0, words)


def _earlier_tables(rows: Published, tables: Published) -> tuple[list[str], int]:
    """Of the same people, the difference was left out; of a cohort that grew, who is missing from the rows was. Who is
    in the rows and not in the table joined, and so did those who joined and were left out.
    """
    lines = list(_lines(rows, tables))
    at_most = ceil(rows.n / (1 - float(rows.manifest["left_out_at_most"]))) - rows.n
    people = interval(tables.tables["people"] if tables.tables else 0)
    known = [field for field, n, (low, _) in lines if low - n >= 1 and at_most < LEAST]
    if people[0] <= rows.n + at_most and people[1] >= rows.n and all(high >= n for _, n, (_, high) in lines):
        known += [field for field, n, (low, high) in lines if low - n >= 1 and high - n < LEAST]
    known += [field for field, n, (low, high) in lines if n - high >= 1 and n - low + at_most < LEAST]
    return known, len(lines)


def _later_tables(rows: Published, tables: Published) -> tuple[list[str], int]:
    """Whoever is in a table and not among earlier rows joined, or had been left out."""
    lines = list(_lines(rows, tables))
    return [field for field, n, (low, high) in lines if low - n >= 1 and high - n < LEAST], len(lines)


def _lines(rows: Published, tables: Published) -> Iterator[tuple[str, int, tuple[float, float]]]:
    for table in tables.tables["tables"] if tables.tables else ():
        for line in table["lines"]:
            n = _rows_of(rows, tables, table, line["codes"])
            if n is not None and line["n"] is not None:
                yield table["field"], n, interval(line["n"])
                if table["many"]:
                    yield table["field"], _answered(rows, table) - n, _less(interval(table["of"]), interval(line["n"]))
        if table["missing"] is not None and table["field"] in rows.codebook and table["field"] not in rows.known:
            yield table["field"], rows.n - _answers(rows, table["field"]), interval(table["missing"])


def _less(all_of_them: tuple[float, float], some: tuple[float, float]) -> tuple[float, float]:
    return all_of_them[0] - some[1], all_of_them[1] - some[0]


def _answered(rows: Published, table: Mapping[str, Any]) -> int:
    """The rows that a box's N counts: who answered, or everybody where the table does not tell who did not."""
    return rows.n if table["missing"] is None else _answers(rows, table["field"])


def _answers(rows: Published, name: str) -> int:
    """How many rows hold an answer to this question."""
    column = rows.cells[next(one for one in rows.codebook[name].columns if one in rows.cells)]
    none = [place for place, value in enumerate(column.values) if value in STATES]
    return rows.n - int(np.isin(column.codes, none).sum())


def _rows_of(rows: Published, tables: Published, table: Mapping[str, Any], codes: Sequence[str]) -> int | None:
    """How many rows gave one of these answers; None where they can't be told apart."""
    name = table["field"]
    if table["many"]:
        return _ticked(rows, name, codes[0])
    if name not in rows.cells:
        return None
    values, numbers = rows.cells[name].values, rows.cells[name].codes
    told = set(codes)
    if "" in told:
        told |= {"", "skip"}
    if name in rows.known:
        made = _told_as(rows, tables, name, told)
        if made is None:
            return None
        told = made
    return int(np.isin(numbers, [place for place, value in enumerate(values) if value in told]).sum())


def _ticked(rows: Published, name: str, code: str) -> int | None:
    boxes = rows.manifest["scheme"]["boxes"].get(name, {})
    if [box for box, to in boxes.items() if to == code] != [code] or name not in rows.codebook:
        return None
    field = rows.codebook[name]
    column = next(c for choice, c in zip(field.choices, field.columns, strict=True) if choice.code == code)
    return int(rows.ticks[:, rows.items.index(column)].sum())


def _told_as(rows: Published, tables: Published, name: str, told: set[str]) -> set[str] | None:
    """The codes of the rows that stand for a table's codes, where both hold the same answers."""
    levels, at = rows.manifest["hierarchies"][name], tables.manifest["scheme"]["levels"].get(name)
    if at is None:
        return None
    mine = {code: to[rows.manifest["scheme"]["levels"][name]] for code, to in levels.items()}
    inside = {mine[code] for code, to in levels.items() if to[int(at)] in told}
    same = all((to[int(at)] in told) == (mine[code] in inside) for code, to in levels.items())
    return inside if same else None
