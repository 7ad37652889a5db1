"""Reads a REDCap data dictionary (18 columns, CSV in UTF-8) and writes it back.

Source: REDCap help, "Data Dictionary Tutorial". Every refusal names line, column and what to do.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from instruments import rules
from instruments.branching import BranchingError, Tree, parse
from instruments.errors import DictionaryError
from instruments.field import CHOSEN, TYPES, Choice, Field, Instrument
from instruments.policy import Policy, read_policy
from instruments.validation import VALIDATIONS, limit_is_readable, limits_are_ordered

COLUMNS = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name",
    "Matrix Ranking?", "Field Annotation",
)
(NAME, FORM, _SECTION, TYPE, _LABEL, CHOICES, _NOTE, VALIDATION, LEAST, MOST, IDENTIFIER, BRANCHING,
 REQUIRED, ALIGNMENT, _NUMBER, MATRIX, RANKING, ANNOTATION) = COLUMNS
_VARIABLE = re.compile(r"[a-z][a-z0-9_]{0,99}")
_GROUP = re.compile(r"[a-z0-9_]{1,60}")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,100}")


def read_dictionary(text: str | bytes, *, name: str, edition: int = 1, also_known: Iterable[str] = ()) -> Instrument:
    """The instrument that a data dictionary describes.

    Args: also_known: consents of other forms that `export=yes if FIELD` may name.
    Raises: DictionaryError(line, column, words); line 1 is the heading.
    """
    fields = tuple(_field(line, cells) for line, cells in _lines(text))
    if not fields:
        raise DictionaryError(2, NAME, "there are no fields here; add one line for each question")
    instrument = Instrument(name, edition, fields)
    rules.keep(instrument, frozenset(also_known))
    return instrument


def write_dictionary(instrument: Instrument) -> str:
    """The data dictionary as REDCap loads it; reading it again gives the same instrument."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in instrument.fields:
        writer.writerow([
            one.name, one.form, one.section, one.type, one.label, one.choices_text, one.note, one.validation_name,
            one.least, one.most, "y" if one.identifier else "", one.branching, "y" if one.required else "",
            one.alignment, one.number, one.matrix, "y" if one.ranking else "", one.annotation,
        ])
    return out.getvalue()


def _lines(text: str | bytes) -> Iterator[tuple[int, dict[str, str]]]:
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as wrong:
            line = wrong.object.count(b"\n", 0, wrong.start) + 1
            raise DictionaryError(line, NAME, "this file is not UTF-8; save it as CSV UTF-8") from None
    if "\0" in text:
        raise DictionaryError(text.count("\n", 0, text.index("\0")) + 1, NAME, "there is a zero byte in this line")
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if line == 1:
                _headings(cells)
            elif any(cells):
                if len(cells) != len(COLUMNS):
                    raise DictionaryError(line, NAME, f"this line has {len(cells)} cells and needs {len(COLUMNS)}; "
                                          "look for a missing comma or quotation mark")
                yield line, dict(zip(COLUMNS, cells, strict=True))
    except csv.Error:
        raise DictionaryError(start, NAME, "we can't tell the cells of this line apart; check its quotation marks") from None
    if start == 1:
        raise DictionaryError(1, NAME, "this file is empty")


def _headings(cells: list[str]) -> None:
    for place, heading in enumerate(COLUMNS):
        found = cells[place].strip() if place < len(cells) else ""
        if found != heading:
            raise DictionaryError(1, heading, f"column {place + 1} is headed “{found}”; a REDCap data dictionary has “{heading}”")
    if len(cells) > len(COLUMNS):
        raise DictionaryError(1, ANNOTATION, f"there are {len(cells)} columns; a REDCap data dictionary has {len(COLUMNS)}")


def _field(line: int, cells: dict[str, str]) -> Field:
    def refuse(column: str, words: str) -> DictionaryError:
        return DictionaryError(line, column, words)

    def yes(column: str) -> bool:
        if cells[column] not in ("", "y"):
            raise refuse(column, "write y, or leave it empty")
        return cells[column] == "y"

    if not _VARIABLE.fullmatch(cells[NAME]):
        raise refuse(NAME, "a name has small letters, digits and _, starts with a letter, and has at most 100 of them")
    if not cells[FORM].strip():
        raise refuse(FORM, "name the form that this field is on")
    if cells[TYPE] not in TYPES:
        raise refuse(TYPE, f"“{cells[TYPE]}” is not a field type; use one of " + ", ".join(TYPES))
    if cells[ALIGNMENT] not in ("", "RV", "RH", "LV", "LH"):
        raise refuse(ALIGNMENT, "use RV, RH, LV or LH, or leave it empty")
    if cells[MATRIX] and not _GROUP.fullmatch(cells[MATRIX]):
        raise refuse(MATRIX, "a group's name has small letters, digits and _, at most 60")
    _check_validation(line, cells)
    try:
        policy: Policy = read_policy(cells[ANNOTATION])
    except ValueError as wrong:
        raise refuse(ANNOTATION, str(wrong)) from None
    calculated = cells[TYPE] == "calc"
    if calculated and not cells[CHOICES].strip():
        raise refuse(CHOICES, "a calc field needs its formula here")
    return Field(
        name=cells[NAME], form=cells[FORM], section=cells[_SECTION], type=cells[TYPE], label=cells[_LABEL],
        choices_text=cells[CHOICES], note=cells[_NOTE], validation_name=cells[VALIDATION], least=cells[LEAST],
        most=cells[MOST], identifier=yes(IDENTIFIER), branching=cells[BRANCHING], required=yes(REQUIRED),
        alignment=cells[ALIGNMENT], number=cells[_NUMBER], matrix=cells[MATRIX], ranking=yes(RANKING),
        annotation=cells[ANNOTATION], line=line, choices=_choices(line, cells),
        show=_tree(line, BRANCHING, cells[BRANCHING]) if cells[BRANCHING].strip() else None,
        formula=_tree(line, CHOICES, cells[CHOICES]) if calculated else None, policy=policy)


def _tree(line: int, column: str, text: str) -> Tree:
    try:
        return parse(text)
    except BranchingError as wrong:
        raise DictionaryError(line, column, f"at character {wrong.position}: {wrong.words}") from None


def _choices(line: int, cells: dict[str, str]) -> tuple[Choice, ...]:
    if cells[TYPE] not in ("radio", "dropdown", "checkbox"):
        return ()
    choices: list[Choice] = []
    for number, piece in enumerate(cells[CHOICES].split("|"), 1):
        code, comma, label = (part.strip() for part in piece.partition(","))
        if not comma or not label:
            raise DictionaryError(line, CHOICES, f"choice {number} needs a code, a comma and words, as in: yes, Yes")
        if not _CODE.fullmatch(code):
            raise DictionaryError(line, CHOICES, f"the code of choice {number} may have letters, digits, _ . and - only")
        if any(code == other.code for other in choices):
            raise DictionaryError(line, CHOICES, f"the code “{code}” stands twice; each choice needs its own")
        choices.append(Choice(code, label))
    return tuple(choices)


def _check_validation(line: int, cells: dict[str, str]) -> None:
    kind = cells[VALIDATION]
    if cells[TYPE] == "text" and kind:
        if kind not in VALIDATIONS:
            raise DictionaryError(line, VALIDATION, f"we don't know the validation “{kind}”; we know " + ", ".join(VALIDATIONS))
        for column in (LEAST, MOST):
            if cells[column] and not limit_is_readable(VALIDATIONS[kind], cells[column]):
                raise DictionaryError(line, column, f"“{cells[column]}” does not fit the validation {kind}")
        if cells[LEAST] and cells[MOST] and not limits_are_ordered(VALIDATIONS[kind], cells[LEAST], cells[MOST]):
            raise DictionaryError(line, LEAST, "the minimum is above the maximum")
    elif cells[TYPE] == "slider":
        if kind not in ("", "number"):
            raise DictionaryError(line, VALIDATION, "a slider has “number” here, or nothing")
        for column in (LEAST, MOST):
            if cells[column] and not re.fullmatch("-?[0-9]{1,9}", cells[column]):
                raise DictionaryError(line, column, "a slider's ends are whole numbers")
    elif cells[TYPE] not in ("file", "signature") and kind:
        raise DictionaryError(line, VALIDATION, f"a {cells[TYPE]} field has no text validation")
    elif cells[LEAST] or cells[MOST]:
        raise DictionaryError(line, LEAST if cells[LEAST] else MOST, "a minimum or maximum needs a text validation")
