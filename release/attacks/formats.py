"""The same rows in other formats: they say what data.csv says, and nothing of when they were made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl
import pyreadstat

from instruments.field import Field
from release.published import DATA, PARQUET, ROW, SPSS, STATA, Published

MADE_UP = datetime(2000, 1, 1)  # noqa: DTZ001  what stands in place of an hour


def faults(release: Published) -> list[str]:
    """What is wrong with the files beside data.csv, in words."""
    found = []
    rows = pl.read_csv(release.folder / DATA, infer_schema=False, empty_string_is_null=False)
    if (release.folder / PARQUET).exists() and not _same(release.folder / PARQUET, rows):
        found.append(f"{PARQUET} says other things than the CSV")
    for name in (SPSS, STATA):
        if (release.folder / name).exists():
            found += [f"{name} {what}" for what in _numbered(release.folder / name, release, rows[ROW])]
    return found


def _same(parquet: Path, rows: pl.DataFrame) -> bool:
    try:
        return pl.read_parquet(parquet).equals(rows)
    except pl.exceptions.PolarsError:
        return False


def _numbered(path: Path, release: Published, rows: pl.Series) -> Iterator[str]:
    read = pyreadstat.read_sav if path.suffix == ".sav" else pyreadstat.read_dta
    try:
        cells, about = read(str(path), output_format="dict")  # the fastest of its forms
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError):
        yield "can't be read"
        return
    if about.creation_time != MADE_UP:
        yield "tells when it was made"
    named = [column for one in release.codebook.fields for column in one.columns if column in release.cells]
    if list(cells) != named or len(cells[ROW]) != release.n:
        yield "has other columns or rows than the codebook and the CSV"
        return
    if cells[ROW] != rows.to_list():
        yield "has its rows in another order than the CSV"
        return
    for one in release.codebook.fields:
        for name in one.columns if one.name != ROW else ():
            wanted = np.array([_number(one, code) for code in release.cells[name].values])[release.cells[name].codes]
            told = np.array(cells[name], dtype=float)
            if not np.array_equal(wanted, told, equal_nan=True):
                yield f"says other things of {name} than the CSV"


def _number(one: Field, code: str) -> float:
    """What a code is in SPSS and Stata: see docs/release.md. One that the codebook does not have is no number."""
    if code in ("", "skip"):
        return -1.0 if code else float("nan")
    codes = ["0", "1"] if one.type == "checkbox" else ["", *(c.code for c in one.choices if c.code != "skip")]
    return float(codes.index(code)) if code in codes else float("inf")
