"""The first line of a dictionary: REDCap's 18 headings, and what older versions and the API call them.

Sources: REDCap help, "Data Dictionary Tutorial"; dictionaries from before matrix groups and annotations have
13 to 17 columns, the oldest one more, "Field Units"; the API's metadata has names of its own.
"""

from __future__ import annotations

from instruments.cells import ANNOTATION, COLUMNS, FORM, LABEL, NAME, NOTE, TYPE
from instruments.errors import DictionaryError

API = (
    "field_name",
    "form_name",
    "section_header",
    "field_type",
    "field_label",
    "select_choices_or_calculations",
    "field_note",
    "text_validation_type_or_show_slider_number",
    "text_validation_min",
    "text_validation_max",
    "identifier",
    "branching_logic",
    "required_field",
    "custom_alignment",
    "question_number",
    "matrix_group_name",
    "matrix_ranking",
    "field_annotation",
)
UNITS = "Field Units"  # REDCap moved them into the note
OLDER = {
    "choices or calculations": COLUMNS[5],
    "text validation type": COLUMNS[7],
    "show slider number": COLUMNS[7],
    "identifier": COLUMNS[10],
    "branching logic": COLUMNS[11],
    "required field": COLUMNS[12],
    "question number": COLUMNS[14],
    "matrix ranking": COLUMNS[16],
    "field units": UNITS,
}
_KNOWN = {name.lower(): name for name in COLUMNS} | dict(zip(API, COLUMNS, strict=True)) | OLDER
_NEEDED = (NAME, FORM, TYPE, LABEL)


def read_headings(cells: list[str]) -> tuple[str, ...]:
    """What each column holds, by REDCap's present heading, or "Field Units".

    Raises: DictionaryError for a heading that REDCap does not have, one that stands twice, or one that is missing.
    """
    found = [" ".join(cell.split()) for cell in cells]
    while found and not found[-1]:  # a spreadsheet's empty columns
        found.pop()
    columns: list[str] = []
    for place, heading in enumerate(found):
        column = _KNOWN.get(heading.lower())
        if column is None:
            raise _unknown(place, heading, len(found))
        if column in columns:
            raise DictionaryError(1, column, f"column {place + 1} is headed “{heading}”, and so is one before it")
        columns.append(column)
    for column in _NEEDED:
        if column not in columns:
            raise DictionaryError(1, column, f"no column is headed “{column}”; a REDCap data dictionary has one")
    return tuple(columns)


def _unknown(place: int, heading: str, count: int) -> DictionaryError:
    if place < len(COLUMNS):
        expected = COLUMNS[place]
        return DictionaryError(
            1, expected, f"column {place + 1} is headed “{heading}”; a REDCap data dictionary has “{expected}”"
        )
    return DictionaryError(
        1, ANNOTATION, f"there are {count} columns; a REDCap data dictionary has {len(COLUMNS)}, and no “{heading}”"
    )


def as_cells(columns: tuple[str, ...], line: list[str]) -> dict[str, str]:
    """One line under the present headings. What an older dictionary does not have is empty."""
    cells = dict.fromkeys(COLUMNS, "") | dict(zip(columns, line, strict=False))
    units = cells.pop(UNITS, "").strip()
    if units:
        cells[NOTE] = f"{cells[NOTE]} ({units})".strip()
    return cells


def separator(first: str) -> str:
    """What stands between the cells: a comma; in a spreadsheet of some countries a semicolon, or a tab."""
    return max(",;\t", key=lambda sign: (first.count(sign), sign == ","))
