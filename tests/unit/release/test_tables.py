"""Tables of so few people that rows would tell: n of N, and no small count that follows from all numbers together."""

import json
import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from release.__main__ import main
from release.attacks.reconstruction import derivable, ranges, reconstruction
from release.cohort import Multi
from release.published import Published
from release.rows import read_boxes, read_rows
from release.tables import Tables, pool, protect, rounded, tables
from tests.support import study
from tests.unit.release import crowd


def made(folder: Path, size: int, seed: int = 1) -> Tables:
    path = study.rows(folder, size, seed)
    return tables(study.laid(), read_rows(path, study.laid()), read_boxes(path, study.laid()))


@pytest.mark.parametrize(("size", "seed"), [(20, 1), (35, 1), (35, 2), (90, 3), (190, 4), (700, 5)])
def test_no_count_of_one_to_ten_can_be_derived(tmp_path: Path, size: int, seed: int) -> None:
    told = made(tmp_path, size, seed)
    assert derivable(told.as_json()) == {}
    numbers = [line.n for one in told.tables for line in one.lines if line.n is not None]
    assert told.tables and all(number % 5 == 0 and number >= 10 for number in numbers)


def test_what_is_told_is_what_the_rows_say(tmp_path: Path) -> None:
    told = made(tmp_path, 700)
    cohort = read_rows(study.rows(tmp_path, 700), study.laid())
    burnout = next(one for one in told.tables if one.field == "miniz_burnout")
    answers = cohort.singles[0]
    for line in burnout.lines:
        exact = int(np.isin(answers.codes, [answers.values.index(code) for code in line.codes]).sum())
        assert line.n == rounded(exact) == rounded(line.exact)
    kinds = next(one for one in told.tables if one.field == "wi_type")
    assert kinds.many and kinds.of == rounded(int((cohort.multis[0].state == 2).sum()))


def test_each_table_has_its_own_number_of_answers(tmp_path: Path) -> None:
    told = made(tmp_path, 700)
    for one in told.tables:
        assert (one.missing is None and one.of == told.people) or abs(one.of + (one.missing or 0) - told.people) <= 5


def test_rare_answers_are_told_with_one_that_is_not_rare() -> None:
    assert pool({"a": 90, "b": 40, "c": 3, "d": 0}) == ("d", "c", "b")
    assert pool({"a": 90, "b": 40}) == ()


def test_a_box_that_all_but_a_few_ticked_is_not_shown() -> None:
    people = crowd.cohort(crowd.everybody())
    boxes = crowd.races(people.n)
    nearly = np.zeros_like(boxes.ticks)
    nearly[5:, 0] = True
    told = tables(study.laid(crowd.PLAN), people, {"race_eth": Multi("race_eth", boxes.items, nearly, boxes.state)})
    assert [line.n for one in told.tables if one.field == "race_eth" for line in one.lines[:1]] in ([], [None])


def test_what_follows_is_what_trying_all_counts_finds() -> None:
    lines = [{"codes": ["a"], "label": "", "n": 15}, {"codes": ["b", "c"], "label": "", "n": 20}]
    table = {"field": "x", "many": False, "of": 40, "missing": None, "lines": lines}
    found = {code: (low, high) for _, code, low, high in ranges({"people": 40, "tables": [table]})}
    tried = [
        (a, b, c, 40 + off - a - b - c)
        for a, b, c, off in product(range(45), range(45), range(45), range(-2, 3))
        if abs(a - 15) <= 2 and abs(b + c - 20) <= 2 and 40 + off - a - b - c >= 0
    ]
    for place, code in enumerate(("a", "b", "c", "")):
        values = [one[place] for one in tried]
        assert found[code] == pytest.approx((min(values), max(values)))


def test_numbers_that_nobody_could_have_given_are_caught(small: Published) -> None:
    """From what contradicts itself anything follows, and no attack finds it: a changed number must not hide a small one."""
    lines = [{"codes": ["a"], "label": "", "n": 21}, {"codes": ["b"], "label": "", "n": 12}]
    weak = {"field": "x", "many": False, "of": 41, "missing": None, "lines": lines}
    strange = weak | {"missing": 20}
    other = {"field": "y", "many": False, "of": 60, "missing": 15, "lines": [{"codes": ["c"], "label": "", "n": 60}]}
    for told in ([weak], [strange], [weak, other]):
        said = {"people": 41, "tables": told}
        assert not reconstruction(replace(small, tables=said), []).holds


def test_a_number_that_was_not_rounded_is_taken_at_its_word() -> None:
    lines = [{"codes": ["a"], "label": "", "n": 21}, {"codes": ["b"], "label": "", "n": 12}]
    table = {"field": "x", "many": False, "of": 41, "missing": None, "lines": lines}
    assert derivable({"people": 41, "tables": [table]}) == {"x": {""}}


def test_what_could_be_derived_goes_into_the_last_line(tmp_path: Path) -> None:
    told = made(tmp_path, 190)
    exact = [line.exact for one in told.tables for line in one.lines]
    assert protect(told) == told and min(exact, default=0) >= 0


@pytest.mark.slow
def test_a_steward_at_the_terminal_gets_tables_for_35_people(tmp_path: Path) -> None:
    study.rows(tmp_path, 35)
    (tmp_path / "small.toml").write_text(study.PLAN, encoding="utf-8")
    words = ["--rows", tmp_path / "rows-35-1.csv", "--dictionary", "intake.v1.csv", "--plan", tmp_path / "small.toml"]
    assert main(["build", *map(str, words), "--out", str(tmp_path / "rows")]) == 3
    assert main(["tables", *map(str, words), "--out", str(tmp_path / "tables")]) == 0
    assert main(["verify", str(tmp_path / "tables")]) == 0
    shown = (tmp_path / "tables/tables.html").read_text(encoding="utf-8")
    told = json.loads((tmp_path / "tables/tables.json").read_text(encoding="utf-8"))
    numbers = {line["n"] for one in told["tables"] for line in one["lines"] if line["n"]}
    assert {int(n) for n in re.findall(r">(\d+)/\d+ \(", shown)} == numbers
    assert "script" not in shown and "http" not in shown


def test_nineteen_people_are_not_told_of_in_tables_either(tmp_path: Path, capsys) -> None:
    study.rows(tmp_path, 19)
    words = ["--rows", tmp_path / "rows-19-1.csv", "--dictionary", "intake.v1.csv", "--plan", "table-one.v1"]
    assert main(["tables", *map(str, words), "--out", str(tmp_path / "none")]) == 3
    assert "fewer than 20" in capsys.readouterr().err and not (tmp_path / "none").exists()
