"""A coded row that somebody else made, held against its dictionary: whoever planted it may have put anything in it.

Source: `instruments/row.py`, which makes such rows, and docs/instruments.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from instruments.answers import check_answer, left, untick
from instruments.field import Field, Instrument
from instruments.row import NOT_ASKED, SKIPPED, columns

COUNTED = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")  # what a formula gives


def is_row(instrument: Instrument, row: Mapping[str, str]) -> bool:
    """Whether a row could have been made from answers to this instrument.

    Args: row: column and code; empty ones may be left out.
    """
    if not set(row) <= set(columns(instrument)):
        return False
    return all(_fits(one, [row.get(column, NOT_ASKED) for column in one.columns]) for one in instrument.fields)


def cells(instrument: Instrument, row: Mapping[str, str]) -> list[str]:
    """The row's codes in the order of the dictionary's columns."""
    return [row.get(column, NOT_ASKED) for column in columns(instrument)]


def _fits(one: Field, codes: list[str]) -> bool:
    states = set(codes)
    if states <= {NOT_ASKED} or states == {SKIPPED}:
        return True
    if one.type == "checkbox":
        ticked = [choice.code for choice, code in zip(one.choices, codes, strict=True) if code == "1"]
        return states <= {"0", "1"} and bool(ticked) and untick(one.exclusive, ticked) == ticked
    if one.formula is not None:
        return COUNTED.fullmatch(codes[0]) is not None
    return not left(codes[0]) and not check_answer(one, codes[0])
