"""What the attackers say of themselves is so: set upon people of whom everything is known, they are right as often as told."""

import csv
import json
from collections import Counter, defaultdict

import numpy as np
import pytest

from release import overtime
from release.attacks import growth, inference, linkage, reconstruction
from release.attacks.series import differencing
from release.published import Published
from release.rows import read_boxes, read_rows
from release.tables import tables
from tests.support import study
from tests.unit.release import crowd
from tests.unit.release.crowd import Person
from tests.unit.release.test_beside_rows import find_class

Truth = list[tuple[tuple[str, ...], dict[str, str]]]


@pytest.fixture(scope="module")
def truth(small: Published) -> Truth:
    """Everybody who was asked, with her class as she would find it and her true answers; those left out are not in it."""
    levels = json.loads((small.folder / "levels.json").read_text(encoding="utf-8"))
    listed = dict(small.listed)
    with (small.folder.parent / "rows-700-1.csv").open(encoding="utf-8", newline="") as opened:
        people = [(tuple(find_class(levels, row).values()), row) for row in csv.DictReader(opened)]
    return [one for one in people if one[0] in listed]


def classes(small: Published, column: str) -> dict[tuple[str, ...], Counter[str]]:
    """What an attacker reads off the file: each class's answers to one question."""
    found: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for key, value in zip(
        zip(*(small.cells[name] for name in small.known), strict=True), small.cells[column], strict=True
    ):
        found[key][value] += 1
    return found


def test_who_names_the_most_frequent_answer_of_a_class_is_right_as_often_as_told(
    small: Published, truth: Truth
) -> None:
    """t: the attacker knows each person's class; the other one knows only how everybody answered."""
    rates = []
    for column in ("miniz_burnout", "changed_specialty"):
        read = classes(small, column)
        whole = sum(read.values(), Counter())
        right = sum(read[key].most_common(1)[0][0] == row[column] for key, row in truth) / len(truth)
        blind = sum(whole.most_common(1)[0][0] == row[column] for _, row in truth) / len(truth)
        rates.append((right, blind))
    found = inference.closeness(small, [])
    assert (found.success, found.guess) in [pytest.approx(one, abs=1e-9) for one in rates]
    assert all(right >= blind for right, blind in rates)


def test_who_draws_a_row_of_her_class_finds_hers_as_often_as_told(small: Published, truth: Truth) -> None:
    size = Counter(key for key, _ in truth)
    found = linkage.prosecutor(small, [])
    assert found.success == pytest.approx(sum(1 / size[key] for key, _ in truth) / len(truth))
    assert found.guess == pytest.approx(1 / len(truth))
    assert linkage.alike(small, []).success == pytest.approx(1 / min(size.values()))


def test_who_knows_one_answer_to_be_wrong_is_right_as_often_as_told(small: Published, truth: Truth) -> None:
    worst = 0.0
    for column in ("miniz_burnout", "changed_specialty"):
        people = [(key, row[column]) for key, row in truth]
        whole = Counter(answer for _, answer in people)
        for out in whole:
            left = [(key, answer) for key, answer in people if answer != out]
            for key in {key for key, _ in left}:
                told = Counter(answer for other, answer in left if other == key)
                usual = {a: sum(1 for _, b in left if b == a) / len(left) for a in told}
                worst = max([worst, *(n / told.total() for a, n in told.items() if usual[a] <= 0.8)])
    assert inference.exclusion(small, []).success == pytest.approx(worst)


def test_who_reads_a_share_off_a_class_is_right_as_often_as_told(small: Published, truth: Truth) -> None:
    """skew, of a box that stands for itself: the rate at the class that is farthest from everybody."""
    found = inference.skew(small, [])
    name = found.words.split("“")[1].split("”")[0]
    field, code = name.split("___")
    others = [box for box, to in small.manifest["scheme"]["boxes"][field].items() if to == code]
    ticked = [(key, any(row[f"{field}___{box}"] == "1" for box in others)) for key, row in truth]
    usual = np.mean([is_ for _, is_ in ticked])
    shares = {key: np.mean([is_ for other, is_ in ticked if other == key]) for key in {key for key, _ in ticked}}
    farthest = max(shares.values(), key=lambda share: abs(share - usual))
    assert (found.success, found.guess) == pytest.approx((max(farthest, 1 - farthest), max(usual, 1 - usual)))


@pytest.mark.parametrize("careless", [False, True])
def test_who_knows_that_she_joined_learns_her_answers_only_from_a_careless_engine(
    tmp_path, monkeypatch: pytest.MonkeyPatch, careless: bool
) -> None:
    if careless:
        monkeypatch.setattr(overtime, "hold_back", lambda draft, previous: np.ones(draft.cohort.n, dtype=bool))
    joiner = Person("woman", "res", "5", "yes", frozenset({"har"}))
    grown = [*crowd.everybody(), *crowd.ordinary("man", "late", 60), joiner]
    first = study.publish(crowd.cohort(crowd.everybody()), tmp_path / "one", text=crowd.PLAN)
    second = study.publish(crowd.cohort(grown), tmp_path / "two", month="2026-11", previous=[first], text=crowd.PLAN)
    (key,) = (key for key in second.groups if {"woman", "res"} <= set(key))
    new = second.groups[key] - first.groups[key]
    told = [name for name in second.columns if name not in ("row", *second.known)]
    guesses = [dict(zip(told, value, strict=True)) for value in new]
    assert [(one["miniz_burnout"], one["changed_specialty"]) for one in guesses] == ([("5", "yes")] if careless else [])
    found = differencing(second, [first])
    assert found.holds != careless and found.guess < 0.2


def only(told: dict, field: str) -> dict:
    return told | {"tables": [one for one in told["tables"] if one["field"] == field]}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_true_counts_lie_where_the_linear_program_says(tmp_path, seed: int) -> None:
    laid, path = study.laid(), study.rows(tmp_path, 260, seed)
    cohort, boxes = read_rows(path, laid), read_boxes(path, laid)
    early = tables(laid, cohort.only(np.arange(190)), {name: one.only(np.arange(190)) for name, one in boxes.items()})
    late = tables(laid, cohort, boxes, early.levels, [early.as_json()])
    burnout = cohort.singles[0]
    exact = Counter(burnout.values[code] for code in burnout.codes)
    early_told, late_told = (only(one.as_json(), burnout.field) for one in (early, late))
    for _, code, low, high in reconstruction.ranges(late_told):
        assert not code or low - 1e-6 <= exact[code] <= high + 1e-6
    joined = Counter(burnout.values[code] for code in burnout.codes[190:])
    ((_, system, aims),) = growth.systems(late_told, [early_told])
    counts = {code: terms for terms, code in aims if code and len(terms) == 2 and sorted(terms.values()) == [-1, 1]}
    assert counts
    for code, terms in counts.items():
        low, high = system.range(terms)
        assert low - 1e-6 <= joined[code] <= high + 1e-6
