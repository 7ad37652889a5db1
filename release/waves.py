"""The steward's own columns of a file of rows: which wave a row is of, and the thread that joins a person's waves.

A release counts each row as a person, so it is made of one wave, in which no thread comes twice.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import polars as pl

from release.errors import RowsError

WAVE, MONTH, THREAD = "wave", "month", "thread"
BESIDE = (WAVE, MONTH, THREAD)  # never in a release


def of_wave(path: Path, wave: str = "") -> np.ndarray | None:
    """Which rows are of the wave that is to be read: n booleans, or None when all are.

    Args: wave: "intake", "followup-12"; may be left out where the file holds one.
    Raises: RowsError.
    """
    waves = _column(path, WAVE)
    if waves is None:
        if wave:
            raise RowsError(f"line 1: the column “{WAVE}” is missing, and one wave is to be read")
        _nobody_twice(path, None)
        return None
    there = waves.unique().sort().to_list()
    if not wave and len(there) > 1:
        raise RowsError(f"the file holds several waves; name one with --wave: {', '.join(filter(None, there))}")
    if wave and wave not in there:
        raise RowsError(f"there is no row of the wave “{wave}” in this file; it holds: {', '.join(there) or 'none'}")
    of: np.ndarray | None = (waves == wave).to_numpy() if wave and len(there) > 1 else None
    _nobody_twice(path, of)
    return of


def threads(path: Path) -> list[str]:
    """The thread of each row, "" where it has none. Raises: RowsError when the file does not tell threads."""
    found = _column(path, THREAD)
    if found is None:
        raise RowsError(f"line 1: the column “{THREAD}” is missing; a person's rows hang together by it")
    return found.to_list()


def _nobody_twice(path: Path, of: np.ndarray | None) -> None:
    found = _column(path, THREAD)
    if found is None:
        return
    lines = pl.Series(np.arange(2, len(found) + 2))
    if of is not None:
        found, lines = found.filter(pl.Series(of)), lines.filter(pl.Series(of))
    again = lines.filter((found != "") & ~found.is_first_distinct())
    if len(again):
        first = lines.filter(found == found.filter(lines == again[0])[0])[0]
        raise RowsError(
            f"line {again[0]}, column “{THREAD}”: line {first} is of the same person and wave, and a release counts "
            "each row as a person; take one out"
        )


def _column(path: Path, name: str) -> pl.Series | None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            if name not in next(csv.reader(opened), []):
                return None
        return pl.read_csv(path, columns=[name], infer_schema=False, empty_string_is_null=False)[name]
    except (OSError, UnicodeDecodeError, csv.Error, pl.exceptions.PolarsError):
        raise RowsError(f"“{path.name}” can't be read; it should be a CSV in UTF-8") from None
