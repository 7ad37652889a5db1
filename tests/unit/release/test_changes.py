"""What became of people between two waves: a change, told as one, and nothing that joins a person's rows."""

import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from instruments.editions import hierarchies, load
from release.__main__ import main
from release.build import draft
from release.changes import Later
from release.design import design
from release.errors import PlanError, RowsError
from release.plan import find_plan, read_plan
from release.published import read_folder
from release.rows import read_rows
from release.write import write
from tests.support import cohort, study

CHANGE = """
[[change]]
name = "burnout_change"
before = "miniz_burnout"
after = "f_miniz"
order = [["1", "2"], ["3"], ["4", "5"]]
"""
PLAN = study.PLAN.replace('protocol = "IRB 7"', 'protocol = "IRB 7"\nlater = "followup.v1"') + CHANGE


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """260 people's intakes, and what they told after 3 and 12 months."""
    home = tmp_path_factory.mktemp("followed")
    first, later = cohort.followed(260)
    first.write_csv(home / "intake.csv"), later.write_csv(home / "followup.csv")
    return home


def words(home: Path, *more: str) -> list[str]:
    given = ["--rows", str(home / "intake.csv"), "--dictionary", "intake.v1.csv", "--plan", "follow-up.v1"]
    later = ["--later", str(home / "followup.csv"), "--later-dictionary", "followup.v1.csv"]
    return ["tables", *given, *later, "--month", "2026-11", *more]


def truth(home: Path, wave: str, order: list[str]) -> Counter[str]:
    """The change of each person, worked out from the files another way."""
    first, later = (
        pl.read_csv(home / name, infer_schema=False, empty_string_is_null=False)
        for name in ("intake.csv", "followup.csv")
    )
    both = first.select("thread", "miniz_burnout").join(
        later.filter(wave=wave).select("thread", "f_miniz"), on="thread"
    )
    found = Counter()
    for then, now in both.select("miniz_burnout", "f_miniz").iter_rows():
        if then in order and now in order:
            step = order.index(now) - order.index(then)
            found["better" if step < 0 else "worse" if step > 0 else "same"] += 1
    return found


@pytest.mark.parametrize("wave", ["followup-3", "followup-12"])
def test_the_change_of_each_is_told_as_a_category(home: Path, wave: str) -> None:
    laid = design(find_plan("follow-up.v1"), load("intake"), hierarchies(), load("followup"))
    read = read_rows(home / "intake.csv", laid, "", Later(home / "followup.csv", load("followup"), wave))
    burnout = next(one for one in read.singles if one.field == "burnout_change")
    told = Counter(burnout.values[code] for code in burnout.codes)
    wanted = truth(home, wave, ["1", "2", "3", "4", "5"])
    assert {name: told[name] for name in ("better", "same", "worse")} == wanted and min(wanted.values()) > 5
    assert read.n == 260 and told[""] == 260 - pl.read_csv(home / "followup.csv").filter(wave=wave).height


@pytest.mark.slow
def test_a_steward_at_the_terminal_gets_tables_of_changes(home: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(words(home, "--later-wave", "followup-3", "--out", str(home / "changes"))) == 0
    told = json.loads((home / "changes/tables.json").read_text(encoding="utf-8"))
    burnout = next(one for one in told["tables"] if one["field"] == "burnout_change")
    wanted = truth(home, "followup-3", ["1", "2", "3", "4", "5"])
    shown = {line["codes"][0]: line["n"] for line in burnout["lines"] if len(line["codes"]) == 1 and line["n"]}
    assert shown and all(abs(n - wanted[code]) <= 2 for code, n in shown.items())
    threads = set(pl.read_csv(home / "intake.csv")["thread"])
    text = "".join(path.read_text(encoding="utf-8") for path in (home / "changes").iterdir())
    assert not any(thread in text for thread in threads)
    capsys.readouterr()
    assert main(words(home, "--out", str(home / "none"))) == 1
    assert "several waves" in capsys.readouterr().err


def test_a_change_may_stand_beside_other_answers_in_rows(home: Path, tmp_path: Path) -> None:
    laid = design(
        read_plan(PLAN.replace("l = 2", "l = 1").replace("share = 0.45", "share = 0.6\nt = 0.6")),
        load("intake"),
        hierarchies(),
        load("followup"),
    )
    read = read_rows(home / "intake.csv", laid, "", Later(home / "followup.csv", load("followup"), "followup-3"))

    write(draft(laid, read, (), "2026-11"), tmp_path / "one", month="2026-11")
    release = read_folder(tmp_path / "one")
    assert set(release.cells["burnout_change"].values) <= {"better", "same", "worse", "skip", ""}
    assert "thread" not in release.cells and release.codebook["burnout_change"].policy.cls == "sensitive"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("miniz_burnout", "gender"), "is no single answer of “gender”"),
        (("f_miniz", "wi_type"), "there is no field “wi_type” in followup"),
        (('["3"]', '["9"]'), "“9” is no single answer"),
        (('["3"]', '["1"]'), "names each answer once"),
        (("burnout_change", "age_band"), "give the change another name"),
        (('later = "followup.v1"', ""), "changes need a later instrument"),
        (('later = "followup.v1"', 'later = "outtake.v1"'), "the plan is about changes until outtake.v1"),
        (("f_miniz", "f_text"), "can't be in a release"),
    ],
    ids=range(8),
)
def test_a_change_that_can_not_be_told_is_refused(change: tuple[str, str], why: str) -> None:
    head, tail = PLAN.split("[[change]]")
    head, tail = head.replace(*change) if "later" in change[0] else head, tail.replace(*change)
    with pytest.raises(PlanError, match=why):
        design(read_plan(head + "[[change]]" + tail), load("intake"), hierarchies(), load("followup"))


def test_rows_without_a_thread_can_not_be_joined(home: Path, tmp_path: Path) -> None:
    laid = design(find_plan("follow-up.v1"), load("intake"), hierarchies(), load("followup"))
    later = Later(home / "followup.csv", load("followup"), "followup-3")
    frame = pl.read_csv(home / "intake.csv", infer_schema=False, empty_string_is_null=False)
    frame.drop("thread").write_csv(tmp_path / "none.csv")
    with pytest.raises(RowsError, match="“thread” is missing"):
        read_rows(tmp_path / "none.csv", laid, "", later)
    frame.with_columns(thread=pl.lit("")).write_csv(tmp_path / "blank.csv")
    with pytest.raises(RowsError, match="some rows have no thread"):
        read_rows(tmp_path / "blank.csv", laid, "", later)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--plan", "table-one.v1"], "about no changes"),
        (["--later-dictionary", ""], "together: --later and --later-dictionary"),
    ],
)
def test_what_does_not_belong_together_is_refused(home: Path, more: list[str], why: str, capsys) -> None:
    assert main(words(home, "--out", str(home / "none"), *more)) == 1
    assert why in " ".join(capsys.readouterr().err.split())
    given = [one if one != "tables" else "build" for one in words(home, "--out", str(home / "none"))]
    assert main(given) == 1 and "it is about tables" in " ".join(capsys.readouterr().err.split())
