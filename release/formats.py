"""The table of a release for the tools that researchers have: SPSS, Stata, Parquet, and a Frictionless description.

In SPSS and Stata an answer is the number of its code in the codebook, from 1, with its label; boxes are 0 and 1; "asked
and left" is -1; what was not asked is missing. The hour that their writers put into the head of a file is overwritten:
it would tell when the release was made.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from instruments.field import Field, Instrument
from release.published import DATA, PACKAGE, PARQUET, ROW, SPSS, STATA

LEFT, LEFT_LABEL = -1, "Asked and left"
_SPSS_LABEL = 120  # bytes of a value label
_STATA_NAME = 80  # characters of a variable label
_SPSS_HOUR = slice(92, 109)  # creation date and time, PSPP developer's guide, "File Header Record"
_SPSS_FIXED = b"01 Jan 0000:00:00"
_STATA_HOUR = re.compile(rb"(<timestamp>.)(.*?)(</timestamp>)", re.DOTALL)
_STATA_FIXED = b"01 Jan 2000 00:00"


def write_formats(table: pl.DataFrame, codebook: Instrument, folder: Path, about: dict[str, str]) -> None:
    """The files beside data.csv. Args: table: as data.csv has it. about: name and title of the release."""
    table.write_parquet(folder / PARQUET, compression="zstd")
    coded, labels = as_numbers(table, codebook)
    names = {column: label for one in codebook.fields for column, label in column_labels(one).items()}
    short = {name: {number: _cut(label) for number, label in of.items()} for name, of in labels.items()}
    pyreadstat.write_sav(
        coded,
        str(folder / SPSS),
        row_compress=True,
        column_labels=[names[name] for name in coded.columns],
        variable_value_labels=short,
    )
    pyreadstat.write_dta(
        coded,
        str(folder / STATA),
        version=15,
        column_labels=[names[name][:_STATA_NAME] for name in coded.columns],
        variable_value_labels=labels,
    )
    forget_the_hour(folder)
    package = json.dumps(described(codebook, about), indent=1, ensure_ascii=False) + "\n"
    (folder / PACKAGE).write_text(package, encoding="utf-8")


def as_numbers(table: pl.DataFrame, codebook: Instrument) -> tuple[pl.DataFrame, dict[str, dict[int | float, str]]]:
    """The table in numbers, and what each number of each column means."""
    columns = [table[ROW]]
    labels: dict[str, dict[int | float, str]] = {}
    for one in codebook.fields:
        for name in one.columns if one.name != ROW else ():
            numbers, labels[name] = numbering(one)
            columns.append(table[name].replace_strict(numbers, default=None, return_dtype=pl.Int16).alias(name))
    return pl.DataFrame(columns), labels


def numbering(one: Field) -> tuple[dict[str, int], dict[int | float, str]]:
    """A field's codes as numbers, and what the numbers mean."""
    if one.type == "checkbox":
        return {"0": 0, "1": 1, "skip": LEFT}, {0: "Not ticked", 1: "Ticked", LEFT: LEFT_LABEL}
    codes = [choice for choice in one.choices if choice.code != "skip"]
    numbers = {choice.code: place for place, choice in enumerate(codes, 1)}
    labels: dict[int | float, str] = {place: choice.label for place, choice in enumerate(codes, 1)}
    if len(codes) < len(one.choices):
        numbers["skip"], labels[LEFT] = LEFT, LEFT_LABEL
    return numbers, labels


def _cut(label: str) -> str:
    return label.encode()[:_SPSS_LABEL].decode(errors="ignore").rstrip()


def column_labels(one: Field) -> dict[str, str]:
    """What each column of a field is called: its question, and the box."""
    if one.type != "checkbox":
        return {one.name: one.label}
    return {name: f"{choice.label} ({one.label})" for name, choice in zip(one.columns, one.choices, strict=True)}


def described(codebook: Instrument, about: dict[str, str]) -> dict[str, Any]:
    """datapackage.json. Source: Frictionless, "Data Package" and "Table Schema" 1."""
    fields: list[dict[str, Any]] = []
    for one in codebook.fields:
        codes = ["0", "1", "skip"] if one.type == "checkbox" else [choice.code for choice in one.choices]
        for name, label in column_labels(one).items():
            limits: dict[str, Any] = {"enum": codes} if one.name != ROW else {"required": True, "unique": True}
            fields.append({"name": name, "type": "string", "title": label, "constraints": limits})
    schema = {"fields": fields, "primaryKey": ROW, "missingValues": [""]}
    resource = {"name": "data", "path": DATA, "format": "csv", "encoding": "utf-8", "schema": schema}
    return {"profile": "tabular-data-package", **about, "resources": [resource | {"profile": "tabular-data-resource"}]}


def forget_the_hour(folder: Path) -> None:
    """Overwrite when the files were made."""
    spss = bytearray((folder / SPSS).read_bytes())
    spss[_SPSS_HOUR] = _SPSS_FIXED
    (folder / SPSS).write_bytes(spss)
    stata = (folder / STATA).read_bytes()
    (folder / STATA).write_bytes(_STATA_HOUR.sub(lambda found: found[1] + _STATA_FIXED + found[3], stata, count=1))
