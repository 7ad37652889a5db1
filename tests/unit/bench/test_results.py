"""Rounds, the table, and the file that keeps the rows."""

import json
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench import results
from bench.rounds import Pace, Round, Row, in_turns

ORDER = ["first", "second", "third"]


def row(name: str, *, met: bool = True, limit: float | None = 200.0) -> Row:
    made = Row(name, "a second", "80% of the limit", [Round(limit, 100.0), Round(limit, 150.0), Round(limit, 160.0)])
    return made.judge((met, "the disk is slow"))


def test_the_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    one = Row("x", "ms", "", [Round(100.0, 90.0), Round(10.0, 20.0), Round(1000.0, 700.0)])
    assert (one.value, one.limit, one.ratio) == (90.0, 100.0, 0.9)  # of the medians it would be 0.9, of sums 0.73


def test_limit_and_product_take_turns_and_the_first_turn_of_each_is_not_counted() -> None:
    turns: list[str] = []
    rounds = in_turns(
        Pace(rounds=3),
        lambda: (turns.append("limit") or 2.0, {}),
        lambda: (turns.append("product") or 1.0, {"p50_ms": 4.0}),
    )
    assert turns == ["limit", "product", "limit", "product", "product", "limit", "limit", "product"]
    assert [one.ratio for one in rounds] == [0.5] * 3


def test_a_missed_demand_says_why_and_a_kept_one_says_nothing() -> None:
    one = row("x").judge((True, "never said"), (False, "the disk is slow"), (False, "errors: 3"))
    assert (one.met, one.why) == (False, "the disk is slow; errors: 3")
    assert row("x").judge((True, "never said")).why == ""


def test_a_row_measured_again_replaces_itself_and_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    for name in ("third", "first"):
        results.keep(row(name).as_result(), ORDER, path)
    results.keep(row("third", met=False).as_result(), ORDER, path)
    kept = json.loads(path.read_text())
    assert [(one["name"], one["met"]) for one in kept] == [("first", True), ("third", False)]
    assert kept[1]["why"] == "the disk is slow"
    assert set(kept[0]) >= {"name", "value", "unit", "limit", "ratio", "target", "met", "rounds", "why"}
    assert [one["product"] for one in kept[0]["rounds"]] == [100.0, 150.0, 160.0]


def test_the_table_tells_the_machine_the_ratio_and_what_was_missed() -> None:
    told = results.table([row("first").as_result(), row("second", met=False, limit=None).as_result()], "2 cores")
    assert told.startswith("2 cores\n")
    first, second = (next(line for line in told.splitlines() if line.startswith(name)) for name in ("first", "second"))
    assert "0.75" in first and first.endswith("met")
    assert second.endswith("MISSED")
    assert "Missed because: the disk is slow" in told


@pytest.fixture
def two_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A bench of one row that misses its target and one that breaks."""

    def broken(_pace: Pace) -> Row:
        raise OSError("no disk")

    monkeypatch.setattr(bench, "ROWS", {"missed": lambda _pace: row("missed", met=False), "broken": broken})
    monkeypatch.setattr(results.keep, "__defaults__", (tmp_path / "results.json",))
    monkeypatch.setattr(results.read, "__defaults__", (tmp_path / "results.json",))
    return tmp_path / "results.json"


def test_a_missed_target_is_no_failure(two_rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["missed"]) == 0
    assert "MISSED" in capsys.readouterr().out
    assert json.loads(two_rows.read_text())[0]["met"] is False


def test_a_row_that_breaks_is_named_and_the_others_are_measured(
    two_rows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main([]) == 1
    said = capsys.readouterr()
    assert "could not be measured: broken" in said.err
    assert [one["name"] for one in json.loads(two_rows.read_text())] == ["missed"]


def test_a_name_that_is_no_row_is_answered_with_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["intake_oracle"])
    assert "intake_sqlite intake_postgres shell" in capsys.readouterr().err
