"""The file that `python -m crypto open-rows` writes: several waves in it, and a thread that joins a person's rows."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from release.__main__ import main
from release.errors import RowsError
from release.rows import read_boxes, read_months, read_rows
from release.waves import of_wave, threads
from tests.support import cohort, study


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300 people's first rows, and 100 of theirs a year later, mixed, with the month that each was sealed in."""
    path = tmp_path_factory.mktemp("opened") / "rows.csv"
    frame = cohort.cohort(400)
    order = np.random.default_rng(1).permutation(400)
    people = [*range(300), *range(100)]
    frame.with_columns(
        wave=pl.Series(["intake"] * 300 + ["followup-12"] * 100),
        month=pl.Series(["2025-03"] * 300 + ["2026-03"] * 100),
        thread=pl.Series([f"thread-{person:018d}" for person in people]),
    )[order].write_csv(path)
    return path


def test_build_takes_the_wave_that_it_is_told(opened: Path) -> None:
    first, later = (read_rows(opened, study.laid(), wave) for wave in ("intake", "followup-12"))
    assert (first.n, later.n) == (300, 100)
    told = pl.read_csv(opened, infer_schema=False, empty_string_is_null=False).filter(wave="followup-12")["gender"]
    codes = study.laid().known[1].levels.codes
    assert [codes[number] for number in later.known[1]] == [code.replace("skip", "pnts") for code in told]
    assert len(read_boxes(opened, study.laid(), "followup-12")["race_eth"].state) == 100
    assert int(read_months(opened, study.laid(), 2025, "intake").sum()) == 300
    assert int(read_months(opened, study.laid(), 2025, "followup-12").sum()) == 0


def test_a_file_of_several_waves_is_not_read_as_so_many_people(opened: Path, tmp_path: Path, capsys) -> None:
    words = ["--rows", str(opened), "--dictionary", "intake.v1.csv", "--plan", "table-one.v1"]
    assert main(["tables", *words, "--out", str(tmp_path / "out")]) == 1
    assert "several waves; name one with --wave: followup-12, intake" in " ".join(capsys.readouterr().err.split())
    with pytest.raises(RowsError, match="no row of the wave “followup-3” in this file; it holds: followup-12, intake"):
        read_rows(opened, study.laid(), "followup-3")


def test_a_file_of_one_wave_needs_no_word(tmp_path: Path, opened: Path) -> None:
    pl.read_csv(opened, infer_schema=False, empty_string_is_null=False).filter(wave="intake").write_csv(
        tmp_path / "one.csv"
    )
    assert read_rows(tmp_path / "one.csv", study.laid()).n == 300
    with pytest.raises(RowsError, match="“wave” is missing"):
        of_wave(cohort.write(tmp_path / "none.csv", 30), "intake")


def test_nobody_is_counted_twice_in_a_wave(tmp_path: Path, opened: Path) -> None:
    frame = pl.read_csv(opened, infer_schema=False, empty_string_is_null=False)
    pl.concat([frame, frame.filter(wave="intake")[:1]]).write_csv(tmp_path / "twice.csv")
    with pytest.raises(RowsError, match=r"line 402, column “thread”: line \d+ is of the same person") as no:
        read_rows(tmp_path / "twice.csv", study.laid(), "intake")
    assert "thread-0" not in str(no.value)
    assert read_rows(tmp_path / "twice.csv", study.laid(), "followup-12").n == 100


def test_threads_are_read_in_the_order_of_the_file(opened: Path, tmp_path: Path) -> None:
    frame = pl.read_csv(opened, infer_schema=False)
    assert threads(opened) == frame["thread"].to_list() and frame["thread"].n_unique() == 300
    with pytest.raises(RowsError, match="“thread” is missing"):
        threads(cohort.write(tmp_path / "none.csv", 30))
