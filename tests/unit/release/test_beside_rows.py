"""What stands beside the rows: tables that count them, and levels by which Sara's browser finds her class."""

import csv
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from instruments.row import research_row
from release.attacks.files import metadata
from release.published import Published, digest, read_folder
from tests.support import cohort


def read(folder: Path, name: str) -> dict:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def table(folder: Path, name: str = "data.csv") -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def find_class(levels: dict, row: dict[str, str]) -> dict[str, str]:
    """Her class, as a browser works it out that knows her answers and nothing but the written file."""
    found = {}
    for one in levels["columns"]:
        if not one["many"]:
            found[one["field"]] = one["codes"].get(row[one["field"]], one["unstated"])
            continue
        ticked = [code for code in one["codes"] if row[f"{one['field']}___{code}"] == "1"]
        others = [code for code in ticked if code != one["beside"]] if len(ticked) > 1 else ticked
        several = one["several"] if len(others) > 1 else one["unstated"]
        found[one["field"]] = one["codes"][others[0]] if len(others) == 1 else several
    return found


@pytest.mark.parametrize(
    ("answers", "stage", "race"),
    [
        ({"career_stage": "res", "race_eth": ["asian", "white"]}, "res", "asian"),
        ({"career_stage": "late", "race_eth": ["asian", "black", "white"]}, "late", "several"),
        ({"career_stage": "pnts", "race_eth": {"skip": True}}, "pnts", "pnts"),
    ],
)
def test_sara_finds_her_class_from_her_own_answers(small: Published, answers: dict, stage: str, race: str) -> None:
    row = research_row(cohort.INTAKE, answers | {"gender": "woman"}, {"consent_research": "yes"})
    levels, scheme = read(small.folder, "levels.json"), small.manifest["scheme"]["levels"]
    found = find_class(levels, row)
    for field, code in (("career_stage", stage), ("race_eth", race), ("gender", "woman")):
        assert found[field] == small.manifest["hierarchies"][field][code][scheme[field]]
    assert list(found) == list(small.listed_columns)


def test_all_people_find_the_classes_that_the_release_lists(small: Published) -> None:
    path = next(small.folder.parent.glob("rows-*.csv"))
    with path.open(encoding="utf-8", newline="") as opened:
        levels = read(small.folder, "levels.json")
        found = Counter(tuple(find_class(levels, row).values()) for row in csv.DictReader(opened))
    listed = dict(small.listed)
    assert {key: found[key] for key in listed} == listed


def test_the_tables_count_the_rows_of_the_file(small: Published) -> None:
    told, rows = read(small.folder, "tables.json"), table(small.folder)
    assert {one["field"] for one in told["tables"]} >= {"gender", "wi_type", "miniz_burnout"}
    for one in told["tables"]:
        for line in one["lines"]:
            if one["many"]:
                exact = sum(row[f"{one['field']}___{line['codes'][0]}"] == "1" for row in rows)
            else:
                exact = sum(row[one["field"]] in line["codes"] for row in rows)
            assert line["n"] is None or (abs(line["n"] - exact) <= 2 and exact >= 11)
    page = (small.folder / "tables.html").read_text(encoding="utf-8")
    assert "count the rows of this release" in page and "<script" not in page


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("tables.json", lambda told: told | {"people": 5}, "another number of rows"),
        ("tables.json", lambda told: told["tables"][0]["lines"][0].update(n=10) or told, "says other things of"),
        ("levels.json", lambda told: told["columns"][0]["codes"].update(res="practice") or told, "another level of"),
        ("levels.json", lambda told: told | {"columns": []}, "other columns than the list"),
        ("levels.json", lambda told: {}, "can't be read"),
    ],
    ids=range(5),
)
def test_a_table_or_a_level_that_says_other_things_than_the_rows_is_caught(
    small: Published, tmp_path: Path, name: str, change, words: str
) -> None:
    copy = Path(shutil.copytree(small.folder, tmp_path / "copy"))
    (copy / name).write_text(json.dumps(change(read(copy, name))), encoding="utf-8")
    manifest = read(copy, "manifest.json")
    manifest["files"][name] = digest(copy / name)
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    found = metadata(read_folder(copy), [])
    assert not found.holds and words in found.words
