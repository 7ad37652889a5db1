"""The files themselves: columns that nobody approved, an order or row numbers that tell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from math import sqrt

import numpy as np

from release.attacks import counted, formats, public, told
from release.attacks.result import Result
from release.published import MANIFEST, ROW, Published, digest

REPORT = re.compile(r"attack-report\.(json|html)")
SURE = 6  # standard deviations
TRIED = 200  # rows whose digests are compared
ROWS_FROM = 200  # no board may publish fewer


def schema(release: Published, previous: Sequence[Published]) -> Result:
    """Every file, column and cell is one that the manifest and the codebook name."""
    faults = _files(release)
    if release.public is not None:
        faults += public.faults(release)
    elif release.tables is None:
        faults += [*_columns(release), *_cells(release)]
        faults += [f"there are fewer than {ROWS_FROM} rows"] if release.n < ROWS_FROM else []
    faults += told.faults(release)
    words = "; ".join(faults) if faults else "Every file, column and code is accounted for."
    return Result(not faults, float(bool(faults)), 0.0, words)


def metadata(release: Published, previous: Sequence[Published]) -> Result:
    """Rows lie in the order of random numbers, and no format tells an hour: nothing says when somebody came."""
    strange = [*formats.faults(release), *counted.faults(release)]
    if strange:
        return Result(False, 1.0, 0.0, "; ".join(strange) + ".")
    numbers = list(release.cells[ROW]) if ROW in release.cells else []
    if numbers != sorted(numbers):
        return Result(False, 1.0, 0.0, "Rows lie in another order than their numbers: it may be that of arrival.")
    places = np.array([int(number[:12], 16) / 16**12 for number in numbers]) if numbers else np.zeros(0)
    spread = np.abs(places - (np.arange(len(places)) + 0.5) / max(len(places), 1)).max(initial=0) * sqrt(len(places))
    alike, expected, deviation = _neighbours(release)
    pairs = max(release.n - 1, 1)
    if spread > SURE / 2:
        return Result(False, 1.0, 0.0, "Row numbers are not spread as random ones are.")
    if abs(alike - expected) > SURE * deviation + 1:
        return Result(False, alike / pairs, expected / pairs, "Rows that are alike lie together.")
    return Result(True, alike / pairs, expected / pairs, "Order and row numbers are as chance would have them.")


def membership(release: Published, previous: Sequence[Published]) -> Result:
    """Nobody can find a person's row by a number that can be computed from her answers or was seen before."""
    if release.public is not None:
        return public.membership(release, previous)
    numbers = _numbers(release)
    before = {number for one in previous for number in _numbers(one)}
    seen = len(numbers & before)
    computed = _computed(release)
    tried = min(release.n, TRIED)
    success = max(seen / max(len(numbers), 1), computed / max(tried, 1))
    if success:
        return Result(False, success, 0.0, "Row numbers can be computed, or are those of an earlier release.")
    return Result(True, 0.0, 0.0, "Row numbers are no fingerprint of the answers and in no earlier release.")


def _files(release: Published) -> list[str]:
    told: dict[str, str] = release.manifest["files"]
    there = {path.name for path in release.folder.iterdir()} - {MANIFEST}
    strange = sorted(name for name in there - told.keys() if not REPORT.fullmatch(name))
    faults = [f"{name} is in no manifest" for name in strange]
    faults += [f"{name} is missing" for name in sorted(told.keys() - there)]
    return faults + [f"{n} has changed" for n in sorted(told.keys() & there) if digest(release.folder / n) != told[n]]


def _columns(release: Published) -> list[str]:
    named = [name for one in release.codebook.fields for name in one.columns]
    strange = [name for name in release.columns if name not in named]
    faults = [f"the column {name} is not in the codebook" for name in strange]
    faults += [f"the column {name} is missing" for name in named if name not in release.columns]
    if not faults and list(release.columns) != named:
        faults.append("the columns are in another order than the codebook's")
    for one in release.codebook.fields:
        if one.identifier or (one.name != ROW and one.type not in ("radio", "checkbox")):
            faults.append(f"{one.name} is a kind of field that no release may hold")
    return faults


def _cells(release: Published) -> list[str]:
    faults = []
    numbers = _numbers(release)
    if len(numbers) != release.n or not all(re.fullmatch("[0-9a-f]{16}", number) for number in numbers):
        faults.append("row numbers are not 16 hex digits each, all different")
    for one in release.codebook.fields:
        codes = {"0", "1", "", "skip"} if one.type == "checkbox" else {choice.code for choice in one.choices} | {""}
        for name in one.columns if one.name != ROW else ():
            if name in release.cells and not set(release.cells[name].values) <= codes:
                faults.append(f"{name} holds a code that the codebook does not know")
    if release.manifest["rows"] != release.n:
        faults.append("the manifest tells another number of rows")
    return faults


def _numbers(release: Published) -> set[str]:
    return set(release.cells[ROW].values) if ROW in release.cells else set()


def _neighbours(release: Published) -> tuple[float, float, float]:
    """How many neighbouring rows are of one class, how many chance would put together, and its spread."""
    of = release.of
    alike = float((of[1:] == of[:-1]).sum())
    sizes = np.bincount(of)
    expected = float((sizes * (sizes - 1)).sum()) / max(release.n, 1)
    return alike, expected, sqrt(max(expected, 1.0))


def _computed(release: Published) -> int:
    rest = [name for name in release.columns if name != ROW]
    found = 0
    for place in range(min(release.n, TRIED) if ROW in release.cells else 0):
        number, *answers = (release.cells[name].values[release.cells[name].codes[place]] for name in (ROW, *rest))
        for joint in (",", "", "|"):
            told = joint.join(answers).encode()
            digests = (hashlib.new(name, told, usedforsecurity=False).hexdigest() for name in ("sha256", "sha1", "md5"))
            found += any(one.startswith(number) for one in digests)
    return found
