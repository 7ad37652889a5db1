"""Reads a REDCap data dictionary (18 columns, CSV in UTF-8) and writes it back.

Source: REDCap help, "Data Dictionary Tutorial". Every refusal names line, column and what to do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from instruments import rules
from instruments.cells import ANNOTATION, COLUMNS, NAME, read_field
from instruments.errors import DictionaryError
from instruments.field import Instrument


def read_dictionary(text: str | bytes, *, name: str, edition: int = 1, also_known: Iterable[str] = ()) -> Instrument:
    """The instrument that a data dictionary describes.

    Args: also_known: consents of other forms that `export=yes if FIELD` may name.
    Raises: DictionaryError(line, column, words); line 1 is the heading.
    """
    fields = tuple(read_field(line, cells) for line, cells in _lines(text))
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
                    raise DictionaryError(
                        line,
                        NAME,
                        f"this line has {len(cells)} cells and needs {len(COLUMNS)}; "
                        "look for a missing comma or quotation mark",
                    )
                yield line, dict(zip(COLUMNS, cells, strict=True))
    except csv.Error:
        raise DictionaryError(
            start, NAME, "we can't tell the cells of this line apart; check its quotation marks"
        ) from None
    if start == 1:
        raise DictionaryError(1, NAME, "this file is empty")


def _headings(cells: list[str]) -> None:
    for place, heading in enumerate(COLUMNS):
        found = cells[place].strip() if place < len(cells) else ""
        if found != heading:
            raise DictionaryError(
                1, heading, f"column {place + 1} is headed “{found}”; a REDCap data dictionary has “{heading}”"
            )
    if len(cells) > len(COLUMNS):
        raise DictionaryError(
            1, ANNOTATION, f"there are {len(cells)} columns; a REDCap data dictionary has {len(COLUMNS)}"
        )
