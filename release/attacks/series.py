"""Several releases side by side, and what the way they were made gives away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from release.attacks import growth
from release.attacks.reconstruction import LEAST
from release.attacks.result import Result
from release.attacks.side_by_side import left_out
from release.published import MANIFEST, Cells, Published, digest, of_rows, of_tables


def differencing(release: Published, previous: Sequence[Published]) -> Result:
    """Somebody knows who joined, or left, between two releases, and subtracts one from the other."""
    found = [_tables(release, previous)] if release.tables is not None else [_rows(release, of_rows(previous))]
    found += [*left_out(release, previous)]
    caught = [one for one in found if not one.holds]
    return (caught or sorted(found, key=lambda one: -one.success))[0]


def _tables(release: Published, previous: Sequence[Published]) -> Result:
    earlier = [one.tables for one in of_tables(previous) if one.tables is not None]
    if not earlier or release.tables is None:
        return Result(True, 0.0, 0.0, "There are no earlier tables to subtract.")
    aims, known, where = 0, 0, []
    for table, system, wanted in growth.systems(release.tables, earlier):
        if not system.can_be():
            return Result(False, 1.0, 0.0, f"No people at all could have given these and the earlier numbers: {table}.")
        small = sum(1 for _ in system.small(wanted))
        where += [table] if small else []
        aims, known = aims + len(wanted), known + small
    words = f"None of {aims} changes since the earlier tables can be derived to be of 1 to {LEAST - 1} people."
    if known:
        words = f"{known} of {aims} changes are known to be of 1 to {LEAST - 1} people, in: {', '.join(sorted(where))}."
    return Result(not known, known / max(aims, 1), 0.0, words)


def _rows(release: Published, previous: Sequence[Published]) -> Result:
    k, distinct = int(release.targets["k"]), int(release.targets["l"])
    before: dict[Cells, Counter[Cells]] = {}
    for one in previous:
        if _scheme(one) == _scheme(release):
            before |= one.groups
    if not before:
        return Result(True, 0.0, 0.0, "There is no earlier release in this scheme to subtract.")
    caught, right, told = 0, 0.0, 0
    for key, now in release.groups.items():
        for changed in (now - before[key], before[key] - now) if key in before else ():
            told += changed.total()
            right += max(changed.values(), default=0)
            caught += bool(changed) and not (changed.total() >= k and len(changed) >= distinct)
    words = f"{caught} classes changed by so few that whoever joined or left is told apart."
    usual = sum((held for held in release.groups.values()), Counter()).most_common(1)[0][1] / release.n
    return Result(not caught, right / told if told else 0.0, usual, words)


def composition(release: Published, previous: Sequence[Published]) -> Result:
    """Two schemes for the same people cut them into smaller groups than either does: a series keeps one."""
    if not previous:
        return Result(True, 0.0, 0.0, "This is the first release of its series.")
    mine = _scheme(release)
    of_a_kind = of_rows(previous) if release.tables is None else of_tables(previous)
    theirs = _scheme(of_a_kind[-1]) if of_a_kind else mine
    off = [name for name, level in mine["levels"].items() if theirs["levels"].get(name) != level]
    off += [name for name, boxes in mine["boxes"].items() if theirs["boxes"].get(name) != boxes]
    columns = len(mine["levels"]) + len(mine["boxes"])
    if off:
        return Result(False, len(off) / columns, 0.0, f"Told otherwise than in the release before: {', '.join(off)}.")
    follows = release.manifest["previous"] == digest(previous[-1].folder / MANIFEST)
    if not follows or release.manifest["number"] != len(previous) + 1:
        return Result(False, 1.0, 0.0, "The manifest does not name the release before as the one given.")
    return Result(True, 0.0, 0.0, "All releases of the series use one scheme.")


def minimality(release: Published, previous: Sequence[Published]) -> Result:
    """A class made coarser than its neighbours tells why it had to be. So a column is told at one level everywhere."""
    off, cells = 0, 0
    for name in release.known:
        level = int(release.manifest["scheme"]["levels"][name])
        codes = {levels[level] for levels in release.manifest["hierarchies"][name].values()}
        strange = [place for place, value in enumerate(release.cells[name].values) if value not in codes]
        off += int(np.isin(release.cells[name].codes, strange).sum())
        cells += release.n
    words = f"{off} cells are told at another level than their column." if off else "Each column is told at one level."
    return Result(not off, off / max(cells, 1), 0.0, words)


def _scheme(release: Published) -> dict[str, dict[str, object]]:
    told: dict[str, dict[str, object]] = release.manifest["scheme"]
    return told
