"""Rita opens the release in her own tool, and it says what the CSV says."""

import csv
import json
import time
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from release import formats
from release.attacks.files import metadata
from release.published import Published, read_folder
from tests.support import study

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(small: Published) -> Path:
    return small.folder


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "data.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_parquet_holds_the_same_text(folder: Path) -> None:
    assert pl.read_parquet(folder / "data.parquet").to_dicts() == rows(folder)


@pytest.mark.parametrize(("name", "read"), [("data.sav", pyreadstat.read_sav), ("data.dta", pyreadstat.read_dta)])
def test_in_spss_and_stata_each_number_has_the_label_of_its_code(folder: Path, name: str, read) -> None:
    frame, about = read(str(folder / name), output_format="polars")
    book = read_folder(folder).codebook
    labels = {one.name: {choice.code: choice.label for choice in one.choices} for one in book.fields}
    for told, row in zip(frame.to_dicts(), rows(folder), strict=True):
        assert told["row"] == row["row"]
        for column, code in row.items():
            meant = about.variable_value_labels.get(column, {}).get(told[column])
            if column == "row":
                continue
            if "___" in column:
                assert meant == {"": None, "skip": "Asked and left", "0": "Not ticked", "1": "Ticked"}[code]
            else:
                label = labels[column].get(code, "") if code else ""
                assert (meant or "") == (label[:120].rstrip() if name == "data.sav" else label)
    assert about.column_names_to_labels["gender"] == book["gender"].label


def test_frictionless_names_every_column_and_code(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = package["resources"][0]["schema"]["fields"]
    told = rows(folder)
    assert [one["name"] for one in fields] == list(told[0])
    for one in fields[1:]:
        assert {row[one["name"]] for row in told} - {""} <= set(one["constraints"]["enum"])
    assert package["name"] == "small-v1-1" and (folder / package["resources"][0]["path"]).is_file()


def test_made_again_later_the_files_tell_no_other_hour(tmp_path: Path) -> None:
    people = study.people(tmp_path, 700)
    made = []
    for name in ("one", "two"):
        time.sleep(1.1 if made else 0)
        release = study.publish(people, tmp_path / name)
        table = pl.read_csv(tmp_path / "one/data.csv", infer_schema=False, empty_string_is_null=False)
        formats.write_formats(table, release.codebook, tmp_path / name, {"name": "x", "title": "y"})
        made.append([(tmp_path / name / file).read_bytes() for file in ("data.sav", "data.dta", "data.parquet")])
    assert made[0] == made[1]


@pytest.mark.parametrize("name", ["data.sav", "data.dta"])
def test_a_file_that_tells_its_hour_is_caught(folder: Path, tmp_path: Path, name: str, monkeypatch) -> None:
    monkeypatch.setattr(formats, "forget_the_hour", lambda folder: None)
    release = study.publish(study.people(tmp_path, 700), tmp_path / "one")
    other = "data.dta" if name == "data.sav" else "data.sav"
    (tmp_path / "one" / other).unlink()
    found = metadata(release, [])
    assert not found.holds and f"{name} tells when it was made" in found.words


def test_a_file_that_says_other_things_than_the_csv_is_caught(folder: Path, tmp_path: Path) -> None:
    release = study.publish(study.people(tmp_path, 700), tmp_path / "one")
    table = pl.read_csv(tmp_path / "one/data.csv", infer_schema=False, empty_string_is_null=False)
    swapped = table.with_columns(pl.col("gender").reverse())
    formats.write_formats(swapped, release.codebook, tmp_path / "one", {"name": "x", "title": "y"})
    words = metadata(release, []).words
    assert all(
        name in words for name in ("data.parquet", "data.sav says other things of gender", "data.dta says other")
    )
