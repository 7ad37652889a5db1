"""A release folder as anybody reads it: the written files and nothing else."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from instruments.dictionary import read_dictionary
from instruments.errors import DictionaryError
from instruments.field import Field, Instrument
from release.errors import FolderError

FORM = 1  # of the manifest
ROW = "row"
DATA, CODEBOOK, CLASSES, MANIFEST = "data.csv", "codebook.csv", "classes.csv", "manifest.json"
Cells = tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """One release. columns: of data.csv, in order. cells: column by column, as text."""

    folder: Path
    manifest: dict[str, Any]
    codebook: Instrument
    columns: tuple[str, ...]
    cells: dict[str, np.ndarray]
    listed: tuple[tuple[Cells, int], ...]
    listed_columns: tuple[str, ...]

    @property
    def n(self) -> int:
        return len(self.cells[self.columns[0]]) if self.columns else 0

    @property
    def known(self) -> tuple[str, ...]:
        """The quasi-identifiers that the manifest names and the file has."""
        return tuple(name for name in self.manifest["scheme"]["levels"] if name in self.cells)

    @property
    def targets(self) -> dict[str, Any]:
        told: dict[str, Any] = self.manifest["targets"]
        return told

    @cached_property
    def of(self) -> np.ndarray:
        """The class of each row, by the quasi-identifiers of the manifest."""
        return self.classes(self.known)

    def classes(self, names: tuple[str, ...]) -> np.ndarray:
        """Which rows look alike in these columns: a number for each row, 0 and up."""
        of = np.zeros(self.n, dtype=np.int64)
        for name in names:
            _, code = np.unique(self.numbers(name), return_inverse=True)
            _, of = np.unique(of * (int(code.max(initial=0)) + 1) + code, return_inverse=True)
        return of

    def numbers(self, name: str) -> np.ndarray:
        """A column as numbers: equal cells, equal numbers."""
        return self._numbers[name]

    @cached_property
    def _numbers(self) -> dict[str, np.ndarray]:
        ranked = {name: pl.Series(column).rank("dense") for name, column in self.cells.items()}
        return {name: column.to_numpy().astype(np.int64) for name, column in ranked.items()}

    @cached_property
    def singles(self) -> tuple[Field, ...]:
        """Columns with one answer that are no quasi-identifier."""
        return tuple(one for one in self._sensitive if one.type != "checkbox")

    @cached_property
    def multis(self) -> tuple[Field, ...]:
        return tuple(one for one in self._sensitive if one.type == "checkbox")

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(name for one in self.multis for name in one.columns if name in self.cells)

    @cached_property
    def ticks(self) -> np.ndarray:
        """n by items, True where ticked."""
        if not self.items:
            return np.zeros((self.n, 0), dtype=bool)
        return np.column_stack([self.cells[name] == "1" for name in self.items])

    @property
    def _sensitive(self) -> list[Field]:
        apart = {ROW, *self.known}
        return [
            one
            for one in self.codebook.fields
            if one.name not in apart and one.policy.cls != "quasi" and one.columns[0] in self.cells
        ]

    def groups(self) -> dict[Cells, Counter[Cells]]:
        """Each class by its codes, and how often each tuple of sensitive answers is in it."""
        quasi = list(zip(*(self.cells[name] for name in self.known), strict=True)) or [()] * self.n
        rest = [name for name in self.columns if name != ROW and name not in self.known]
        told = list(zip(*(self.cells[name] for name in rest), strict=True)) or [()] * self.n
        found: dict[Cells, Counter[Cells]] = {}
        for key, value in zip(quasi, told, strict=True):
            found.setdefault(key, Counter())[value] += 1
        return found


def read_folder(folder: Path) -> Published:
    """The release in a folder.

    Raises: FolderError with words about what can't be read.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        codebook = read_dictionary((folder / CODEBOOK).read_bytes(), name="release")
        columns, cells = _table(folder / DATA)
        _, listed = _table(folder / CLASSES)
        sizes = [int(size) for size in listed.pop("rows")]
    except FileNotFoundError as wrong:
        raise FolderError(f"“{folder.name}” is no release: {Path(wrong.filename).name} is missing") from None
    except DictionaryError as wrong:
        raise FolderError(f"codebook.csv: {wrong}") from None
    except (OSError, ValueError, KeyError) as wrong:
        raise FolderError(f"“{folder.name}” can't be read as a release: {wrong}") from None
    if manifest.get("form") != FORM:
        raise FolderError("this release was written in a form that this program does not know")
    keys = zip(*listed.values(), strict=True) if listed else [()] * len(sizes)
    return Published(
        folder,
        manifest,
        codebook,
        columns,
        cells,
        tuple((tuple(key), size) for key, size in zip(keys, sizes, strict=True)),
        tuple(listed),
    )


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _table(path: Path) -> tuple[Cells, dict[str, np.ndarray]]:
    with path.open(encoding="utf-8", newline="") as opened:
        heading = tuple(next(csv.reader(opened), []))
    if len(set(heading)) != len(heading):
        raise FolderError(f"{path.name}: two columns have the same name")
    try:
        frame = pl.read_csv(path, infer_schema=False, empty_string_is_null=False)
    except pl.exceptions.PolarsError:
        raise FolderError(f"{path.name} can't be read as a CSV") from None
    return heading, {name: frame[name].to_numpy() for name in heading}
