"""One line of a REDCap data dictionary, cell by cell."""

from __future__ import annotations

import re

from instruments.branching import BranchingError, Tree, parse
from instruments.errors import DictionaryError
from instruments.field import TYPES, Choice, Field
from instruments.policy import read_policy
from instruments.validation import VALIDATIONS, limit_is_readable, limits_are_ordered

COLUMNS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
(
    NAME,
    FORM,
    _SECTION,
    TYPE,
    LABEL,
    CHOICES,
    NOTE,
    VALIDATION,
    LEAST,
    MOST,
    IDENTIFIER,
    BRANCHING,
    REQUIRED,
    ALIGNMENT,
    _NUMBER,
    MATRIX,
    RANKING,
    ANNOTATION,
) = COLUMNS
_Y = re.compile("[yY]?")
_ANY = re.compile(r".*\S.*", re.DOTALL)
_TYPE = re.compile("|".join(TYPES))
_VARIABLE = re.compile(r"[a-z][a-z0-9_]{0,99}")
_GROUP = re.compile(r"[a-z0-9_]{0,60}")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,100}")


def read_field(line: int, cells: dict[str, str]) -> Field:
    """The field that the cells of one line describe, by column heading.

    Raises: DictionaryError.
    """
    _check_plain_cells(line, cells)
    _check_validation(line, cells)
    try:
        policy = read_policy(cells[ANNOTATION])
    except ValueError as wrong:
        raise DictionaryError(line, ANNOTATION, str(wrong)) from None
    calculated = cells[TYPE] == "calc"
    if calculated and not cells[CHOICES].strip():
        raise DictionaryError(line, CHOICES, "a calc field needs its formula here")
    return Field(
        name=cells[NAME],
        form=cells[FORM],
        section=cells[_SECTION],
        type=cells[TYPE],
        label=cells[LABEL],
        choices_text=cells[CHOICES],
        note=cells[NOTE],
        validation_name=cells[VALIDATION],
        least=cells[LEAST],
        most=cells[MOST],
        identifier=_yes(cells[IDENTIFIER]),
        branching=cells[BRANCHING],
        required=_yes(cells[REQUIRED]),
        alignment=cells[ALIGNMENT],
        number=cells[_NUMBER],
        matrix=cells[MATRIX],
        ranking=_yes(cells[RANKING]),
        annotation=cells[ANNOTATION],
        line=line,
        choices=_choices(line, cells),
        show=_tree(line, BRANCHING, cells[BRANCHING]) if cells[BRANCHING].strip() else None,
        formula=_tree(line, CHOICES, cells[CHOICES]) if calculated else None,
        policy=policy,
    )


def _yes(cell: str) -> bool:
    return cell in ("y", "Y")


def _check_plain_cells(line: int, cells: dict[str, str]) -> None:
    rules = (
        (NAME, _VARIABLE, "a name has small letters, digits and _, starts with a letter, and has at most 100 of them"),
        (FORM, _ANY, "name the form that this field is on"),
        (TYPE, _TYPE, f"“{cells[TYPE]}” is not a field type; use one of " + ", ".join(TYPES)),
        (ALIGNMENT, re.compile("(RV|RH|LV|LH)?"), "use RV, RH, LV or LH, or leave it empty"),
        (MATRIX, _GROUP, "a group's name has small letters, digits and _, at most 60"),
        (IDENTIFIER, _Y, "write y, or leave it empty"),
        (REQUIRED, _Y, "write y, or leave it empty"),
        (RANKING, _Y, "write y, or leave it empty"),
    )
    for column, allowed, words in rules:
        if not allowed.fullmatch(cells[column]):
            raise DictionaryError(line, column, words)


def _tree(line: int, column: str, text: str) -> Tree:
    try:
        return parse(text)
    except BranchingError as wrong:
        raise DictionaryError(line, column, f"at character {wrong.position}: {wrong.words}") from None


def _choices(line: int, cells: dict[str, str]) -> tuple[Choice, ...]:
    if cells[TYPE] not in ("radio", "dropdown", "checkbox"):
        return ()
    choices: list[Choice] = []
    pieces = cells[CHOICES].strip().removesuffix("|").split("|")  # REDCap, too, takes a | at the end
    for number, piece in enumerate(pieces, 1):
        code, comma, label = (part.strip() for part in piece.partition(","))
        if not comma or not label:
            raise DictionaryError(line, CHOICES, f"choice {number} needs a code, a comma and words, as in: yes, Yes")
        if not _CODE.fullmatch(code):
            raise DictionaryError(
                line, CHOICES, f"the code of choice {number} may have letters, digits, _ . and - only"
            )
        if any(code == other.code for other in choices):
            raise DictionaryError(line, CHOICES, f"the code “{code}” stands twice; each choice needs its own")
        choices.append(Choice(code, label))
    return tuple(choices)


def _check_validation(line: int, cells: dict[str, str]) -> None:
    kind = cells[VALIDATION]
    if cells[TYPE] == "text" and kind:
        _check_limits(line, cells, kind)
    elif cells[TYPE] == "slider":
        if kind not in ("", "number"):
            raise DictionaryError(line, VALIDATION, "a slider has “number” here, or nothing")
        _check_slider(line, cells)
    elif cells[TYPE] not in ("file", "signature") and kind and not _is_found_by_typing(cells):
        # REDCap notes there how a file is shown, too
        raise DictionaryError(line, VALIDATION, f"a {cells[TYPE]} field has no text validation")
    elif cells[LEAST] or cells[MOST]:
        column = LEAST if cells[LEAST] else MOST
        raise DictionaryError(line, column, "a minimum or maximum needs a text validation")


def _is_found_by_typing(cells: dict[str, str]) -> bool:
    """A drop-down list in which one types to find a line: REDCap writes it where a text's validation stands."""
    return cells[TYPE] in ("dropdown", "sql") and cells[VALIDATION] == "autocomplete"


def _check_limits(line: int, cells: dict[str, str], kind: str) -> None:
    if kind not in VALIDATIONS:
        known = ", ".join(VALIDATIONS)
        raise DictionaryError(line, VALIDATION, f"we don't know the validation “{kind}”; we know {known}")
    for column in (LEAST, MOST):
        if cells[column] and not limit_is_readable(VALIDATIONS[kind], cells[column]):
            raise DictionaryError(line, column, f"“{cells[column]}” does not fit the validation {kind}")
    if cells[LEAST] and cells[MOST] and not limits_are_ordered(VALIDATIONS[kind], cells[LEAST], cells[MOST]):
        raise DictionaryError(line, LEAST, "the minimum is above the maximum")


def _check_slider(line: int, cells: dict[str, str]) -> None:
    for column in (LEAST, MOST):
        if cells[column] and not re.fullmatch("-?[0-9]{1,9}", cells[column]):
            raise DictionaryError(line, column, "a slider's ends are whole numbers")
    if int(cells[LEAST] or 0) >= int(cells[MOST] or 100):
        raise DictionaryError(line, LEAST, "a slider's low end is below its high end")
