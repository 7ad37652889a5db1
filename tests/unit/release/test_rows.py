"""Rows are read as they were coded, and a file that is not one is refused by line and column."""

from pathlib import Path

import numpy as np
import pytest

from instruments.row import research_row
from release.cohort import ANSWERED, LEFT, UNASKED
from release.errors import RowsError
from release.rows import read_rows
from tests.support import cohort, study

BOXES = "race_eth"


def write(folder: Path, rows: list[dict[str, str]], columns: list[str] | None = None) -> Path:
    names = columns or list(cohort.COLUMNS)
    lines = [",".join(names), *(",".join(row.get(name, "") for name in names) for row in rows)]
    (folder / "rows.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "rows.csv"


def sara(**answers: object) -> dict[str, str]:
    """The row that Sara's browser would make."""
    return research_row(cohort.INTAKE, answers, {"consent_research": "yes"})


def test_a_row_of_the_browser_is_read_as_it_was_answered(tmp_path: Path) -> None:
    one = sara(career_stage="res", gender={"skip": True}, wi_type=["disc", "pay"], race_eth=["black", "white"])
    two = sara(career_stage="pnts", miniz_burnout="3", wi_type={"skip": True}, race_eth=["asian", "black"])
    read = read_rows(write(tmp_path, [one, two]), study.laid())
    stage, gender, race = (known.levels.codes for known in study.laid().known)
    codes = [
        [names[number] for names, number in zip((stage, gender, race), (c[place] for c in read.known), strict=True)]
        for place in (0, 1)
    ]
    assert codes == [["res", "pnts", "black"], ["pnts", "pnts", "several"]]
    kinds = read.multis[0]
    assert [kinds.items[place] for place in np.flatnonzero(kinds.ticks[0])] == ["disc", "pay"]
    assert kinds.state.tolist() == [ANSWERED, LEFT]
    burnout = read.singles[0]
    assert [burnout.values[code] for code in burnout.codes] == ["", "3"]


def test_what_was_not_asked_and_what_was_left_stay_two_things(tmp_path: Path) -> None:
    read = read_rows(write(tmp_path, [{}, sara(wi_type={"skip": True})]), study.laid())
    assert read.multis[0].state.tolist() == [UNASKED, LEFT]
    assert not read.singles[0].stated[[read.singles[0].values.index(code) for code in ("", "skip", "pnts")]].any()


def test_a_made_up_cohort_is_read_whole(tmp_path: Path) -> None:
    read = study.people(tmp_path, 300)
    assert read.n == 300 and read.multis[0].ticks.any() and len(read.known) == 3


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"gender": "womin"}, "line 3, column “gender”: this is not one of its codes"),
        ({"wi_type___pay": "2"}, "line 3, column “wi_type___pay”"),
        ({"wi_type___pay": "skip"}, "line 3: the boxes of “wi_type” say different things"),
    ],
)
def test_a_code_that_is_not_in_the_dictionary_is_refused(tmp_path: Path, change: dict[str, str], why: str) -> None:
    good = sara(gender="woman", wi_type=["disc"], race_eth=["white"])
    with pytest.raises(RowsError, match=why) as refused:
        read_rows(write(tmp_path, [good, good | change]), study.laid())
    assert "womin" not in str(refused.value)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ([*cohort.COLUMNS, "email_safe"], "“email_safe” is no column of a research row"),
        ([*cohort.COLUMNS, "record_id"], "“record_id” is no column"),
        ([*cohort.COLUMNS, "gender"], "“gender” stands twice"),
        ([name for name in cohort.COLUMNS if name != "gender"], "“gender” is missing"),
    ],
)
def test_a_heading_that_is_not_of_research_rows_is_refused(tmp_path: Path, columns: list[str], why: str) -> None:
    with pytest.raises(RowsError, match=why):
        read_rows(write(tmp_path, [{}], columns), study.laid())


@pytest.mark.parametrize("commas", [3, len(cohort.COLUMNS)])
def test_a_line_with_a_cell_too_many_or_too_few_is_named(tmp_path: Path, commas: int) -> None:
    path = write(tmp_path, [{}, {}])
    path.write_text(path.read_text(encoding="utf-8") + "," * commas + "\n", encoding="utf-8")
    with pytest.raises(RowsError, match=r"line 4: this line has \d+ cells and needs \d+"):
        read_rows(path, study.laid())


@pytest.mark.parametrize("bytes_", [b"\xff\xfe\x00", b""])
def test_a_file_that_is_no_csv_is_refused(tmp_path: Path, bytes_: bytes) -> None:
    (tmp_path / "rows.csv").write_bytes(bytes_)
    with pytest.raises(RowsError):
        read_rows(tmp_path / "rows.csv", study.laid())


def test_the_stewards_own_columns_are_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, [{"wave": "0", "thread": "abc"}], [*cohort.COLUMNS, "wave", "month", "thread"])
    assert read_rows(path, study.laid()).n == 1
