"""What one line of a REDCap export answers: not asked, asked and left, and answered, apart where REDCap allows it.

REDCap writes 0 for a box that was not ticked, never seen, or branched away, and nothing for both "left" and "never
asked". Branching tells what was hidden. A form marked unverified or complete was put whole; in another one, what comes
before its last answer was put, and what comes after it was not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from instruments.answers import PREFERS_NOT, SKIP, Answer, Reading, shaped
from instruments.errors import AnswerError
from instruments.evaluate import as_number
from instruments.field import Field, Instrument
from instruments.row import research_row
from release.errors import RowsError
from release.export import Line, box_of

UNASKED, LEFT = "unasked", "left"
MEANINGS = (UNASKED, LEFT, PREFERS_NOT)
NOT_PUT: Answer = {}  # a missing code said so
STATES = ("", "0", "1", "2")  # of a form: never opened, incomplete, unverified, complete
_READ = ("text", "radio", "checkbox", "dropdown", "yesno", "truefalse", "slider")
HIDDEN = "given to a question that its branching hides: not asked"
BESIDE = "boxes beside one that excludes them: the one stands alone"
ANEW = "formulas whose result differs from the export's: calculated anew"


@dataclass
class Answered:
    """The answers of a line, and what of the line they do not carry: {(field, why): times}."""

    answers: dict[str, Answer]
    unasked: set[str]
    changed: Counter[tuple[str, str]] = field(default_factory=Counter)


def read_line(instrument: Instrument, line: Line, missing: Mapping[str, str]) -> Answered:
    """A line's answers in the shape that instruments/ takes. Raises: RowsError."""
    made = Answered({}, set())
    for one in instrument.fields:
        if one.type not in _READ or not all(name in line.cells for name in one.columns):
            continue
        answer = _boxes(one, line, missing) if one.type == "checkbox" else _one(one, line, missing)
        if answer is NOT_PUT:
            made.unasked.add(one.name)
        elif answer is not None:
            made.answers[one.name] = answer
    return made


def row_of(instrument: Instrument, line: Line, told: Answered, consents: Mapping[str, str]) -> dict[str, str]:
    """The research row of a line; `told.changed` then names what it does not carry.

    Raises: RowsError; NoConsentError.
    """
    put = told.answers | dict.fromkeys(_left(instrument, line, told), SKIP)
    try:
        row = research_row(instrument, put, consents)
    except AnswerError as wrong:
        raise RowsError(f"line {line.number}, column “{wrong.field}”: {wrong.words}") from None
    reading = Reading(instrument, told.answers)
    for one in instrument.fields:
        if one.columns[:1] and one.columns[0] in row:
            _compare(one, line, told, row, reading)
    return row


def _compare(one: Field, line: Line, told: Answered, row: Mapping[str, str], reading: Reading) -> None:
    answer = told.answers.get(one.name)
    if answer and not reading.shown(one.name):
        told.changed[one.name, HIDDEN] += 1
    elif isinstance(answer, list) and shaped(one, answer) != answer:
        told.changed[one.name, BESIDE] += 1
    elif one.formula is not None and line.cells.get(one.name):
        theirs, ours = line.cells[one.name], row[one.name]
        if theirs != ours and (as_number(theirs) is None or as_number(theirs) != as_number(ours)):
            told.changed[one.name, ANEW] += 1


def _left(instrument: Instrument, line: Line, told: Answered) -> list[str]:
    """The questions that were put, or hidden, and have no answer; a row is blank in what is hidden, left or not."""
    reading = Reading(instrument, told.answers)
    last = {
        one.form: place
        for place, one in enumerate(instrument.fields)
        if one.asked_of_people and one.name in told.answers and reading.shown(one.name)
    }
    return [
        one.name
        for place, one in enumerate(instrument.fields)
        if one.asked_of_people
        and one.name not in told.answers
        and one.name not in told.unasked
        and (_state(one.form, line) in ("1", "2") or place < last.get(one.form, -1))
    ]


def _state(form: str, line: Line) -> str:
    column = f"{form}_complete"
    state = line.cells.get(column, "")
    if state not in STATES:
        raise RowsError(
            f"line {line.number}, column “{column}”: a form's state is 0, 1 or 2; export raw data, not labels"
        )
    return state


def _one(one: Field, line: Line, missing: Mapping[str, str]) -> Answer | None:
    cell = line.cells[one.name]
    if not cell:
        return None
    codes = [choice.code for choice in one.options]
    if cell in missing and cell not in codes:
        return _meant(one, missing[cell], line, one.name)
    if codes and cell not in codes:
        labels = " (this is a label: export raw data)" if cell in {choice.label for choice in one.options} else ""
        raise RowsError(f"line {line.number}, column “{one.name}”: this is not one of its codes{labels}")
    return cell


def _boxes(one: Field, line: Line, missing: Mapping[str, str]) -> Answer | None:
    cells = [line.cells[name] for name in one.columns]
    for name, cell in zip(one.columns, cells, strict=True):
        if cell not in ("", "0", "1"):
            raise RowsError(f"line {line.number}, column “{name}”: a box is 0 or 1; export raw data, not labels")
    if "" in cells and any(cells):
        raise RowsError(f"line {line.number}: some boxes of “{one.name}” are empty and others are not")
    codes = {choice.code for choice in one.choices}
    for code, meaning in missing.items():
        name = box_of(one, code)
        if code not in codes and name not in one.columns and line.cells.get(name) == "1":
            if "1" in cells:
                raise RowsError(f"line {line.number}, column “{name}”: this is ticked beside an answer")
            return _meant(one, meaning, line, name)
    return [choice.code for choice, cell in zip(one.choices, cells, strict=True) if cell == "1"] or None


def _meant(one: Field, meaning: str, line: Line, column: str) -> Answer:
    if meaning == UNASKED:
        return NOT_PUT
    if meaning == LEFT or one.row_policy == "no":
        return dict(SKIP)
    if PREFERS_NOT not in {choice.code for choice in one.options}:
        raise RowsError(f"line {line.number}, column “{column}”: there is no choice “{PREFERS_NOT}” to put it under")
    return [PREFERS_NOT] if one.type == "checkbox" else PREFERS_NOT
