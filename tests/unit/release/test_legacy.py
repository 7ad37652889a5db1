"""Stan brings rows of earlier years out of REDCap: what they say is kept, whose they are is not, nothing is lost in silence."""

import csv
from pathlib import Path
from random import Random

import pytest

from instruments.answers import SKIP, asked
from instruments.branching import references
from instruments.dictionary import write_dictionary
from instruments.editions import load
from instruments.field import Field, Instrument
from instruments.row import columns, research_row
from release.__main__ import main
from release.rows import read_rows
from tests.support import redcap, study
from tests.support.redcap import HEADING, INTAKE, line


def convert(folder: Path, lines: list[dict[str, str]], *words: str, heading: list[str] | None = None) -> int:
    redcap.export(folder / "export.csv", lines, heading or HEADING)
    (folder / "rows.csv").unlink(missing_ok=True)
    told = ["--export", folder / "export.csv", "--dictionary", "intake.v1.csv", "--out", folder / "rows.csv", *words]
    return main(["legacy", *map(str, told)])


def rows(
    folder: Path, lines: list[dict[str, str]], *words: str, heading: list[str] | None = None
) -> list[dict[str, str]]:
    assert convert(folder, lines, *words, heading=heading) == 0
    with (folder / "rows.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def refused(folder: Path, capsys, lines: list[dict[str, str]], *words: str, heading: list[str] | None = None) -> str:
    assert convert(folder, lines, *words, heading=heading) == 1
    assert not (folder / "rows.csv").exists()
    return " ".join(capsys.readouterr().err.split())


def boxes(row: dict[str, str], field: str) -> set[str]:
    return {row[name] for name in INTAKE[field].columns}


def test_what_she_answered_is_in_the_row_and_build_reads_it(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, [line(7, gender="woman", wi_type=["disc", "pay"], race_eth=["black"], career_stage="res")])
    assert (row["gender"], row["wi_type___disc"], row["wi_type___retal"]) == ("woman", "1", "0")
    assert tuple(row) == columns(INTAKE)
    assert read_rows(tmp_path / "rows.csv", study.laid()).n == 1
    assert row["nonwhite"] == "1"  # calculated anew


@pytest.mark.parametrize("complete", ["1", "2"])
def test_hidden_left_and_never_reached_are_three_things(tmp_path: Path, complete: str) -> None:
    whole = line(1, complete, gender="woman", wi_type=["pay"])
    stopped = line(2, "0", career_stage="res", gender="woman")
    one, two = sorted(rows(tmp_path, [whole, stopped]), key=lambda row: row["career_stage"], reverse=True)
    assert one["career_stage"] == "skip" and boxes(one, "race_eth") == {"skip"}  # shown in a finished form
    assert one["miniz_burnout"] == "skip" and boxes(one, "goals") == {"skip"}  # after her last answer, too
    assert boxes(one, "disc_basis") == {""}  # hidden: she did not tick discrimination
    assert two["degree"] == "skip" and boxes(two, "wi_type") == {""}  # before her last answer, and after it


def test_a_form_without_its_state_is_read_like_one_that_was_broken_off(tmp_path: Path) -> None:
    heading = [name for name in HEADING if name != "intake_complete"]
    (row,) = rows(tmp_path, [line(1, gender="woman")], heading=heading)
    assert row["degree"] == "skip" and row["miniz_burnout"] == ""


def test_missing_codes_mean_what_stan_says(tmp_path: Path, capsys) -> None:
    heading = [*HEADING, "wi_type___na", "wi_type___unk"]
    told = line(1, career_stage="NA", gender="UNK") | {"wi_type___na": "1", "wi_type___unk": "0"}
    words = ["--missing", "NA=unasked", "UNK=pnts"]
    (row,) = rows(tmp_path, [told], *words, heading=heading)
    assert (row["career_stage"], row["gender"], boxes(row, "wi_type")) == ("", "pnts", {""})
    (row,) = rows(tmp_path, [told], "--missing", "NA=left", "UNK=pnts", heading=heading)
    assert (row["career_stage"], boxes(row, "wi_type")) == ("skip", {"skip"})
    assert "line 2, column “career_stage”: this is not one of its codes" in refused(tmp_path, capsys, [told])
    assert rows(tmp_path, [line(1, consent_service="RF")], "--missing", "RF=pnts")  # it is in no row
    said = refused(tmp_path, capsys, [line(1, consent_version="RF")], "--missing", "RF=pnts")
    assert "line 2, column “consent_version”: there is no choice “pnts” to put it under" in said
    both = line(1, wi_type=["pay"]) | {"wi_type___na": "1"}
    said = refused(tmp_path, capsys, [both], "--missing", "NA=left", heading=heading[:-1])
    assert "line 2, column “wi_type___na”: this is ticked beside an answer" in said
    assert "no box “wi_type___na”" in refused(tmp_path, capsys, [told], heading=heading)
    assert "written like NA=unasked" in refused(tmp_path, capsys, [told], "--missing", "NA")
    assert "one of unasked, left, pnts" in refused(tmp_path, capsys, [told], "--missing", "NA=no")


def test_nothing_that_is_not_for_research_is_carried_over_and_the_report_names_it(tmp_path: Path, capsys) -> None:
    kept = set(columns(INTAKE))
    looked_at = {name for one in INTAKE.fields if one.show for name, _ in references(one.show)}
    told = line("Sara-7", gender="woman") | dict.fromkeys(redcap.OWN[3:], "Mercy")
    for one in redcap.READ:
        if one.name not in kept and not one.options and one.name not in looked_at:
            told[one.name] = 'Sara, "told\nthis"' if one.type == "notes" else "Sara"
    told["intake_timestamp"], told["mrn"] = "2021-03-04 10:11:12", "Sara"
    rows(tmp_path, [told], heading=[*HEADING, "mrn"])
    text = (tmp_path / "rows.csv").read_text(encoding="utf-8")
    assert not any(word in text for word in ("Sara", "Mercy", "2021", "told"))
    said = " ".join(capsys.readouterr().out.split())
    left = {one.name for one in redcap.READ if not kept & set(one.columns)} | {"mrn", *redcap.OWN, "intake_timestamp"}
    assert {name for name in left if name not in said} == set()
    assert "it identifies a person: record_id" in said and "not in this dictionary: mrn" in said
    assert "Sara" not in said


def test_rows_do_not_lie_in_the_order_of_the_export(tmp_path: Path) -> None:
    lines = [line(n, gender=gender) for n, gender in enumerate(("woman", "man", "nb", "man"))]
    rows(tmp_path, lines)
    text = (tmp_path / "rows.csv").read_bytes()
    rows(tmp_path, lines[::-1])
    assert (tmp_path / "rows.csv").read_bytes() == text
    assert (tmp_path / "rows.csv").stat().st_mode & 0o077 == 0


def test_nobody_is_in_it_without_a_yes_that_still_stands(tmp_path: Path, capsys) -> None:
    lines = [line(1), line(2) | {"consent_research": "no"}, line(3) | {"consent_research": ""}]
    lines += [line(4), line(4, "", consent_research="no") | {"redcap_event_name": "later"}]
    lines += [line(5), line(5, "", consent_research="") | {"f_consent": "withdraw"}]
    made = rows(tmp_path, lines, heading=[*HEADING, "f_consent"])
    said = capsys.readouterr().out
    assert len(made) == 1
    assert (
        "no yes to research: 4 (line 3, 4, 5, 6)" in said
        and "was taken back or narrowed in a follow-up: 2 (line 7, 8)" in said
    )


def test_a_project_that_asked_for_consent_in_its_own_words_names_it(tmp_path: Path, capsys) -> None:
    heading = [*(name for name in HEADING if name != "consent_research"), "irb"]
    lines = [line(1) | {"irb": "1"}, line(2) | {"irb": "0"}]
    assert "“consent_research” is missing" in refused(tmp_path, capsys, lines, heading=heading)
    assert len(rows(tmp_path, lines, "--consent", "irb=1", heading=heading)) == 1


def test_a_record_makes_one_row_and_stan_says_which(tmp_path: Path, capsys) -> None:
    first, second = line(1, gender="woman"), line(1, gender="nb")
    first["redcap_event_name"], second["redcap_event_name"] = "start_arm_1", "month_6_arm_1"
    assert "line 3: line 2 is of the same record" in refused(tmp_path, capsys, [first, second])
    (row,) = rows(tmp_path, [first, second], "--event", "month_6_arm_1")
    assert (
        row["gender"] == "nb" and "another event or instance than the one named: 1 (line 2)" in capsys.readouterr().out
    )
    first["redcap_repeat_instance"], second["redcap_repeat_instance"] = "1", "2"
    (row,) = rows(tmp_path, [first, second], "--instance", "1")
    assert row["gender"] == "woman"
    other = line(1, gender="nb") | {"redcap_repeat_instrument": "visits", "redcap_repeat_instance": "1"}
    empty = line(1, "", consent_research="") | {"redcap_event_name": "month_9_arm_1"}
    capsys.readouterr()
    assert len(rows(tmp_path, [first, other, empty])) == 1
    assert "no answer to this instrument: 2 (line 3, 4)" in capsys.readouterr().out


def test_what_is_told_otherwise_than_in_the_export_is_said(tmp_path: Path, capsys) -> None:
    hidden = line(1, wi_type=["pay"], disc_basis=["gender"], nonwhite="1", race_eth=["white", "pnts"])
    (row,) = rows(tmp_path, [hidden])
    said = capsys.readouterr().out
    assert (
        boxes(row, "disc_basis") == {""} and "disc_basis, 1 times, given to a question that its branching hides" in said
    )
    assert row["race_eth___white"] == "0" and "race_eth, 1 times, boxes beside one that excludes them" in said
    assert "nonwhite, 1 times, formulas whose result differs" in said


def test_rows_carry_a_month_when_stan_names_a_date(tmp_path: Path, capsys) -> None:
    told = line(1) | {"intake_timestamp": "2021-03-04 10:11"}
    (row,) = rows(tmp_path, [told], "--month", "intake_timestamp")
    assert row["month"] == "2021-03" and read_rows(tmp_path / "rows.csv", study.laid()).n == 1
    broken = line(2) | {"intake_timestamp": "[not completed]"}
    said = refused(tmp_path, capsys, [told, broken], "--month", "intake_timestamp")
    assert "line 3, column “intake_timestamp”: a date is written like 2021-11-24" in said


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    rows(tmp_path, [line(1)])
    told = ["--export", tmp_path / "export.csv", "--dictionary", "intake.v1.csv", "--out", tmp_path / "rows.csv"]
    before = (tmp_path / "rows.csv").read_bytes()
    assert main(["legacy", *map(str, told)]) == 1 and (tmp_path / "rows.csv").read_bytes() == before


def test_two_hundred_people_come_back_as_our_own_page_would_have_sent_them(tmp_path: Path) -> None:
    """Whatever they answered or left: exported as REDCap would, with no word on what was left and what was hidden."""
    random = Random(7)
    lines, wanted = [], []
    for number in range(200):
        answers = {one.name: drawn(random, one) for one in INTAKE.fields if one.asked_of_people and one.options}
        answers = {name: answer for name, answer in answers.items() if answer} | {"consent_research": "yes"}
        put = dict.fromkeys(asked(INTAKE, answers), SKIP) | answers
        wanted.append(tuple(research_row(INTAKE, put, {"consent_research": "yes"}).values()))
        lines.append(line(number, **answers))
    assert [tuple(row.values()) for row in rows(tmp_path, lines)] == sorted(wanted)


def drawn(random: Random, one: Field) -> str | list[str]:
    codes = [choice.code for choice in one.options]
    if random.random() < 0.2:
        return ""
    return [code for code in codes if random.random() < 0.3] if one.type == "checkbox" else random.choice(codes)


def test_a_follow_up_finds_the_yes_of_the_intake_on_the_records_other_line(tmp_path: Path) -> None:
    later = load("followup")
    heading = [*HEADING, *(name for one in later.fields for name in one.columns), "followup_complete"]
    boxes = dict.fromkeys((name for one in later.fields if one.type == "checkbox" for name in one.columns), "0")
    lines = []
    for number, yes in enumerate(("yes", "no", "yes")):
        lines.append(boxes | line(number, consent_research=yes))
        told = {"redcap_event_name": "m3", "f_wave": "m3", "f_satisf": "2", "followup_complete": "2"}
        lines.append(boxes | line(number, "", consent_research="") | told)
    lines[-1]["f_consent"] = "withdraw"
    export = redcap.export(tmp_path / "export.csv", lines, heading)
    words = ["--export", export, "--dictionary", "followup.v1.csv", "--out", tmp_path / "rows.csv"]
    assert main(["legacy", *map(str, words)]) == 0
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as opened:
        (row,) = csv.DictReader(opened)
    assert (row["f_wave"], row["f_satisf"], row["f_spec"]) == ("m3", "2", "skip")


def test_another_projects_dictionary_says_what_may_go_where(tmp_path: Path, capsys) -> None:
    """Asked only of those with a job, which is kept; told only by those who allow it."""
    policy = "class=plain; export=yes"
    fields = (
        Field("study_id", "old", identifier=True, annotation="class=identifier; export=never"),
        Field("job", "old", type="yesno", annotation="class=plain; export=never"),
        Field("left_it", "old", type="yesno", branching="[job] = '1'", annotation=policy),
        Field("quote", "old", type="yesno", annotation="class=sensitive; export=yes if consent_quotes"),
    )
    (tmp_path / "old.v1.csv").write_text(write_dictionary(Instrument("old", 1, fields)), encoding="utf-8")
    heading = ["study_id", "job", "left_it", "quote", "old_complete", "consent_research", "consent_quotes"]
    told = [
        ["1", "1", "0", "1", "2", "yes", "yes"],
        ["2", "0", "", "1", "2", "yes", "no"],
        ["3", "1", "", "1", "2", "yes", ""],
    ]
    lines = [dict(zip(heading, one, strict=True)) for one in told]

    def run(names: list[str]) -> int:
        export = redcap.export(tmp_path / "export.csv", lines, names)
        (tmp_path / "rows.csv").unlink(missing_ok=True)
        words = ["--export", export, "--dictionary", tmp_path / "old.v1.csv", "--out", tmp_path / "rows.csv"]
        return main(["legacy", *map(str, words)])

    assert run(heading) == 0
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8") == "left_it,quote\n,\n0,1\nskip,\n"
    assert run([name for name in heading if name != "job"]) == 1
    assert "the column “job” is missing, and rows are made from it" in capsys.readouterr().err
