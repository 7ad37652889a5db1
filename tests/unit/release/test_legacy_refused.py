"""What no row of earlier years can be made from is refused, with the line and the column, or the name, that is wrong."""

from pathlib import Path

import pytest

from release.__main__ import main
from tests.support.redcap import HEADING, line
from tests.unit.release.test_legacy import refused


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (
            {"gender": "Woman"},
            "line 4, column “gender”: this is not one of its codes (this is a label: export raw data)",
        ),
        ({"wi_type___pay": "Checked"}, "line 4, column “wi_type___pay”: a box is 0 or 1; export raw data, not labels"),
        ({"wi_type___pay": ""}, "line 4: some boxes of “wi_type” are empty and others are not"),
        ({"intake_complete": "Complete"}, "line 4, column “intake_complete”: a form's state is 0, 1 or 2"),
        ({"consent_version": "one"}, "line 4, column “consent_version”: Write a whole number"),
        ({"record_id": ""}, "line 4, column “record_id”: this is empty"),
    ],
)
def test_a_cell_that_no_row_could_hold_is_refused_by_line_and_column(tmp_path: Path, capsys, told, why: str) -> None:
    good = line(1, gender="woman") | {"narrative": 'Two lines,\n"quoted"'}
    assert why in refused(tmp_path, capsys, [good, line(2) | told])


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ([*HEADING, "gender"], "line 1: the column “gender” stands twice"),
        ([name for name in HEADING if name != "gender"], "the column “gender” is missing, and rows are made from it"),
        ([name for name in HEADING if name != "wi_type___pay"], "“wi_type___pay” is missing"),
        ([*HEADING, "wi_type___gone"], "the dictionary has no box “wi_type___gone”"),
        (["gender", *(name for name in HEADING if name != "gender")], "the first column is to be the record's number"),
        (["Record ID", *HEADING[1:]], "the first column is to be the record's number, by its variable name"),
    ],
)
def test_a_heading_that_rows_can_not_be_made_from_is_refused(
    tmp_path: Path, capsys, heading: list[str], why: str
) -> None:
    assert why in refused(tmp_path, capsys, [line(1)], heading=heading)


@pytest.mark.parametrize(
    ("bytes_", "why"),
    [
        (b"", "the first column is to be the record's number"),
        (b"record_id;gender\n1;woman\n", "the first column is to be the record's number"),
        (b"record_id\n1\xe9\n", "line 2: this file is not UTF-8"),
        (",".join(HEADING).encode() + b'\n"1,2\n', "line 2: its cells can't be told apart"),
        (",".join(HEADING).encode() + b"\n1,2\n", f"line 2: this line has 2 cells and needs {len(HEADING)}"),
        (",".join(HEADING).encode() + b"\n", "no line of this export becomes a row"),
    ],
)
def test_a_file_that_is_no_raw_export_is_refused(tmp_path: Path, capsys, bytes_: bytes, why: str) -> None:
    (tmp_path / "export.csv").write_bytes(bytes_)
    told = ["--export", tmp_path / "export.csv", "--dictionary", "intake.v1.csv", "--out", tmp_path / "rows.csv"]
    assert main(["legacy", *map(str, told)]) == 1
    assert why in " ".join(capsys.readouterr().err.split())
