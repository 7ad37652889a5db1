"""What a release made now would tell somebody who has those before it, and when the next one is safe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from release import overtime
from release.build import draft, floors, scheme_of, stand
from release.cohort import Cohort
from release.design import Design
from release.draft import Draft
from release.errors import Declined
from release.published import Cells, Published, of_rows


@dataclass(frozen=True)
class Change:
    """A class that is not as it was. joined, left: rows. right: how many of them somebody who knows who they are would
    tell the answers of, by naming the most frequent. safe: enough of them, and different enough.
    """

    joined: int
    left: int
    right: int
    safe: bool


@dataclass(frozen=True)
class Forecast:
    """no: what stands against a release now, if anything does. changes: of classes, if every row were published."""

    no: Declined | None
    made: Draft | None
    changes: tuple[Change, ...]

    @property
    def told_apart(self) -> Change:
        """All unsafe changes together."""
        unsafe = [one for one in self.changes if not one.safe]
        return Change(
            sum(one.joined for one in unsafe), sum(one.left for one in unsafe), sum(one.right for one in unsafe), False
        )


def forecast(design: Design, cohort: Cohort, previous: Sequence[Published], month: str) -> Forecast:
    """Args: as `build.draft`. Raises: Declined below the floors."""
    floors(cohort.n)
    changes: tuple[Change, ...] = ()
    try:
        before = of_rows(previous)
        if before:
            changes = _changes(stand(design, cohort, scheme_of(before[-1], design), ()), before)
        return Forecast(None, draft(design, cohort, previous, month), changes)
    except Declined as no:
        return Forecast(no, None, changes)


def peers_to_wait_for(forecast: Forecast, k: int) -> int:
    """How many more must join the class that is nearest to being published anew; 0 when nobody waits."""
    waiting = (one.joined for one in forecast.changes if not one.safe)
    return min((k - joined for joined in waiting if 0 < joined < k), default=0)


def _changes(everybody: Draft, previous: Sequence[Published]) -> tuple[Change, ...]:
    targets, before = everybody.design.plan.targets, overtime.last_seen(previous)
    made = []
    for key, rows in overtime.rows_of(everybody).items():
        now: Counter[Cells] = Counter({value: len(places) for value, places in rows.items()})
        joined, left = now - before.get(key, Counter()), before.get(key, Counter()) - now
        if key in before and (joined or left):
            changed = [one for one in (joined, left) if one]
            made.append(
                Change(
                    joined.total(),
                    left.total(),
                    sum(max(one.values()) for one in changed),
                    all(overtime.many(one, targets.k, targets.l) for one in changed),
                )
            )
    return tuple(made)
