"""Tables of a cohort that grew, and tables beside rows: nobody can be told by subtracting one from the other."""

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from release import build, tables, tabulate
from release.__main__ import main
from release.attacks import series
from release.attacks.files import schema
from release.attacks.growth import systems, told_by_subtracting
from release.attacks.suite import attack
from release.build import draft
from release.errors import Declined
from release.published import Published, digest, read_folder
from release.rows import read_boxes, read_rows
from release.tabulate import following
from tests.support import study

pytestmark = pytest.mark.slow


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


def test_a_box_that_was_shown_is_shown_again_as_it_is_or_as_it_was(home: Path, first: Published) -> None:
    """Left out, it would tell who knows the rule that it changed by a few."""
    second = tabulated(home, "boxes", 215, "2026-07", [first])
    assert second.tables and first.tables
    after, kept = {one["field"]: one for one in second.tables["tables"]}, 0
    kinds = read_rows(study.rows(home, 700), study.laid()).only(np.arange(215)).multis[0]
    for one in first.tables["tables"]:
        for line, now in zip(one["lines"], after[one["field"]]["lines"], strict=True) if one["many"] else ():
            assert line["n"] is None or now["n"] is not None
            if one["field"] == kinds.field and now["n"] is not None:
                off = int(kinds.ticks[:, kinds.items.index(now["codes"][0])].sum()) - now["n"]
                assert -2 <= off <= 2 or (now["n"] == line["n"] and 2 < off < 11)
                kept += off > 2
    assert kept
    assert "may be told as it was then" in (second.folder / "tables.html").read_text(encoding="utf-8")


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


def test_numbers_that_nobody_could_have_given_after_the_earlier_ones_are_caught(first: Published) -> None:
    """Two thousand people in a question that nobody else answered: the sums hide whoever joined."""
    assert first.tables
    told = json.loads(json.dumps(first.tables)) | {"people": first.tables["people"] + 60}
    told["tables"] = [one | {"missing": 2000} for one in told["tables"] if not one["many"]]
    assert not series.differencing(replace(first, tables=told), [first]).holds


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


def beside(rows: Published, box: str, ticked: int, others: int, missing: int | None = None) -> Published:
    """Later tables with one box of one question: so many ticked it, so many did not, and so many gave no answer."""
    of = ticked + others
    table = {"field": "wi_type", "many": True, "of": tables.rounded(of), "missing": missing and tables.rounded(missing)}
    table["lines"] = [{"codes": [box], "label": "", "n": tables.rounded(ticked)}]
    told = {"people": tables.rounded(of + (missing or 0)), "tables": [table]}
    manifest = rows.manifest | {"product": "tables", "scheme": {"levels": {}, "boxes": {}}}
    return replace(rows, manifest=manifest, cells={}, n=0, tables=told)


@pytest.mark.parametrize("missing", [None, 60])
def test_nobody_who_did_not_tick_a_box_is_told_beside_the_rows(small: Published, missing: int | None) -> None:
    """Forty joined who ticked it and a few who did not: what is left of N tells of the few."""
    merged, known = small.manifest["scheme"]["boxes"]["wi_type"], 0
    for box in (to for code, to in merged.items() if code == to and list(merged.values()).count(to) == 1):
        column = f"wi_type___{box}"
        answered = small.n if missing is None else sum(value in ("0", "1") for value in small.cells[column])
        ticked = int(small.ticks[:, small.items.index(column)].sum())
        for few in range(1, 11):
            later = beside(small, box, ticked + 40, answered - ticked + few, missing)
            of, n = (tables.rounded(one) for one in (answered + 40 + few, ticked + 40))
            left = [whole - some for whole in range(of - 2, of + 3) for some in range(n - 2, n + 3)]
            told = min(left) - (answered - ticked) >= 1 and max(left) - (answered - ticked) <= 10
            assert series.differencing(later, [small]).holds != told
            known += told
    assert known


def test_nobody_who_joined_is_told_by_rows_beside_earlier_tables(small: Published) -> None:
    """Where nobody was left out, the rows less the table are those who came since; where some were, it may be more."""
    column = next(one for one in small.items if one.startswith("wi_type"))
    box, ticked = column.removeprefix("wi_type___"), int(small.ticks[:, small.items.index(column)].sum())
    for left_out, joined in product((0, 0.05), (4, 6, 40)):
        rows = replace(small, manifest=small.manifest | {"left_out_at_most": left_out})
        before = tables.rounded(ticked - joined)
        told = ticked - before - 2 >= 1 and ticked - before + 2 <= 10 and not left_out
        earlier = beside(small, box, ticked - joined, small.n - ticked - 60)
        assert series.differencing(rows, [earlier]).holds != told
        assert told == (joined < 11 and not left_out)


def test_nobody_who_gave_no_answer_is_told_beside_the_rows(small: Published) -> None:
    left = sum(value in ("", "skip") for value in small.cells[small.items[0]])
    for few, holds in ((0, True), (6, False), (40, True)):
        later = beside(small, "other", 300, 400, left + few)
        assert series.differencing(later, [small]).holds == holds


@pytest.fixture(scope="module")
def grown(home: Path) -> Path:
    """Rows of the first 260 people, as open-rows writes them."""
    rows = pl.read_csv(study.rows(home, 700), infer_schema=False, empty_string_is_null=False).head(260)
    rows.with_columns(wave=pl.lit("intake"), month=pl.lit("2026-03")).write_csv(home / "grown.csv")
    (home / "small.toml").write_text(study.PLAN, encoding="utf-8")
    return home


def at_the_terminal(home: Path, name: str, *more: str) -> int:
    words = ["--rows", str(home / "grown.csv"), "--dictionary", "intake.v1.csv", "--plan", str(home / "small.toml")]
    return main(["tables", *words, "--out", str(home / name), *more])


def test_a_steward_at_the_terminal_makes_the_next_tables(grown: Path, first: Published) -> None:
    previous = ["--previous", str(first.folder)]
    assert at_the_terminal(grown, "soon", *previous, "--month", "2026-03") == 3
    assert at_the_terminal(grown, "next", *previous, "--month", "2026-07") == 0
    second = read_folder(grown / "next")
    assert (second.manifest["wave"], second.manifest["number"]) == ("intake", 2)


def test_another_wave_is_another_series(grown: Path, first: Published, tmp_path: Path, capsys) -> None:
    copy = Path(shutil.copytree(first.folder, tmp_path / "copy"))
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8")) | {"wave": "followup-3"}
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert at_the_terminal(grown, "other", "--previous", str(copy), "--month", "2026-07") == 3
    assert "of another wave" in " ".join(capsys.readouterr().err.split())


def twisted(folder: Path, to: Path, name: str, twist) -> Published:
    """A copy whose manifest agrees with a changed file."""
    copy = Path(shutil.copytree(folder, to))
    (copy / name).write_text(twist((copy / name).read_text(encoding="utf-8")), encoding="utf-8")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = digest(copy / name)
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return read_folder(copy)


def exact(text: str) -> str:
    told = json.loads(text)
    told["tables"][0]["lines"][0]["exact"] = 3
    return json.dumps(told)


@pytest.mark.parametrize(
    ("name", "twist", "words"),
    [
        ("tables.json", exact, "says other things than tables do"),
        ("tables.json", lambda text: re.sub(r'"people": (\d+)', r'"people": \g<1>1', text), "is not rounded"),
        ("tables.html", lambda text: re.sub(r"/(\d+) \(", r"/1\1 (", text, count=1), "says other numbers"),
        ("tables.html", lambda text: text.replace("</td>", '</td><td class="number">3</td>', 1), "says other numbers"),
        ("tables.json", lambda text: "[]", "can't be read"),
    ],
    ids=range(5),
)
@pytest.mark.parametrize("product", ["tables", "rows"])
def test_a_number_beside_the_published_ones_is_caught(
    first: Published, small: Published, tmp_path: Path, product: str, name: str, twist, words: str
) -> None:
    made = {"tables": first, "rows": small}[product]
    assert schema(made, []).holds
    found = schema(twisted(made.folder, tmp_path / "copy", name, twist), [])
    assert not found.holds and words in found.words
