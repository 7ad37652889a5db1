"""A small plan, and releases made by it from a made-up cohort: what tests of releases begin with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from instruments.editions import hierarchies, load
from release.__main__ import main
from release.build import draft
from release.cohort import Cohort
from release.design import Design, design
from release.plan import read_plan
from release.published import Published, read_folder
from release.rows import read_rows
from release.write import write
from tests.support import cohort
from tests.support.typed import Done, typed

PLAN = """
name = "small"
version = 1
title = "A small study"
instrument = "intake.v1"
series = "peers"
protocol = "IRB 7"

[targets]
k = 5
l = 2
share = 0.45

[[quasi]]
field = "career_stage"
[[quasi]]
field = "gender"
[[quasi]]
field = "race_eth"
beside = "white"
several = ["Two or more", "not White alone", "any", "any"]

[[sensitive]]
field = "wi_type"
merge = "oth"
[[sensitive]]
field = "miniz_burnout"
[[sensitive]]
field = "changed_specialty"
"""


def plan(**instead: str) -> str:
    """The small plan with lines put in place of others: plan(k="k = 11")."""
    lines = PLAN.splitlines()
    for name, line in instead.items():
        at = next(n for n, old in enumerate(lines) if old.startswith(f"{name} ="))
        lines[at] = line
    return "\n".join(lines) + "\n"


@cache
def laid(text: str = PLAN) -> Design:
    return design(read_plan(text), load("intake"), hierarchies())


def rows(folder: Path, size: int, seed: int = 1) -> Path:
    return cohort.write(folder / f"rows-{size}-{seed}.csv", size, seed)


def people(folder: Path, size: int, seed: int = 1, text: str = PLAN) -> Cohort:
    return read_rows(rows(folder, size, seed), laid(text))


def publish(
    cohort: Cohort, folder: Path, *, month: str = "2026-05", previous: Sequence[Published] = (), text: str = PLAN
) -> Published:
    """A release of these people, written and read again."""
    write(draft(laid(text), cohort, previous, month), folder, month=month, previous=previous)
    return read_folder(folder)


def run(*words: object) -> Done:
    """`python -m release ...` as a steward runs it."""
    return typed(main, *words, COLUMNS="160", NO_COLOR="1")
