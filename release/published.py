"""A release folder as anybody reads it: the written files and nothing else."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
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
DATA, CODEBOOK, CLASSES, LEVELS = "data.csv", "codebook.csv", "classes.csv", "levels.json"
TABLES, TABLES_PAGE, MANIFEST = "tables.json", "tables.html", "manifest.json"
PUBLIC, PUBLIC_PAGE = "public.json", "public.html"
SPSS, STATA, PARQUET, PACKAGE = "data.sav", "data.dta", "data.parquet", "datapackage.json"
TOLD = ("plan", "series", "number", "month", "files", "previous")
TABULATED, MICRODATA, PUBLISHED = "tables", "microdata", "public"
WANTED = {
    PUBLISHED: ("plan", "protocol", "month", "files", "year", "epsilon", "ledger"),
    TABULATED: (*TOLD, "scheme"),
    MICRODATA: (*TOLD, "rows", "targets", "scheme", "hierarchies", "proven", "left_out_at_most"),
}
TARGETS = ("k", "l", "t", "share", "exclusion", "support", "together")
Cells = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of a file. values: the texts in it, sorted. codes: for each row the place of its text among them."""

    values: tuple[str, ...]
    codes: np.ndarray

    def __iter__(self) -> Iterator[str]:
        return iter(np.array(self.values, dtype=object)[self.codes].tolist())


@dataclass(frozen=True)
class Published:
    """One release. cells: the columns of data.csv, in order. listed: the classes of classes.csv and their rows.
    tables: what tables.json says where there are no rows; beside rows it only counts them.
    public: what the public page says. ledger: the steward's, when it is at hand.
    """

    folder: Path
    manifest: dict[str, Any]
    codebook: Instrument
    cells: dict[str, Column]
    n: int
    listed: tuple[tuple[Cells, int], ...]
    listed_columns: tuple[str, ...]
    tables: dict[str, Any] | None = None
    public: dict[str, Any] | None = None
    ledger: bytes | None = None

    @property
    def size(self) -> int:
        """Rows, or people whom tables count, rounded."""
        return self.n if self.tables is None else int(self.tables["people"])

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.cells)

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
        """Which rows look alike in these columns: a number for each row, 0 and up, none left out."""
        of, space = np.zeros(self.n, dtype=np.int64), 1
        for name in names:
            if space * len(self.cells[name].values) >= 1 << 62:
                _, of = np.unique(of, return_inverse=True)
                space = self.n
            of = of * len(self.cells[name].values) + self.cells[name].codes
            space *= len(self.cells[name].values)
        numbers: np.ndarray = np.unique(of, return_inverse=True)[1]
        return numbers

    def sizes(self) -> dict[Cells, int]:
        """Each class by its codes, and its rows."""
        _, first = np.unique(self.of, return_index=True)
        keys = [tuple(self.cells[name].values[self.cells[name].codes[row]] for name in self.known) for row in first]
        return dict(zip(keys, np.bincount(self.of).tolist(), strict=True)) if self.n else {}

    @cached_property
    def groups(self) -> dict[Cells, Counter[Cells]]:
        """Each class by its codes, and how often each tuple of sensitive answers is in it."""
        rest = [name for name in self.columns if name != ROW and name not in self.known]
        keys = list(zip(*(self.cells[name] for name in self.known), strict=True)) or [()] * self.n
        told = list(zip(*(self.cells[name] for name in rest), strict=True)) or [()] * self.n
        found: dict[Cells, Counter[Cells]] = {}
        for key, value in zip(keys, told, strict=True):
            found.setdefault(key, Counter())[value] += 1
        return found

    @cached_property
    def singles(self) -> tuple[Field, ...]:
        """Columns with one answer that are no quasi-identifier."""
        return tuple(one for one in self._sensitive if one.type != "checkbox")

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The columns of boxes."""
        boxes = (one for one in self._sensitive if one.type == "checkbox")
        return tuple(name for one in boxes for name in one.columns if name in self.cells)

    @cached_property
    def ticks(self) -> np.ndarray:
        """n by items, True where ticked."""
        columns = [self.cells[name] for name in self.items]
        told = [np.array([value == "1" for value in one.values])[one.codes] for one in columns]
        return np.column_stack(told) if told else np.zeros((self.n, 0), dtype=bool)

    @property
    def _sensitive(self) -> list[Field]:
        apart = {ROW, *self.known}
        return [
            one
            for one in self.codebook.fields
            if one.name not in apart and one.policy.cls != "quasi" and one.columns[0] in self.cells
        ]


def read_folder(folder: Path) -> Published:
    """The release in a folder.

    Raises: FolderError with words about what can't be read.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest.get("form") != FORM:
            raise FolderError("this release was written in a form that this program does not know")
        _whole(manifest)
        if manifest["product"] == TABULATED:
            told = json.loads((folder / TABLES).read_text(encoding="utf-8"))
            return Published(folder, manifest, Instrument("release", 1, ()), {}, 0, (), (), told)
        if manifest["product"] == PUBLISHED:
            told = json.loads((folder / PUBLIC).read_text(encoding="utf-8"))
            return Published(folder, manifest, Instrument("release", 1, ()), {}, 0, (), (), public=told)
        codebook = read_dictionary((folder / CODEBOOK).read_bytes(), name="release")
        data, classes = _table(folder / DATA), _table(folder / CLASSES)
        sizes = [int(size) for size in classes.drop_in_place("rows")]
    except FileNotFoundError as wrong:
        raise FolderError(f"“{folder.name}” is no release: {Path(wrong.filename).name} is missing") from None
    except DictionaryError as wrong:
        raise FolderError(f"codebook.csv: {wrong}") from None
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError) as wrong:
        raise FolderError(f"“{folder.name}” can't be read as a release: {wrong}") from None
    keys = classes.rows() if classes.width else [()] * len(sizes)
    cells = {name: _column(data[name]) for name in data.columns}
    listed = tuple(zip(keys, sizes, strict=True))
    return Published(folder, manifest, codebook, cells, data.height, listed, tuple(classes.columns))


def of_rows(releases: Sequence[Published]) -> list[Published]:
    """Those of a series that published rows."""
    return [one for one in releases if one.manifest["product"] == MICRODATA]


def of_tables(releases: Sequence[Published]) -> list[Published]:
    """Those of a series that published tables."""
    return [one for one in releases if one.manifest["product"] == TABULATED]


def _whole(manifest: dict[str, Any]) -> None:
    """Raises: FolderError when the manifest says less than an attacker, or the next release, has to know."""
    product = manifest.get("product")
    if product not in WANTED:
        raise FolderError(f"this release is no microdata, no tables and no public page, but “{product}”")
    missing = [key for key in WANTED[product] if key not in manifest]
    missing += [key for key in TARGETS if product == MICRODATA and key not in manifest.get("targets", {})]
    if missing:
        raise FolderError(f"the manifest does not say “{missing[0]}”")
    out = manifest.get("left_out_at_most", 0)
    if type(out) not in (int, float) or not 0 <= out < 1:
        raise FolderError("the manifest says that more people were left out than there are")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _table(path: Path) -> pl.DataFrame:
    with path.open(encoding="utf-8", newline="") as opened:
        heading = next(csv.reader(opened), [])
    if len(set(heading)) != len(heading):
        raise FolderError(f"{path.name}: two columns have the same name")
    return pl.read_csv(path, infer_schema=False, empty_string_is_null=False)


def _column(cells: pl.Series) -> Column:
    values = cells.unique().sort()
    return Column(tuple(values.to_list()), cells.cast(pl.Enum(values)).to_physical().to_numpy().astype(np.int64))
