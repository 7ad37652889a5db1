"""A REDCap export as it stands in its file: raw codes, one heading of variable names, comma-separated, UTF-8.

Nothing is read into it here. An error names line and column, never what stands there.
Source: REDCap help, "Data Exports, Reports, and Stats", "CSV / Microsoft Excel (raw data)".
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from instruments.branching import references
from instruments.field import Field, Instrument
from release.errors import RowsError

EVENT, REPEATED, INSTANCE = "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"
OWN = (EVENT, REPEATED, INSTANCE, "redcap_data_access_group", "redcap_survey_identifier")
_VARIABLE = re.compile("[a-z][a-z0-9_]*")
AGAIN = "export it again as raw data with all fields, with a comma between cells"


class Line(NamedTuple):
    """One line of an export. number: in the file, from 1; where a cell runs over lines, its first."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Export:
    """The lines of an export, in its order. record: the column that says whose line it is, REDCap's first."""

    heading: tuple[str, ...]
    lines: tuple[Line, ...]
    record: str

    @cached_property
    def of(self) -> Mapping[str, list[Line]]:
        """Each record's lines."""
        made: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            made[line.cells[self.record]].append(line)
        return made

    def told(self, record: str, column: str) -> set[str]:
        """What a record's lines say in a column, blanks aside."""
        return {line.cells.get(column, "") for line in self.of[record]} - {""}


def read_export(path: Path, instrument: Instrument, missing: Mapping[str, str]) -> Export:
    """The export, once it has every column that its rows are made from.

    Args: missing: the project's missing data codes, which have boxes of their own.
    Raises: RowsError.
    """
    read = _lines(path)
    _, heading = next(read, (1, []))
    _check(heading, instrument, missing)
    record = heading[0]
    lines = []
    for number, cells in read:
        if len(cells) != len(heading):
            raise RowsError(f"line {number}: this line has {len(cells)} cells and needs {len(heading)}")
        lines.append(Line(number, dict(zip(heading, cells, strict=True))))
        if not lines[-1].cells[record]:
            raise RowsError(f"line {number}, column “{record}”: this is empty; it tells whose line this is")
    return Export(tuple(heading), tuple(lines), record)


def box_of(one: Field, code: str) -> str:
    """The column of a box; REDCap makes one for each missing data code, too."""
    return f"{one.name}___{code.lower().replace('-', '_')}"


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = wrong.object.count(b"\n", 0, wrong.start) + 1
        raise RowsError(f"line {line}: this file is not UTF-8; {AGAIN}") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            number, start = start, reader.line_num + 1
            if cells:
                yield number, cells
    except csv.Error:
        raise RowsError(f"line {start}: its cells can't be told apart; look for a quotation mark not closed") from None


def _check(heading: list[str], instrument: Instrument, missing: Mapping[str, str]) -> None:
    for name, times in Counter(heading).items():
        if times > 1:
            raise RowsError(f"line 1: the column “{name}” stands twice")
    research = {column for one in instrument.fields if one.row_policy != "no" for column in one.columns}
    if not heading or heading[0] in research or heading[0] in OWN or not _VARIABLE.fullmatch(heading[0]):
        raise RowsError(f"line 1: the first column is to be the record's number, by its variable name; {AGAIN}")
    there = set(heading)
    for one in _needed(instrument):
        for column in one.columns:
            if column not in there:
                raise RowsError(f"line 1: the column “{column}” is missing, and rows are made from it; {AGAIN}")
    boxes = {one.name: {*one.columns, *(box_of(one, code) for code in missing)} for one in instrument.fields}
    for name in heading:
        field, is_box, _ = name.partition("___")
        if is_box and field in boxes and name not in boxes[field]:
            raise RowsError(
                f"line 1: the dictionary has no box “{name}”; put it into the dictionary, or name it with --missing"
            )


def _needed(instrument: Instrument) -> list[Field]:
    """What enters a row, and what its branching and formulas look at, and what those look at."""
    wanted: set[str] = set()
    new = {one.name for one in instrument.fields if one.row_policy != "no"}
    while new:
        wanted |= new
        trees = [tree for name in new for tree in (instrument[name].show, instrument[name].formula) if tree]
        new = {name for tree in trees for name, _ in references(tree) if instrument[name].policy.default_on} - wanted
    return [one for one in instrument.fields if one.name in wanted and one.formula is None and one.type != "sql"]
