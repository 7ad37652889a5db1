"""Reads a REDCap data dictionary (CSV in UTF-8; headings.py) and writes it back with its 18 columns.

Source: REDCap help, "Data Dictionary Tutorial". Every refusal names line, column and what to do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from instruments import rules
from instruments.cells import COLUMNS, NAME, read_field
from instruments.errors import DictionaryError
from instruments.field import Field, Instrument
from instruments.headings import as_cells, read_headings, separator

MOST_FIELDS = 2000  # nobody answers more, and whoever reads it is not held up


def read_dictionary(text: str | bytes, *, name: str, edition: int = 1, also_known: Iterable[str] = ()) -> Instrument:
    """The instrument that a data dictionary describes.

    Args: also_known: consents of other forms that `export=yes if FIELD` may name.
    Raises: DictionaryError(line, column, words); line 1 is the heading. The first of its faults.
    """
    instrument, wrong = look_over(text, name=name, edition=edition, also_known=also_known)
    if wrong:
        raise wrong[0]
    return instrument


def look_over(
    text: str | bytes, *, name: str, edition: int = 1, also_known: Iterable[str] = ()
) -> tuple[Instrument, list[DictionaryError]]:
    """A data dictionary with all its faults, so that they can be put right together; at most one a line and check.

    What stands between the lines (branching, matrices) is only looked at once each line can be read by itself.
    """
    fields: list[Field] = []
    wrong: list[DictionaryError] = []
    try:
        for line, cells in _lines(text):
            if len(fields) + len(wrong) >= MOST_FIELDS:
                raise DictionaryError(line, NAME, f"there are more than {MOST_FIELDS} fields here; use fewer")
            try:
                fields.append(read_field(line, cells))
            except DictionaryError as fault:
                wrong.append(fault)
    except DictionaryError as fault:  # from here on lines can't be told apart
        wrong.append(fault)
    if not fields and not wrong:
        wrong.append(DictionaryError(2, NAME, "there are no fields here; add one line for each question"))
    instrument = Instrument(name, edition, tuple(fields))
    return instrument, wrong or list(rules.broken(instrument, frozenset(also_known)))


def write_dictionary(instrument: Instrument) -> str:
    """The data dictionary as REDCap loads it; reading it again gives the same instrument."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in instrument.fields:
        writer.writerow(
            [
                one.name,
                one.form,
                one.section,
                one.type,
                one.label,
                one.choices_text,
                one.note,
                one.validation_name,
                one.least,
                one.most,
                "y" if one.identifier else "",
                one.branching,
                "y" if one.required else "",
                one.alignment,
                one.number,
                one.matrix,
                "y" if one.ranking else "",
                one.annotation,
            ]
        )
    return out.getvalue()


def _lines(text: str | bytes) -> Iterator[tuple[int, dict[str, str]]]:
    text = _as_text(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text.split("\n", 1)[0]), strict=True)
    start = 1
    columns: tuple[str, ...] = ()
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if line == 1:
                columns = read_headings(cells)
            elif any(cell.strip() for cell in cells):
                yield line, as_cells(columns, _fitted(line, cells, len(columns)))
    except csv.Error:
        raise DictionaryError(
            start, NAME, "we can't tell the cells of this line apart; check its quotation marks"
        ) from None
    if start == 1:
        raise DictionaryError(1, NAME, "this file is empty")


def _as_text(text: str | bytes) -> str:
    if isinstance(text, bytes):
        utf16 = text[:2] in (b"\xff\xfe", b"\xfe\xff")  # how some spreadsheets save "Unicode text"
        try:
            text = text.decode("utf-16" if utf16 else "utf-8")
        except UnicodeDecodeError as wrong:
            line = wrong.object.count(b"\n", 0, wrong.start) + 1
            raise DictionaryError(line, NAME, "this file is not UTF-8; save it as CSV UTF-8") from None
    if "\0" in text:
        raise DictionaryError(text.count("\n", 0, text.index("\0")) + 1, NAME, "there is a zero byte in this line")
    return text.removeprefix("\ufeff")


def _fitted(line: int, cells: list[str], count: int) -> list[str]:
    """Cells without a spreadsheet's empty ones at the end. Raises: DictionaryError for too few or too many."""
    while len(cells) > count and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != count:
        raise DictionaryError(
            line,
            NAME,
            f"this line has {len(cells)} cells and needs {count}; look for a missing comma or quotation mark",
        )
    return cells
