"""Rita opens a release in software that we did not write, and software that we did not write counts k, l and t in it."""

import csv
import json
import re
import shutil
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import frictionless
import pandas as pd
import polars as pl
import pytest
import yaml
from pycanon import anonymity

from release.attacks import inference, linkage
from release.published import ROW, Published, read_folder
from tests.support.linkml_redcap import checkbox

SILENT = ("", "skip", "pnts")


def table(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "data.csv", dtype=str, keep_default_na=False)


def meanings(release: Published) -> pd.DataFrame:
    """data.csv with each code's label from the codebook in its place."""
    told = table(release.folder)
    for one in release.codebook.fields[1:]:
        boxes = {"0": "Not ticked", "1": "Ticked", "skip": "Asked and left"}
        labels = boxes if one.type == "checkbox" else {choice.code: choice.label for choice in one.choices}
        for column in one.columns:
            told[column] = told[column].map({"": "", **labels})
    return told


@pytest.fixture
def copy(small: Published, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small.folder, tmp_path / "copy"))


@pytest.mark.parametrize(
    ("name", "read"),
    [("data.dta", pd.read_stata), ("data.sav", pd.read_spss)],
)
def test_pandas_reads_stata_and_spss_as_the_codebook_tells_the_csv(small: Published, name: str, read: Callable) -> None:
    told = read(small.folder / name).astype(object)
    told = told.where(told.notna(), "")
    assert list(told.columns) == list(table(small.folder).columns)
    for column, wanted in meanings(small).items():
        assert told[column].tolist() == [label[:120].rstrip() if name == "data.sav" else label for label in wanted]


def test_frictionless_finds_the_package_valid(small: Published) -> None:
    found = frictionless.validate(str(small.folder / "datapackage.json"))
    assert found.valid, found.flatten(["type", "note"])
    assert found.tasks[0].stats["rows"] == small.n


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda text: text.replace(",woman,", ",womin,", 1), "constraint-error"),
        (lambda text: text.replace("gender", "sex", 1), "incorrect-label"),
        (lambda text: text + text.splitlines()[-1] + "\n", "primary-key"),
        (lambda text: text.rsplit(",", 1)[0] + "\n", "missing-cell"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_frictionless_finds_what_was_changed(copy: Path, change: Callable[[str], str], fault: str) -> None:
    data = copy / "data.csv"
    data.write_text(change(data.read_text(encoding="utf-8")), encoding="utf-8")
    found = frictionless.validate(str(copy / "datapackage.json"))
    assert fault in [error for (error,) in found.flatten(["type"])]


def as_it_is(told: pd.DataFrame, known: list[str]) -> None:
    """Nothing is changed."""


def one_moved(told: pd.DataFrame, known: list[str]) -> None:
    """One row is told to be in a class of its own."""
    stage = "career_stage" if "career_stage" in known else known[0]
    told.loc[told.index[0], stage] = "zz"


def one_of_a_mind(told: pd.DataFrame, known: list[str]) -> None:
    """A class all of which gave one answer."""
    of = told.groupby(known).ngroup() == 0
    told.loc[of, "miniz_burnout"] = "5"


@pytest.mark.parametrize("change", [as_it_is, one_moved, one_of_a_mind])
def test_pycanon_counts_k_l_and_t_as_our_attackers_do(small: Published, copy: Path, change: Callable) -> None:
    told, known = table(copy), list(small.known)
    change(told, known)
    told.to_csv(copy / "data.csv", index=False, lineterminator="\n")
    release = read_folder(copy)
    singles = [one.name for one in release.singles]
    assert len(known) > 1 and len(singles) == 2 and known + singles == [n for n in told if "___" not in n and n != ROW]
    k = anonymity.k_anonymity(told, known)
    assert linkage.alike(release, []).words.startswith(f"The smallest class has {k} rows;")
    l_ = min(diversity(told, known, name) for name in singles)
    assert inference.diversity(release, []).words.startswith(f"The poorest class holds {l_} distinct answers;")
    t = anonymity.t_closeness(told, known, singles, gen=True)
    ours = re.match(r"The strangest class is ([0-9.]+) away", inference.closeness(release, []).words)
    assert ours and float(ours[1]) == pytest.approx(t, abs=0.005)
    holds = {one_moved: (False, False), one_of_a_mind: (True, False)}.get(change, (True, True))
    assert (linkage.alike(release, []).holds, inference.diversity(release, []).holds) == holds


def diversity(told: pd.DataFrame, known: list[str], name: str) -> int:
    """pycanon's l of a column. It counts silence as an answer, which we don't: only who said something is shown to it."""
    stated = told[~told[name].isin(SILENT)].reset_index(drop=True)
    if stated.groupby(known).ngroups < told.groupby(known).ngroups:
        return 0
    return int(anonymity.l_diversity(stated, known, [name], gen=True))


SCHEMA = yaml.safe_load((Path(checkbox.__file__).parent / "redcap_data_dictionary.yaml").read_text(encoding="utf-8"))
# The 18 columns, as they stand in a dictionary's first line, in the order of the schema's.
NAMED = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip


def wrong_by_schema(book: list[dict[str, str]]) -> list[str]:
    """What the schema of others says against a dictionary: a column, a name, a type, a choice, an order."""
    wrong = [] if [*book[0]] == [*NAMED] else ["columns"]
    slots = SCHEMA["classes"]["Field"]["attributes"]
    for row in book:
        for name, slot in zip(NAMED, slots, strict=True):
            value, rules = row.get(name) or "", slots[slot]
            allowed = SCHEMA["enums"].get(rules["range"], {}).get("permissible_values")
            strange = value and not re.search(rules.get("pattern", ""), value)
            if strange or (rules.get("required") and not value) or (value and allowed and value not in allowed):
                wrong.append(slot)
        if row[NAMED[3]] in ("radio", "dropdown", "checkbox"):
            raw = SCHEMA["classes"]["Choice"]["attributes"]["raw_value"]["pattern"]
            codes = [choice.split(",", 1) for choice in row[NAMED[5]].split("|")]
            fine = all(len(one) == 2 and re.search(raw, one[0].strip()) and one[1].strip() for one in codes)
            wrong += [] if fine else ["choice"]
    forms = [row[NAMED[1]] for row in book]
    names = [row[NAMED[0]] for row in book]
    apart = len([*groupby(forms)]) != len(set(forms)) or len(set(names)) != len(names)
    return [*wrong, "order"] if apart or book[0][NAMED[3]] != "text" else wrong


def test_redcap_as_others_describe_it_takes_the_codebook(small: Published) -> None:
    with (small.folder / "codebook.csv").open(encoding="utf-8", newline="") as opened:
        book = list(csv.DictReader(opened))
    assert wrong_by_schema(book) == []
    for place, value, slot in (
        (3, "radios", "field_type"),
        (0, "Row 1", "variable_field_name"),
        (4, "", "field_label"),
    ):
        assert slot in wrong_by_schema([book[0], book[1] | {NAMED[place]: value}, *book[2:]])
    assert "order" in wrong_by_schema([*book, book[1]])


def test_a_reader_of_redcap_that_is_not_ours_puts_boxes_together_and_apart_again(small: Published) -> None:
    with (small.folder / "codebook.csv").open(encoding="utf-8", newline="") as opened:
        boxes = checkbox.checkbox_map_from_data_dictionary(csv.DictReader(opened))
    assert {checkbox.checkbox_column(field, code) for field, codes in boxes.items() for code in codes} == set(
        small.items
    )
    answered = 0
    for row in table(small.folder).to_dict("records"):
        if row[small.items[0]] in ("0", "1"):
            put = checkbox.collapse_checkboxes(row, boxes)
            assert put["wi_type"] == [name.split("___")[1] for name in small.items if row[name] == "1"]
            assert checkbox.expand_checkboxes(put, boxes) == row
            answered += 1
    assert answered > 500


def test_pandas_and_polars_read_classes_and_tables(small: Published) -> None:
    classes = pd.read_csv(small.folder / "classes.csv", dtype=str)
    assert classes["rows"].astype(int).sum() == small.n == pl.read_csv(small.folder / "classes.csv")["rows"].sum()
    tables = pd.json_normalize(
        json.loads((small.folder / "tables.json").read_text(encoding="utf-8"))["tables"], "lines", ["field", "of"]
    )
    women = tables[(tables["field"] == "gender") & (tables["codes"].str[0] == "woman")]["n"].item()
    assert abs(women - (table(small.folder)["gender"] == "woman").sum()) <= 2
