"""Before anything is published, a steward is told what it would tell, and how long to wait."""

from pathlib import Path

import numpy as np
import pytest

from release.errors import Declined
from release.forecast import forecast, peers_to_wait_for
from release.published import Published
from tests.support import study
from tests.unit.release import crowd
from tests.unit.release.crowd import Person

JOINER = Person("woman", "res", "5", "yes", frozenset({"har"}))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return study.publish(crowd.cohort(crowd.everybody()), tmp_path_factory.mktemp("forecast") / "one", text=crowd.PLAN)


def test_one_joiner_would_be_told_apart_and_waits_for_four(first: Published) -> None:
    told = forecast(study.laid(crowd.PLAN), crowd.cohort([*crowd.everybody(), JOINER]), [first], "2026-11")
    assert told.no is not None and told.no.target == "series"
    assert (told.told_apart.joined, told.told_apart.right) == (1, 1)
    assert peers_to_wait_for(told, 5) == 4


def test_who_left_would_be_told_apart(first: Published) -> None:
    told = forecast(study.laid(crowd.PLAN), crowd.cohort(crowd.everybody()[1:]), [first], "2026-11")
    assert (told.told_apart.left, told.told_apart.right) == (1, 1)


def test_many_joiners_tell_nothing_and_wait_for_nobody(first: Published) -> None:
    people = [*crowd.everybody(), *crowd.ordinary("man", "late", 60)]
    told = forecast(study.laid(crowd.PLAN), crowd.cohort(people), [first], "2026-11")
    assert told.no is None and told.made is not None
    assert told.told_apart.right == 0 and peers_to_wait_for(told, 5) == 0


def test_without_an_earlier_release_there_is_nothing_to_subtract(tmp_path: Path) -> None:
    told = forecast(study.laid(), study.people(tmp_path, 700), [], "2026-11")
    assert told.no is None and told.changes == ()


def test_too_few_people_are_told_so(tmp_path: Path) -> None:
    with pytest.raises(Declined, match="fewer than 20"):
        forecast(study.laid(), study.people(tmp_path, 12), [], "2026-11")


def test_subtracting_tells_most_joiners_apart_unless_they_wait(first: Published) -> None:
    """The trap that others fell into, with truth known: a random joiner's answers, from two releases in one scheme."""
    random = np.random.default_rng(2)
    caught = 0
    for _ in range(25):
        gender, stage = crowd.CELLS[random.integers(len(crowd.CELLS))]
        joiner = crowd.ordinary(gender, stage)[random.integers(crowd.SIZE)]
        told = forecast(study.laid(crowd.PLAN), crowd.cohort([*crowd.everybody(), joiner]), [first], "2026-11")
        caught += told.told_apart.right
    assert caught == 25


@pytest.mark.slow
def test_a_steward_at_the_terminal_is_told_whom_to_wait_for(tmp_path: Path) -> None:
    text = study.PLAN.replace("l = 2", "l = 2\ndrop = 0.1")
    (tmp_path / "small.toml").write_text(text, encoding="utf-8")
    study.publish(study.people(tmp_path, 700, text=text), tmp_path / "one", text=text)
    first, more = study.rows(tmp_path, 700).read_text(), study.rows(tmp_path, 20, seed=2).read_text()
    (tmp_path / "grown.csv").write_text(first + more.split("\n", 1)[1], encoding="utf-8")
    words = ["--rows", tmp_path / "grown.csv", "--dictionary", "intake.v1.csv", "--plan", tmp_path / "small.toml"]
    done = study.run("simulate", *words, "--previous", tmp_path / "one", "--month", "2026-11")
    assert done.returncode == 3
    assert "wait for" in done.stderr and "people who joined them, or left" in done.stdout
