"""Rita opens a release in software that we did not write, and software that we did not write counts k, l and t in it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from pycanon import anonymity

from release.attacks import inference, linkage
from release.published import ROW, Published, read_folder

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
