"""Tables as a paper prints them: n of N in per cent, each question with its own N, who did not answer, and where more is possible."""

import json
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from instruments.editions import hierarchies, load
from instruments.row import columns
from release import tabulate
from release.design import design
from release.plan import find_plan
from release.rows import read_boxes, read_rows
from release.tabulate import following
from tests.support import cohort

OUTTAKE = load("outtake")


def outtakes(path: Path, size: int = 120) -> Path:
    """What people said after their meeting: most were helped, some left a question."""
    random = np.random.default_rng(3)
    made = {name: np.full(size, "", dtype=object) for name in columns(OUTTAKE)}
    for name in ("o_v_strat", "o_v_emot", "o_v_resrc", "o_v_gap", "o_useful", "o_believed", "o_plan", "o_alone"):
        codes = [choice.code for choice in OUTTAKE[name].options]
        likely = np.array([0.45, 0.3, *[0.25 / (len(codes) - 2)] * (len(codes) - 2)])
        made[name] = np.where(
            random.random(size) < 0.15, "skip", np.array(codes, dtype=object)[random.choice(len(codes), size, p=likely)]
        )
    for place, name in enumerate(OUTTAKE["o_value"].columns):
        made[name] = np.where(random.random(size) < (0.7, 0.6, 0.4, 0.3, 0.0, 0.05)[place], "1", "0").astype(object)
    pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in made.items()}).write_csv(path)
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Table 1 of 90 intakes, and Table 2 of 120 outtakes."""
    home = tmp_path_factory.mktemp("paper")
    cohort.write(home / "one.csv", 90), outtakes(home / "two.csv")
    for name, instrument in (("one", "intake"), ("two", "outtake")):
        laid = design(find_plan(f"table-{name}.v1"), load(instrument), hierarchies())
        rows, boxes = read_rows(home / f"{name}.csv", laid), read_boxes(home / f"{name}.csv", laid)
        tabulate.write(following(laid, rows, boxes, [], "2026-11"), laid.plan, home / name, "2026-11")
    return home


@pytest.mark.parametrize(
    ("folder", "caption"),
    [("one", "Table 1. Who asked for peer support"), ("two", "Table 2. What people got from the meeting")],
)
def test_a_paper_s_table_is_one_table_with_a_group_of_rows_for_each_question(
    home: Path, folder: str, caption: str
) -> None:
    told = json.loads((home / folder / "tables.json").read_text(encoding="utf-8"))["tables"]
    page = (home / folder / "tables.html").read_text(encoding="utf-8")
    assert f"<caption>{caption}" in page and page.count("<table>") == 1
    groups = re.split(r'<th scope="rowgroup"[^>]*>', page)[1:]
    assert len(groups) == len(told) >= 8
    for group, one in zip(groups, told, strict=True):
        shown = re.findall(r">(\d+)/(\d+) \((\d+)%\)<", group)
        wanted = [(min(line["n"], one["of"]), one["of"]) for line in one["lines"] if line["n"] is not None]
        assert [(int(n), int(of)) for n, of, _ in shown] == wanted
        assert all(abs(int(share) - 100 * int(n) / int(of)) <= 0.5 for n, of, share in shown)
        assert ("No answer, or not asked" in group) == (one["missing"] is not None)
        assert one["many"] == ("more than one answer possible" in group or "all that apply" in group)


def test_each_question_has_its_own_n(home: Path) -> None:
    told = json.loads((home / "two/tables.json").read_text(encoding="utf-8"))["tables"]
    frame = pl.read_csv(home / "two.csv", infer_schema=False, empty_string_is_null=False)
    answered = {
        name: frame.filter(~pl.col(name).is_in(["", "skip"])).height for name in ("o_useful", "o_plan", "o_alone")
    }
    for one in told:
        if one["field"] in answered and one["missing"] is not None:
            assert abs(one["of"] - answered[one["field"]]) <= 2
    assert len({one["of"] for one in told}) > 1


def test_what_one_got_from_the_meeting_is_counted_box_by_box(home: Path) -> None:
    value = next(
        one
        for one in json.loads((home / "two/tables.json").read_text(encoding="utf-8"))["tables"]
        if one["field"] == "o_value"
    )
    frame = pl.read_csv(home / "two.csv", infer_schema=False)
    shown = {line["codes"][0]: line["n"] for line in value["lines"] if line["n"] is not None}
    assert {"strat", "emot", "resrc", "gap"} == shown.keys() and value["many"]
    assert all(abs(n - (frame[f"o_value___{code}"] == "1").sum()) <= 2 for code, n in shown.items())
