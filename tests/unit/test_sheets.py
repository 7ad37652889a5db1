"""The questions of each edition, as files of the site: what was answered then can be read then and later."""

import json
from pathlib import Path

from app.sheets import files, shipped
from instruments.editions import editions, load


def test_every_edition_that_is_shipped_has_a_file(tmp_path: Path) -> None:
    names = {path.name for path in files(tmp_path)}
    assert {f"{name}.v{edition}.json" for name, edition in editions().items()} <= names
    assert {one.id for one in shipped()} == {name.removesuffix(".json") for name in names}


def test_a_file_holds_all_that_a_row_is_made_by(tmp_path: Path) -> None:
    sheet = json.loads(files(tmp_path)[tmp_path / "intake.v1.json"])
    asked = {one["id"]: one for part in sheet["parts"] for one in part["questions"]}
    assert sheet["id"] == load("intake", 1).id and "degree" in sheet["order"]
    assert asked["degree"]["choices"][0]["label"]
    assert asked["narrative"]["row"] == "no"


def test_the_same_edition_is_the_same_bytes(tmp_path: Path) -> None:
    assert files(tmp_path) == files(tmp_path)
    assert list(files(tmp_path, [load("outtake")])) == [tmp_path / "outtake.v1.json"]
