"""What is published holds every target, read back from the file; where it can't, the tool says what stands against it."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from instruments.dictionary import read_dictionary
from release.build import draft
from release.errors import Declined
from release.published import ROW
from tests.support import study


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of 900 people."""
    home = tmp_path_factory.mktemp("build")
    study.publish(study.people(home, 900), home / "one")
    return home / "one"


def table(folder: Path, name: str = "data.csv") -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize(("size", "words"), [(19, "fewer than 20"), (35, "only tables"), (199, "only tables")])
def test_so_few_people_are_never_published_row_by_row(tmp_path: Path, size: int, words: str) -> None:
    with pytest.raises(Declined, match=words) as no:
        draft(study.laid(), study.people(tmp_path, size))
    assert no.value.target == "floor"


def test_every_class_in_the_file_has_k_rows_and_l_answers(folder: Path) -> None:
    rows = table(folder)
    known = [name for name in rows[0] if name in ("career_stage", "gender", "race_eth")]
    assert known
    sizes = Counter(tuple(row[name] for name in known) for row in rows)
    assert min(sizes.values()) >= 5 and len(rows) >= 0.95 * 900
    for key in sizes:
        of = [row for row in rows if tuple(row[name] for name in known) == key]
        for column in ("miniz_burnout", "changed_specialty"):
            assert len({row[column] for row in of} - {"", "skip", "pnts"}) >= 2


def test_the_list_of_classes_is_that_of_the_file(folder: Path) -> None:
    listed = table(folder, "classes.csv")
    known = [name for name in listed[0] if name != "rows"]
    there = Counter(tuple(row[name] for name in known) for row in table(folder))
    assert {tuple(row[name] for name in known): int(row["rows"]) for row in listed} == there


def test_rows_lie_in_the_order_of_random_numbers_that_are_new_each_time(folder: Path, tmp_path: Path) -> None:
    again = study.publish(study.people(tmp_path, 900), tmp_path / "again")
    numbers = [row[ROW] for row in table(folder)]
    assert numbers == sorted(numbers) and len(set(numbers)) == len(numbers)
    assert not set(numbers) & set(again.cells[ROW])


def test_all_but_the_row_numbers_is_made_again_alike(folder: Path, tmp_path: Path) -> None:
    study.publish(study.people(tmp_path, 900), tmp_path / "again")
    told = [Counter(tuple(row.values())[1:] for row in table(one)) for one in (folder, tmp_path / "again")]
    assert told[0] == told[1]
    for name in ("codebook.csv", "classes.csv"):
        assert (folder / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_the_codebook_is_a_dictionary_and_names_every_code_in_the_file(folder: Path) -> None:
    book = read_dictionary((folder / "codebook.csv").read_bytes(), name="release")
    rows = table(folder)
    assert [name for one in book.fields for name in one.columns] == list(rows[0])
    for one in book.fields[1:]:
        codes = {"0", "1", "", "skip"} if one.type == "checkbox" else {choice.code for choice in one.choices} | {""}
        assert {row[name] for row in rows for name in one.columns} <= codes


def test_no_column_that_the_plan_does_not_name_is_in_the_file(folder: Path) -> None:
    named = {ROW, "career_stage", "gender", "race_eth", "wi_type", "miniz_burnout", "changed_specialty"}
    assert {name.split("___")[0] for name in table(folder)[0]} <= named


def test_two_or_more_boxes_of_a_known_question_are_one_code(folder: Path) -> None:
    assert not any(name.startswith("race_eth___") for name in table(folder)[0])


def test_no_combination_of_boxes_is_rare_in_the_file(folder: Path) -> None:
    rows = table(folder)
    items = [name for name in rows[0] if "___" in name]
    pairs = Counter((a, b) for row in rows for a in items for b in items if row[a] == row[b] == "1")
    assert items and min(pairs.values()) >= 5


@pytest.mark.parametrize(
    ("line", "target", "words"),
    [
        ({"k": "k = 300"}, "loss", "would lose"),
        ({"l": "l = 7"}, "l", "7 distinct answers in each class"),
        ({"share": "share = 0.0"}, "loss", "would lose"),
    ],
)
def test_where_a_target_stands_against_it_the_tool_says_which(
    tmp_path: Path, line: dict[str, str], target: str, words: str
) -> None:
    text = study.plan(**line)
    with pytest.raises(Declined, match=words) as no:
        draft(study.laid(text), study.people(tmp_path, 300, text=text))
    assert no.value.target == target


def test_a_folder_with_something_in_it_is_left_alone(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        study.publish(study.people(tmp_path, 900), folder)
