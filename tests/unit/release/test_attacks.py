"""Each kind of attack is noticed, each alone: the engine is broken in one place, and `verify`, in its own process and with
nothing but the written folders, fails on that kind and on no other."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from release import tables, tabulate
from release.attacks.suite import KINDS, attack
from release.published import read_folder
from tests.support import study
from tests.support.databases import ROOT
from tests.unit.release import crowd
from tests.unit.release.mutants import MUTANTS, Mutant

CAUGHT = 4


def published(mutant: Mutant, home: Path) -> list[Path]:
    """The releases of a series, the last one under attack."""
    people = [*crowd.everybody(), *mutant.odd]
    if mutant.kind == "lp":
        laid = study.laid(crowd.PLAN)
        told = tables.tables(laid, crowd.cohort(people), {"race_eth": crowd.races(len(people))})
        tabulate.write(told, laid.plan, home / "one", "2026-05")
        return [home / "one"]
    first = study.publish(crowd.cohort(people), home / "one", text=crowd.PLAN)
    if not mutant.joined:
        return [home / "one"]
    grown = crowd.cohort([*people, *mutant.joined])
    study.publish(grown, home / "two", month="2026-11", previous=[first], text=crowd.PLAN)
    return [home / "one", home / "two"]


# Reads lists of words, runs each as `python -m release` would, and prints what each ended with.
VERIFIER = "import json, sys; from release.__main__ import main; print([main(one) for one in json.load(sys.stdin)])"


@pytest.fixture(scope="module")
def caught(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, list[str]]]:
    """What `verify` says of each mutant's release: the number it ends with, and the kinds that it caught.

    One process for all, which knows nothing of the engine that is broken here.
    """
    words, reports = [], {}
    for mutant in MUTANTS:
        home = tmp_path_factory.mktemp(mutant.kind)
        with pytest.MonkeyPatch.context() as patch:
            mutant.break_(patch)
            folders = [str(folder) for folder in published(mutant, home)]
        reports[mutant.kind] = home / "report.json"
        words.append(["verify", folders[-1], "--report", str(home / "report"), "--previous", *folders[:-1]])
    command = [sys.executable, "-c", VERIFIER]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(words), capture_output=True, text=True, check=True)
    ended = json.loads(done.stdout.splitlines()[-1])
    told = [json.loads(report.read_text(encoding="utf-8"))["attacks"] for report in reports.values()]
    assert all([one["kind"] for one in attacks] == list(KINDS) for attacks in told)
    kinds = [[one["kind"] for one in attacks if not one["holds"]] for attacks in told]
    return dict(zip(reports, zip(ended, kinds, strict=True), strict=True))


@pytest.mark.parametrize("kind", [one.kind for one in MUTANTS])
def test_a_mutant_is_caught_by_its_kind_alone(caught: dict[str, tuple[int, list[str]]], kind: str) -> None:
    assert caught[kind] == (CAUGHT, [kind])


@pytest.mark.parametrize("mutant", [one for one in MUTANTS if one.odd or one.joined], ids=lambda one: str(one.kind))
def test_the_engine_as_it_is_withstands_the_same_people(mutant: Mutant, tmp_path: Path) -> None:
    folders = published(mutant, tmp_path)
    found = attack(read_folder(folders[-1]), [read_folder(folder) for folder in folders[:-1]])
    assert [kind for kind, one in found.items() if not one.holds] == []


def test_there_is_one_mutant_for_each_kind() -> None:
    assert [one.kind for one in MUTANTS] == list(KINDS)
    for one in MUTANTS:
        print(f"{one.kind}: the engine {one.slip}")


def test_nobody_is_right_more_often_than_chance_by_an_attack_that_fails(tmp_path: Path) -> None:
    folders = published(MUTANTS[0], tmp_path)
    found = attack(read_folder(folders[0]), [])
    for kind in ("prosecutor", "k"):
        assert found[kind].guess < found[kind].success <= 1 / 5
    assert found["l"].success <= found["l"].guess + 0.35
