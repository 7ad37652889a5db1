"""Tables of a cohort that grew, and tables beside rows: nobody can be told by subtracting one from the other."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from release import build, tables, tabulate
from release.attacks.growth import systems, told_by_subtracting
from release.attacks.suite import attack
from release.build import draft
from release.errors import Declined
from release.published import Published, read_folder
from release.rows import read_boxes, read_rows
from release.tabulate import following
from tests.support import study


def tabulated(
    home: Path, name: str, size: int, month: str, previous: Sequence[Published] = (), people: slice | None = None
) -> Published:
    """Tables of the first so many people of one cohort, or of a part of them."""
    laid, path = study.laid(), study.rows(home, 700)
    part = range(700)[people or slice(size)]
    cohort, boxes = read_rows(path, laid).only(list(part)), read_boxes(path, laid)
    boxes = {field: one.only(list(part)) for field, one in boxes.items()}
    tabulate.write(following(laid, cohort, boxes, previous, month), laid.plan, home / name, month, previous)
    return read_folder(home / name)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@pytest.fixture(scope="module")
def first(home: Path) -> Published:
    return tabulated(home, "first", 190, "2026-01")


def caught(release: Published, *previous: Published) -> list[str]:
    return [kind for kind, one in attack(release, previous).items() if not one.holds]


@pytest.mark.parametrize("size", [215, 260, 400])
def test_no_joiner_is_told_by_subtracting(home: Path, first: Published, size: int) -> None:
    second = tabulated(home, f"grown-{size}", size, "2026-07", [first])
    assert second.tables and first.tables and second.tables["tables"]
    assert told_by_subtracting(second.tables, [first.tables]) == {}
    assert caught(second, first) == []
    assert second.manifest["scheme"]["levels"] == first.manifest["scheme"]["levels"]
    assert (second.manifest["number"], len(second.manifest["previous"])) == (2, 64)


def test_third_tables_stand_beside_both_before_them(home: Path, first: Published) -> None:
    second = tabulated(home, "second", 260, "2026-07", [first])
    third = tabulated(home, "third", 330, "2027-01", [first, second])
    assert caught(third, first, second) == []
    assert "composition" in caught(third, first)


def test_an_engine_that_does_not_subtract_is_caught_by_that_alone(home: Path, first: Published, monkeypatch) -> None:
    monkeypatch.setattr(tables, "told_by_subtracting", lambda told, earlier: {})
    second = tabulated(home, "careless", 260, "2026-07", [first])
    assert caught(second, first) == ["differencing"]
    found = attack(second, [first])["differencing"]
    assert 0 < found.success < 1 and "changes are known to be of 1 to 10" in found.words


def test_another_level_in_the_next_tables_is_caught(home: Path, first: Published, monkeypatch) -> None:
    monkeypatch.setattr(tables, "_finest", lambda one, codes: 2)
    laid, path = study.laid(), study.rows(home, 700)
    told = tables.tables(laid, read_rows(path, laid), read_boxes(path, laid))
    tabulate.write(told, laid.plan, home / "coarse", "2026-07", [first])
    assert caught(read_folder(home / "coarse"), first) == ["composition"]


def test_tables_too_soon_or_without_growth_are_told_how_long_to_wait(home: Path, first: Published) -> None:
    with pytest.raises(Declined, match="wait for 3 more"):
        tabulated(home, "soon", 260, "2026-04", [first])
    with pytest.raises(Declined, match="wait for 15 more peers"):
        tabulated(home, "few", 200, "2026-07", [first])


def test_somebody_who_left_is_not_told_either(home: Path, first: Published) -> None:
    later = tabulated(home, "left", 0, "2026-07", [first], people=slice(15, 290))
    assert later.tables and first.tables
    assert told_by_subtracting(later.tables, [first.tables]) == {} and caught(later, first) == []


def test_what_follows_by_subtracting_is_what_trying_all_counts_finds() -> None:
    def told(a: int, b: int) -> dict:
        lines = [{"codes": ["a"], "label": "", "n": a}, {"codes": ["b"], "label": "", "n": b}]
        return {
            "people": a + b,
            "tables": [{"field": "x", "many": False, "of": a + b, "missing": None, "lines": lines}],
        }

    before, now = told(20, 20), told(25, 35)
    tried = [
        (a2 - a1, b2 - b1)
        for a1, b1, a2, b2 in product(range(18, 23), range(18, 23), range(23, 28), range(33, 38))
        if a2 >= a1 and b2 >= b1 and 38 <= a1 + b1 <= 42 and 58 <= a2 + b2 <= 62
    ]
    ((_, system, aims),) = systems(now, [before])
    (found,) = [system.range(terms) for terms, code in aims if code == "a" and len(terms) == 2]
    assert found == pytest.approx((min(a for a, _ in tried), max(a for a, _ in tried)))
    assert found == pytest.approx((1, 9))
    assert told_by_subtracting(now, [before]) == {"x": {"a"}}


def test_rows_of_people_of_whom_tables_were_published_wait(home: Path) -> None:
    early = tabulated(home, "early", 640, "2026-01")
    people = study.people(home, 700)
    with pytest.raises(Declined, match="the last release is of tables, and beside it rows of the same people") as no:
        draft(study.laid(), people.only(list(range(650))), [early], "2026-07")
    assert "wait for 54 more peers" in no.value.words


def test_rows_beside_tables_of_the_same_people_are_caught(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (build.overtime, tabulate):
        monkeypatch.setattr(module, "may_follow", lambda *given: None)
    early = tabulated(home, "same", 700, "2026-01")
    rows = study.publish(study.people(home, 700), home / "rows", month="2026-07", previous=[early])
    assert caught(rows, early) == ["differencing"]
    assert "Rows and tables side by side" in attack(rows, [early])["differencing"].words
    alone = study.publish(study.people(home, 700), home / "alone")
    later = tabulated(home, "later", 700, "2026-07", [alone])
    assert caught(later, alone) == ["differencing"]


def test_tables_from_long_before_do_not_stand_against_rows(home: Path, first: Published) -> None:
    rows = study.publish(study.people(home, 700), home / "much-later", month="2026-07", previous=[first])
    assert caught(rows, first) == [] and rows.manifest["number"] == 2
