"""Boxes that too few ticked, alone or together, are merged upwards and then left out."""

import numpy as np
import pytest

from release.cohort import Multi
from release.multiselect import LEFT_OUT, Merge, apply, rare, repair, untouched
from release.targets import Targets

KINDS = ("disc", "retal", "rare", "oth", "pnts")
MERGE = {"kind": Merge("oth", alone=("pnts",))}


def kinds(seed: int, n: int = 400, shares: tuple[float, ...] = (0.6, 0.5, 0.01, 0.1, 0.03)) -> Multi:
    random = np.random.default_rng(seed)
    ticks = random.random((n, len(shares))) < shares
    ticks[ticks[:, -1], :-1] = False
    return Multi("kind", KINDS[: len(shares)], ticks, np.full(n, 2, dtype=np.uint8))


def supports(one: Multi, together: int) -> list[int]:
    """The support of each set of items that occurs, counted row by row."""
    from itertools import combinations

    found: dict[tuple[int, ...], int] = {}
    for row in one.ticks:
        for size in range(1, together + 1):
            for items in combinations(np.flatnonzero(row).tolist(), size):
                found[items] = found.get(items, 0) + 1
    return list(found.values())


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("together", [1, 2, 3])
def test_after_repair_no_set_of_boxes_is_rare(seed: int, together: int) -> None:
    one, targets = kinds(seed), Targets(support=5, together=together)
    boxes = repair([one], untouched([one]), MERGE, targets)
    shown = apply(one, boxes["kind"])
    assert shown.items and min(supports(shown, together)) >= 5


@pytest.mark.parametrize("seed", range(6))
def test_rare_sets_are_those_that_counting_finds(seed: int) -> None:
    one = kinds(seed, n=120, shares=(0.5, 0.3, 0.2, 0.1))
    found = sum(1 for items in rare(one.ticks, 5, 3) if one.ticks[:, list(items)].all(axis=1).any())
    thin = [count for count in supports(one, 3) if count < 5]
    pairs_thin = sum(1 for items in rare(one.ticks, 5, 2) if one.ticks[:, list(items)].all(axis=1).any())
    assert bool(found) == bool(thin) and pairs_thin == sum(1 for count in supports(one, 2) if count < 5)


def test_a_rare_box_is_merged_before_it_is_left_out() -> None:
    one = kinds(1)
    boxes = repair([one], untouched([one]), MERGE, Targets(support=8, together=1))
    assert boxes["kind"]["rare"] == "oth" and boxes["kind"]["disc"] == "disc"
    shown = apply(one, boxes["kind"])
    assert shown.ticks[:, shown.items.index("oth")].sum() == (one.ticks[:, 2] | one.ticks[:, 3]).sum()


def test_prefers_not_to_say_is_never_told_as_something_else() -> None:
    one = kinds(1)
    boxes = repair([one], untouched([one]), MERGE, Targets(support=60, together=1))
    assert boxes["kind"]["pnts"] == LEFT_OUT


def test_a_box_that_nobody_ticked_is_no_column_of_zeros() -> None:
    one = kinds(1, shares=(0.6, 0.5, 0.0, 0.2))
    boxes = repair([one], untouched([one]), MERGE, Targets(support=5, together=1))
    assert "rare" not in apply(one, boxes["kind"]).items


def test_what_was_merged_in_an_earlier_release_stays_merged() -> None:
    one = kinds(1)
    before = {"kind": {**untouched([one])["kind"], "retal": "oth"}}
    assert repair([one], before, MERGE, Targets(support=1, together=1))["kind"]["retal"] == "oth"


def test_boxes_of_two_questions_are_looked_at_together() -> None:
    n = 200
    first = Multi("kind", ("a", "b"), np.column_stack([np.arange(n) < 100, np.arange(n) >= 100]), np.full(n, 2))
    second = Multi("goal", ("c", "d"), np.column_stack([np.arange(n) < 102, np.arange(n) >= 102]), np.full(n, 2))
    boxes = repair([first, second], untouched([first, second]), {}, Targets(support=5, together=2))
    assert LEFT_OUT in {*boxes["kind"].values(), *boxes["goal"].values()}
