"""A file of rows: REDCap's raw form as docs/instruments.md has it, read into numbers a few columns at a time.

Empty is not asked, "skip" is asked and left, a box is 0 or 1. Only the columns of the plan are read. An error names
line and column, never what stands there.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from instruments.field import Field
from instruments.row import NOT_ASKED, SKIPPED
from instruments.row import columns as row_columns
from release.changes import Later, meet, single, steps
from release.cohort import Cohort, Multi, collapse
from release.design import NOT_STATED, Design, Known
from release.errors import RowsError
from release.sensitive import Single
from release.waves import BESIDE, MONTH, of_wave

AT_ONCE = 12  # columns: what a million rows may take of memory
BOXES = (NOT_ASKED, SKIPPED, "0", "1")


def read_rows(path: Path, design: Design, wave: str = "", later: Later | None = None) -> Cohort:
    """The rows of one wave of a CSV, as numbers.

    Args: wave: as `of_wave` has it. later: the same people's later rows, where the plan is about changes.
    Raises: RowsError.
    """
    _heading(path, design)
    of = of_wave(path, wave)
    known = [(one, _cells(path, one.field.columns, _codes(one))) for one in design.known]
    singles, multis = [], []
    for field in (one.field for one in design.kept if not one.change):
        if field.type == "checkbox":
            multis.append(_multi(field.name, tuple(c.code for c in field.choices), _cells(path, field.columns, BOXES)))
        else:
            codes = (*(choice.code for choice in field.options), SKIPPED, NOT_ASKED)
            stated = np.array([code not in (SKIPPED, NOT_ASKED, NOT_STATED) for code in codes])
            singles.append(Single(field.name, codes, _cells(path, field.columns, codes)[:, 0].astype(np.int64), stated))
    read = Cohort(tuple(_known(one, cells) for one, cells in known), tuple(singles), tuple(multis))
    read = read if of is None else read.only(of)
    return replace(read, singles=(*read.singles, *_changes(path, design, wave, later))) if later else read


def _changes(path: Path, design: Design, wave: str, later: Later) -> list[Single]:
    met, of = meet(path, wave, later)
    made, ours = [], of_wave(path, wave)
    for change in design.plan.changes:
        told = []
        for rows, which, field in (
            (path, ours, design.instrument[change.before]),
            (later.rows, of, later.instrument[change.after]),
        ):
            codes = (*(choice.code for choice in field.options), SKIPPED, NOT_ASKED)
            numbers = _cells(rows, field.columns, codes)[:, 0].astype(np.int64)
            told.append(steps(change, codes, numbers if which is None else numbers[which]))
        made.append(single(change, told[0], told[1], met))
    return made


def read_boxes(path: Path, design: Design, wave: str = "") -> dict[str, Multi]:
    """The quasi-identifiers with boxes as they were ticked, by field: what a table of them counts.

    Raises: RowsError.
    """
    made, of = {}, of_wave(path, wave)
    for field in (one.field for one in design.known if one.field.type == "checkbox"):
        items = tuple(choice.code for choice in field.choices)
        read = _multi(field.name, items, _cells(path, field.columns, BOXES))
        made[field.name] = read if of is None else read.only(of)
    return made


def read_column(path: Path, field: Field) -> np.ndarray:
    """One column of one answer: the number of each row's choice; one more for those who gave none."""
    codes = (*(choice.code for choice in field.options), SKIPPED, NOT_ASKED)
    numbers: np.ndarray = np.minimum(_cells(path, field.columns, codes)[:, 0], len(field.options)).astype(np.int64)
    return numbers


def read_months(path: Path, design: Design, year: int, wave: str = "") -> np.ndarray:
    """Which rows of a wave came in a year, by the month that was sealed into them: n booleans.

    Raises: RowsError when the file does not tell months.
    """
    _heading(path, design)
    try:
        months = pl.read_csv(path, columns=[MONTH], infer_schema=False, empty_string_is_null=False)[MONTH]
    except pl.exceptions.PolarsError:
        raise RowsError("line 1: the column “month” is missing; the cohort of a year is told by it") from None
    odd = (~months.str.contains("^[0-9]{4}-(0[1-9]|1[0-2])$")).arg_true()
    if len(odd):
        raise RowsError(f"line {odd[0] + 2}, column “month”: a month is written like 2026-11")
    came: np.ndarray = months.str.starts_with(f"{year:04d}-").to_numpy()
    of = of_wave(path, wave)
    return came if of is None else came & of


def _codes(one: Known) -> tuple[str, ...]:
    return BOXES if one.field.type == "checkbox" else (*(c.code for c in one.field.options), SKIPPED, NOT_ASKED)


def _known(one: Known, cells: np.ndarray) -> np.ndarray:
    """Code numbers under the column's hierarchy; left and not asked are read as not stated."""
    if one.field.type == "checkbox":
        _whole(one.field.name, cells)
        return collapse(one, cells == BOXES.index("1"))
    place = {code: number for number, code in enumerate(one.levels.codes)}
    to = np.array([place.get(code, place[NOT_STATED]) for code in _codes(one)], dtype=np.uint16)
    numbers: np.ndarray = to[cells[:, 0]]
    return numbers


def _multi(name: str, items: tuple[str, ...], cells: np.ndarray) -> Multi:
    _whole(name, cells)
    state = np.where(cells[:, 0] < 2, cells[:, 0], 2).astype(np.uint8)  # BOXES begins with not asked, left
    return Multi(name, items, cells == BOXES.index("1"), state)


def _whole(name: str, cells: np.ndarray) -> None:
    """All boxes of a question are left or not asked together."""
    state = np.minimum(cells, 2)
    odd = np.flatnonzero((state != state[:, :1]).any(axis=1))
    if len(odd):
        raise RowsError(f"line {odd[0] + 2}: the boxes of “{name}” say different things about whether it was asked")


def _heading(path: Path, design: Design) -> None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            heading = next(csv.reader(opened), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        raise RowsError(f"“{path.name}” can't be read; it should be a CSV in UTF-8") from None
    twice = [name for name, times in Counter(heading).items() if times > 1]
    if twice:
        raise RowsError(f"line 1: the column “{twice[0]}” stands twice")
    may = {*row_columns(design.instrument), *BESIDE}
    for name in heading:
        if name not in may:
            raise RowsError(f"line 1: “{name}” is no column of a research row of {design.instrument.id}; take it out")
    for name in design.columns:
        if name not in heading:
            raise RowsError(f"line 1: the column “{name}” is missing, and the plan is about it")
    _even(path, len(heading))


def _cells(path: Path, names: tuple[str, ...], codes: tuple[str, ...]) -> np.ndarray:
    """n by columns: the number of each cell's code."""
    parts = [_some(path, names[at : at + AT_ONCE], codes) for at in range(0, len(names), AT_ONCE)]
    return np.column_stack([column for part in parts for column in part])


def _some(path: Path, names: tuple[str, ...], codes: tuple[str, ...]) -> list[np.ndarray]:
    try:
        frame = pl.read_csv(path, columns=list(names), infer_schema=False, empty_string_is_null=False)
    except pl.exceptions.PolarsError:
        raise RowsError(f"“{path.name}” can't be read as a CSV; look for a quotation mark that is not closed") from None
    made = []
    for name in names:
        place = frame[name].replace_strict(list(codes), range(len(codes)), default=None, return_dtype=pl.UInt8)
        if place.null_count():
            line = int(place.is_null().arg_max() or 0) + 2
            raise RowsError(f"line {line}, column “{name}”: this is not one of its codes")
        made.append(place.to_numpy())
    return made


def _even(path: Path, wide: int) -> None:
    """Each line has a cell for each column: a cell that is missing would be read as not asked."""
    with path.open("rb") as opened:
        for number, line in enumerate(opened, 1):
            cells = (
                line.count(b",") + 1 if b'"' not in line else len(next(csv.reader([line.decode("utf-8", "replace")])))
            )
            if cells != wide:
                raise RowsError(f"line {number}: this line has {cells} cells and needs {wide}")
