"""Rows from a REDCap export: nobody without a yes to research, and one row for each record.

A release counts each row as a person, so a record with two lines is refused until the steward says which one. Rows lie
in the order of what stands in them: the file tells nothing of the export's order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from instruments.field import Instrument
from instruments.row import CONSENT, FOLLOWUP_CONSENT, columns
from release.answered import Answered, read_line, row_of
from release.errors import RowsError
from release.export import EVENT, INSTANCE, REPEATED, Export, Line

NO_YES, TAKEN_BACK = "no yes to research", "the research use was taken back or narrowed in a follow-up"
NOTHING, ELSEWHERE = "no answer to this instrument", "another event or instance than the one named"
MONTH = "month"
_DAY = re.compile(r"([0-9]{4}-(0[1-9]|1[0-2]))-[0-9]{2}( [0-9:]{5,8})?")


@dataclass(frozen=True)
class Wanted:
    """What the steward says of an export. consent: (column, code); missing: code and what it means."""

    consent: tuple[str, str] = CONSENT
    missing: Mapping[str, str] = field(default_factory=dict)
    event: str = ""
    instance: str = ""
    month: str = ""


@dataclass
class Legacy:
    """rows: in REDCap's raw form. lines: those left out, by reason. changed: how often, by (field, reason)."""

    rows: list[dict[str, str]]
    lines: dict[str, list[int]]
    changed: dict[tuple[str, str], int]


def rows_of(export: Export, instrument: Instrument, wanted: Wanted) -> Legacy:
    """The rows of an export, and what of it they do not carry. Raises: RowsError."""
    if not columns(instrument):
        raise RowsError(f"{instrument.id} lets no field into a row; write class= and export= into its Field Annotation")
    for column in filter(None, (wanted.consent[0], wanted.event and EVENT, wanted.instance and INSTANCE, wanted.month)):
        if column not in export.heading:
            raise RowsError(f"line 1: the column “{column}” is missing, and it is to be read")
    made = Legacy([], defaultdict(list), defaultdict(int))
    seen: dict[str, int] = {}
    for line in export.lines:
        why = _why_not(export, instrument, line, wanted)
        told = read_line(instrument, line, wanted.missing) if not why else None
        if told is None or _empty(instrument, line, told):
            made.lines[why or NOTHING].append(line.number)
            continue
        record = line.cells[export.record]
        if record in seen:
            raise RowsError(
                f"line {line.number}: line {seen[record]} is of the same record, and a release counts each row as a "
                "person; name one event with --event, or one instance with --instance"
            )
        seen[record] = line.number
        row = row_of(instrument, line, told, _consents(export, instrument, record))
        made.rows.append(row | ({MONTH: _month(line, wanted.month)} if wanted.month else {}))
        for what, times in told.changed.items():
            made.changed[what] += times
    made.rows.sort(key=lambda row: tuple(row.values()))
    return made


def _why_not(export: Export, instrument: Instrument, line: Line, wanted: Wanted) -> str:
    """Why a line is not even read."""
    cells, record = line.cells, line.cells[export.record]
    if cells.get(REPEATED) and cells[REPEATED] not in {one.form for one in instrument.fields}:
        return NOTHING
    if (wanted.event and cells[EVENT] != wanted.event) or (wanted.instance and cells[INSTANCE] != wanted.instance):
        return ELSEWHERE
    column, yes = wanted.consent
    if export.told(record, column) != {yes}:
        return NO_YES
    column, keep = FOLLOWUP_CONSENT
    return TAKEN_BACK if export.told(record, column) - {keep} else ""


def _empty(instrument: Instrument, line: Line, told: Answered) -> bool:
    """Whether nobody was at this instrument here."""
    if any(line.cells.get(f"{form}_complete") in ("1", "2") for form in {one.form for one in instrument.fields}):
        return False
    return not any(one.asked_of_people and one.name in told.answers for one in instrument.fields)


def _consents(export: Export, instrument: Instrument, record: str) -> dict[str, str]:
    """The consents that stand in any line of a record; one that is told in two ways is none."""
    names = {one.policy.only_if for one in instrument.fields} - {""}
    made = {name: "yes" for name in names if export.told(record, name) == {"yes"}}
    return made | dict([CONSENT])


def _month(line: Line, column: str) -> str:
    found = _DAY.fullmatch(line.cells[column])
    if not found:
        raise RowsError(f"line {line.number}, column “{column}”: a date is written like 2021-11-24")
    return found[1]
