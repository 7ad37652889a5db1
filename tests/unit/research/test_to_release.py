"""From sealed rows to a release: what sixty people gave is opened at home and becomes tables."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from demo import rows
from demo.people import Staff
from tests.support.cohort import COLUMNS, cohort
from tests.support.databases import ROOT, one_database
from tests.unit.research.conftest import Study

PEOPLE, EMAIL = 60, "stan@example.org"


def run(*words: str, typed: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, input=typed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow  # commands in processes of their own
@one_database
def test_what_people_gave_comes_out_of_the_stewards_file_and_release_reads_it(study: Study, tmp_path: Path) -> None:
    study.batches_of(20)
    stan = Staff(study.wire.another(), "Stan Oduya", now_s=study.clock.now_s)
    stan.roles = "steward"
    stan.use_words(email=EMAIL)
    stan.join(study.carl.invite_staff("steward"))
    study.carl.certify(stan)
    given: list[dict[str, Any]] = cohort(PEOPLE).rows(named=True)
    for answers in given:
        rows.send_row(study.somebody(), "intake.v1", "intake", answers)
    (tmp_path / "rows.json").write_bytes(rows.take_rows_home(stan))
    out = tmp_path / "rows.csv"
    said = run("crypto", "open-rows", str(tmp_path / "rows.json"), "--out", str(out), typed=f"{EMAIL}\n{stan.words}\n")
    assert f"Rows of intake.v1: {PEOPLE}" in said and "Left out" not in said

    with out.open(encoding="utf-8", newline="") as opened:
        found = [[line[name] for name in COLUMNS] for line in csv.DictReader(opened)]
    assert sorted(found) == found == sorted([one[name] for name in COLUMNS] for one in given)

    dictionary = ["--dictionary", "intake.v1.csv", "--plan", "table-one.v1"]
    run("release", "tables", "--rows", str(out), *dictionary, "--out", str(tmp_path / "tables"))
    told = json.loads((tmp_path / "tables" / "tables.json").read_text(encoding="utf-8"))
    assert told["people"] == PEOPLE
