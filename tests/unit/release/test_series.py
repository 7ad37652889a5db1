"""Releases of one series: one scheme, far apart, and nobody told apart by subtracting."""

from collections import Counter
from pathlib import Path

import pytest

from release.build import draft
from release.cohort import Cohort
from release.errors import Declined
from release.published import Published
from tests.support import study
from tests.unit.release import crowd
from tests.unit.release.crowd import Person

JOINER = Person("woman", "res", "5", "yes", frozenset({"har"}))
GROWN = crowd.ordinary("man", "late", 60)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return study.publish(crowd.cohort(crowd.everybody()), tmp_path_factory.mktemp("series") / "one", text=crowd.PLAN)


def second(first: Published, people: list[Person], home: Path, month: str = "2026-11") -> Published:
    return study.publish(crowd.cohort(people), home / "two", month=month, previous=[first], text=crowd.PLAN)


def refused(first: Published, cohort: Cohort, month: str = "2026-11") -> str:
    with pytest.raises(Declined) as no:
        draft(study.laid(crowd.PLAN), cohort, [first], month)
    assert no.value.target == "series"
    return no.value.words


def test_a_single_joiner_waits(first: Published, tmp_path: Path) -> None:
    release = second(first, [*crowd.everybody(), *GROWN, JOINER], tmp_path)
    before, after = first.groups, release.groups
    women = [key for key in after if key[:2] == ("res", "woman") or key[:2] == ("woman", "res")]
    assert women and all(after[key] == before[key] for key in women)
    assert release.n == first.n + 60


def test_many_joiners_who_differ_come_in_together(first: Published, tmp_path: Path) -> None:
    release = second(first, [*crowd.everybody(), *GROWN], tmp_path)
    grown = [key for key, now in release.groups.items() if now != first.groups[key]]
    assert len(grown) == 1


def test_joiners_who_answered_alike_wait_however_many(first: Published, tmp_path: Path) -> None:
    alike = [Person("woman", "early", "3", "no", frozenset({"disc", "har", "retal"}))] * 10
    release = second(first, [*crowd.everybody(), *GROWN, *alike], tmp_path)
    assert release.n == first.n + 60


def test_a_class_that_somebody_left_is_left_out_whole(first: Published, tmp_path: Path) -> None:
    people = crowd.everybody()
    gone = people.pop(0)
    release = second(first, [*people, *GROWN], tmp_path)
    assert release.n == first.n + 60 - crowd.SIZE
    key = next(key for key in first.groups if {gone.gender, gone.stage} <= set(key))
    assert key not in release.groups


def test_so_many_who_left_that_nobody_is_told_apart_take_nobody_along(first: Published, tmp_path: Path) -> None:
    people = crowd.everybody()
    del people[5:25]
    release = second(first, [*people, *GROWN, *GROWN], tmp_path)
    assert len(release.groups) == len(first.groups)


def test_the_scheme_of_the_series_is_kept(first: Published, tmp_path: Path) -> None:
    release = second(first, [*crowd.everybody(), *GROWN], tmp_path)
    assert release.manifest["scheme"] == first.manifest["scheme"]
    assert (first.manifest["number"], release.manifest["number"]) == (1, 2)


def test_no_row_number_is_seen_twice(first: Published, tmp_path: Path) -> None:
    release = second(first, [*crowd.everybody(), *GROWN], tmp_path)
    assert not set(first.cells["row"]) & set(release.cells["row"])


def test_a_release_too_soon_or_without_growth_is_told_how_long_to_wait(first: Published) -> None:
    grown = crowd.cohort([*crowd.everybody(), *GROWN])
    assert "wait for 2 more" in refused(first, grown, "2026-09")
    assert "wait for 32 more peers" in refused(first, crowd.cohort(crowd.everybody()))


def test_a_release_of_another_series_is_no_previous_one(first: Published) -> None:
    other = crowd.PLAN.replace('series = "peers"', 'series = "others"')
    with pytest.raises(Declined, match="another series"):
        draft(study.laid(other), crowd.cohort([*crowd.everybody(), *GROWN]), [first], "2026-11")


def test_every_release_of_the_series_must_be_at_hand(first: Published, tmp_path: Path) -> None:
    release = second(first, [*crowd.everybody(), *GROWN], tmp_path)
    words = refused(release, crowd.cohort([*crowd.everybody(), *GROWN, *GROWN]), "2027-11")
    assert "every previous release" in words


def test_rows_with_the_same_answers_stand_for_each_other(first: Published, tmp_path: Path) -> None:
    people = crowd.everybody()
    release = second(first, [*reversed(people), *GROWN], tmp_path)
    assert all(Counter(now) == first.groups[key] for key, now in release.groups.items() if "late" not in key)
