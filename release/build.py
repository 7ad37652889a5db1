"""From a cohort to a draft: search, drop, merge, hold back, until every target holds of the rows that would be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from release import classes, multiselect, overtime
from release.cohort import Cohort
from release.design import Design
from release.draft import Draft, Scheme
from release.errors import Declined
from release.lattice import Lattice
from release.multiselect import Boxes, Merge
from release.published import Published, of_rows
from release.rules import Rules
from release.search import Progress, find, silent
from release.targets import NOTHING_BELOW, ROWS_FROM, Targets


def draft(
    design: Design, cohort: Cohort, previous: Sequence[Published] = (), month: str = "", progress: Progress = silent
) -> Draft:
    """Rows that hold every target of the plan, in the scheme of the series if there is one.

    Raises: Declined naming the target that stands against it, and what would have to give.
    """
    floors(cohort.n)
    overtime.may_follow(previous, design.plan.series, design.plan.id, month, cohort.n)
    before = of_rows(previous)
    if before:
        scheme, proven = scheme_of(before[-1], design), bool(before[-1].manifest["proven"])
    else:
        scheme, proven = choose(design, cohort, progress)
    made = stand(design, cohort, scheme, before)
    _enough(made, design)
    return replace(made, proven=proven, number=len(previous) + 1)


def floors(n: int) -> None:
    """Raises: Declined below the numbers under which nothing, or no row, is published."""
    if n < NOTHING_BELOW:
        raise Declined("floor", f"there are {n} rows, and nothing is published of fewer than {NOTHING_BELOW}")
    if n < ROWS_FROM:
        raise Declined("floor", f"there are {n} rows, and below {ROWS_FROM} only tables are published")


def choose(design: Design, cohort: Cohort, progress: Progress = silent) -> tuple[Scheme, bool]:
    """The scheme for these rows, and whether no other loses less.

    Raises: Declined.
    """
    lattice, targets = lattice_of(design, cohort), design.plan.targets
    boxes = multiselect.untouched(cohort.multis)
    while True:
        boxes = multiselect.repair(cohort.multis, boxes, merges(design), targets)
        shown = _shown(cohort, boxes)
        found = find(lattice, targets, shown.sensitive(), progress)
        if found is None:
            raise _none(lattice, targets, shown)
        # Dropping rows makes combinations rarer, so boxes are merged once more and the search begins anew.
        stands = _standing(shown, lattice, found.node, targets)
        again = multiselect.repair(cohort.only(stands).multis, boxes, merges(design), targets)
        if again == boxes:
            return Scheme(found.node, boxes), found.proven
        boxes = again


def merges(design: Design) -> dict[str, Merge]:
    """Where each question's rare boxes go."""
    return {
        one.field.name: Merge(one.plan.merge, one.field.exclusive)
        for one in design.kept
        if one.field.type == "checkbox"
    }


def lattice_of(design: Design, cohort: Cohort) -> Lattice:
    return Lattice(cohort.known, [one.levels for one in design.known], [one.plan.weight for one in design.known])


def stand(design: Design, cohort: Cohort, scheme: Scheme, previous: Sequence[Published]) -> Draft:
    """The rows that stand under a scheme, beside what was published before."""
    targets = design.plan.targets
    lattice, shown = lattice_of(design, cohort), _shown(cohort, scheme.boxes)
    rows = np.flatnonzero(_standing(shown, lattice, scheme.node, targets))
    dropped, most = cohort.n - len(rows), int(targets.drop * cohort.n + 1e-9)
    if dropped > most or not len(rows):
        words = f"{dropped} of {cohort.n} rows would have to be left out, and the plan allows {most}"
        raise Declined("drop", words + "; wait for more peers")
    while True:
        made = Draft(design, scheme, shown.only(rows), cohort.n, 0.0, proven=False)
        kept = rows[overtime.hold_back(made, previous)] if previous else rows
        part = shown.only(kept)
        kept = kept[_standing(part, lattice_of(design, part), scheme.node, targets)] if len(kept) else kept
        if not len(kept):
            raise Declined("series", "no row may stand beside the previous releases; wait for more peers")
        if len(kept) == len(rows):
            break
        rows = kept
    _no_rare_sets(made, targets)
    return replace(made, loss=_loss(lattice, scheme, rows))


def _loss(lattice: Lattice, scheme: Scheme, rows: np.ndarray) -> float:
    found = classes.group(lattice, scheme.node)
    assert found.of is not None
    return 1.0 - float((1 - found.cost[found.of[rows]]).sum()) / lattice.n


def _standing(shown: Cohort, lattice: Lattice, node: tuple[int, ...], targets: Targets) -> np.ndarray:
    """Which rows are in a class that holds: n booleans."""
    sensitive = shown.sensitive()
    found = classes.group(lattice, node)
    assert found.of is not None
    rules, counts = Rules(targets, sensitive), sensitive.count(found.of, len(found.sizes))
    fails = rules.judge(found.sizes, counts, np.ones(len(found.sizes), dtype=bool)).fails
    stands: np.ndarray = rules.settle(found.sizes, counts, fails)[found.of]
    return stands


def _shown(cohort: Cohort, boxes: Boxes) -> Cohort:
    return replace(cohort, multis=tuple(multiselect.apply(one, boxes[one.field]) for one in cohort.multis))


def _no_rare_sets(made: Draft, targets: Targets) -> None:
    ticks = made.cohort.sensitive().ticks
    if ticks.shape[1] and next(multiselect.rare(ticks, targets.support, targets.together), None):
        raise Declined(
            "support",
            f"some boxes are ticked together in fewer than {targets.support} of the rows that may stand, and the "
            "series has fixed which boxes are merged; wait for more peers, or begin a new series",
        )


def _enough(made: Draft, design: Design) -> None:
    if made.loss > design.plan.loss:
        raise Declined(
            "loss",
            f"rows would lose {made.loss:.0%} of their detail, and the plan allows {design.plan.loss:.0%}; publish "
            "tables, or name fewer columns in a new version of the plan",
        )


def scheme_of(last: Published, design: Design) -> Scheme:
    """The scheme of a series, as its last release has it. Raises: Declined when it does not fit the plan."""
    told = last.manifest["scheme"]
    try:
        node = tuple(int(told["levels"][one.field.name]) for one in design.known)
        boxes = {field: dict(told["boxes"][field]) for field in merges(design)}
    except KeyError as missing:
        raise Declined("series", f"the previous release has no {missing}; begin a new series") from None
    return Scheme(node, boxes)


def _none(lattice: Lattice, targets: Targets, shown: Cohort) -> Declined:
    """Which target stands against every scheme, by letting each go in turn."""
    lighter: dict[str, tuple[Targets, str]] = {
        "k": (replace(targets, k=2), f"classes of {targets.k} rows"),
        "l": (replace(targets, l=1), f"{targets.l} distinct answers in each class"),
        "t": (replace(targets, t=1.0), f"distributions within {targets.t:g} of all rows'"),
        "share": (replace(targets, share=1.0, flat=False), f"ticked shares within {targets.share:g} of all rows'"),
        "exclusion": (replace(targets, exclusion=1.0), "nobody told apart by exclusion"),
    }
    helps = [name for name, (given, _) in lighter.items() if find(lattice, given, shown.sensitive()) is not None]
    if not helps:
        return Declined("targets", "no scheme holds the targets, whichever one of them gives way; publish tables")
    words = ", or ".join(lighter[name][1] for name in helps)
    return Declined(helps[0], f"no scheme holds every target. It would if this gave way: {words}. Or publish tables")
