"""A series: one scheme, and no class that changes by a few.

Who subtracts one release from the next sees those who joined or left a class. So a class changes by nobody, or by at
least k joiners with at least l distinct sensitive tuples; joiners who are fewer wait, and rows with the same answers
stand for each other. A class from which somebody withdrew is left out whole until as many have left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil

import numpy as np

from release.draft import Draft
from release.errors import Declined
from release.published import MICRODATA, TABULATED, Cells, Published

MONTHS_APART = 6
GROWN_BY = 25
GROWN_SHARE = 0.1
NAMES = {MICRODATA: "rows", TABULATED: "tables"}


def may_follow(
    previous: Sequence[Published], series: str, plan: str, month: str, rows: int, product: str = MICRODATA
) -> None:
    """Whether the next release of a series is due. Rows and tables of one cohort never stand side by side: subtracting
    would tell who was left out of the rows.

    Raises: Declined with how long to wait, or for how many.
    """
    for one in previous:
        if one.manifest.get("series") != series or one.manifest["plan"]["id"] != plan:
            raise Declined("series", "a previous release is of another series or plan; leave it out")
    if [one.manifest["number"] for one in previous] != list(range(1, len(previous) + 1)):
        raise Declined("series", "give every previous release of the series, the first one first")
    if not previous:
        return
    last = previous[-1]
    apart = _months(month) - _months(last.manifest["month"])
    if apart < MONTHS_APART:
        raise Declined("series", f"releases are {MONTHS_APART} months apart; wait for {MONTHS_APART - apart} more")
    # Of the cohort before, rows show all but those who were left out.
    before = last.size if last.manifest["product"] == product else ceil(last.size / (1 - _left_out(last)))
    wanted = before + max(GROWN_BY, ceil(GROWN_SHARE * before))
    if rows < wanted:
        why = "the cohort has not grown enough since"
        if last.manifest["product"] != product:
            why = f"the last release is of {NAMES[last.manifest['product']]}, and beside it {NAMES[product]} of the "
            why += "same people would tell who was left out"
        raise Declined("series", f"{why}; wait for {wanted - rows} more peers")


def _left_out(release: Published) -> float:
    return float(release.manifest.get("left_out_at_most", 0))


def hold_back(draft: Draft, previous: Sequence[Published]) -> np.ndarray:
    """Which rows of the draft may stand beside the previous releases: n booleans."""
    stands = np.ones(draft.cohort.n, dtype=bool)
    before = last_seen(previous)
    targets = draft.design.plan.targets
    for key, rows in rows_of(draft).items():
        if key not in before:
            continue
        now = Counter({value: len(places) for value, places in rows.items()})
        joined, gone = now - before[key], before[key] - now
        if gone and not many(gone, targets.k, targets.l):
            for places in rows.values():
                stands[places] = False
        elif joined and not many(joined, targets.k, targets.l):
            for value, places in rows.items():
                stands[places[now[value] - joined[value] :]] = False
    return stands


def last_seen(previous: Sequence[Published]) -> dict[Cells, Counter[Cells]]:
    """Each class as the newest release showed it that had it."""
    seen: dict[Cells, Counter[Cells]] = {}
    for one in previous:
        seen |= one.groups
    return seen


def many(changed: Counter[Cells], k: int, distinct: int) -> bool:
    """Whether so many changed, and so differently, that nobody is told apart."""
    return changed.total() >= k and len(changed) >= distinct


def rows_of(draft: Draft) -> dict[Cells, dict[Cells, list[int]]]:
    """The places of rows, by class and by the sensitive answers in it."""
    columns = {name: np.array(codes, dtype=object)[numbers] for name, (codes, numbers) in draft.columns().items()}
    known = [one.field.name for one, _ in draft.told()]
    rest = [name for name in columns if name not in known]
    n = draft.cohort.n
    keys = list(zip(*(columns[name] for name in known), strict=True)) or [()] * n
    values = list(zip(*(columns[name] for name in rest), strict=True)) or [()] * n
    found: dict[Cells, dict[Cells, list[int]]] = {}
    for place, (key, value) in enumerate(zip(keys, values, strict=True)):
        found.setdefault(key, {}).setdefault(value, []).append(place)
    return found


def _months(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])
