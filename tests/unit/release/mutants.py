"""The engine, broken in one place at a time, as it might be by a slip; each mutant leaks in one kind of way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from instruments.field import Choice, Field, Instrument
from release import build, classes, look, multiselect, overtime, rules, tables, write
from release.draft import Draft, Scheme
from release.hierarchy import Level
from release.published import ROW
from tests.unit.release import crowd
from tests.unit.release.crowd import Person

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Mutant:
    """slip: what is wrong. odd: people beside the crowd. joined: who comes before a second release; with nobody, there is one."""

    kind: str
    slip: str
    break_: Callable[[Patch], None]
    odd: Sequence[Person] = ()
    joined: Sequence[Person] = ()


def _never(*rows: Any) -> tuple[np.ndarray, np.ndarray]:
    sizes = next(one for one in rows if isinstance(one, np.ndarray))
    return np.zeros(len(sizes), dtype=bool), np.zeros(len(sizes))


def _forget(rule: str) -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(rules, rule, _never)


def _one_row_fewer(patch: Patch) -> None:
    judge, small = rules.Rules.judge, classes.small
    looser = lambda one: replace(one, targets=replace(one.targets, k=one.targets.k - 1))  # noqa: E731
    patch.setattr(rules.Rules, "judge", lambda one, *given: judge(looser(one), *given))
    patch.setattr(look.classes, "small", lambda lattice, node, k: small(lattice, node, k - 1))


def _silence_is_an_answer(patch: Patch) -> None:
    few = rules.few_values

    def counts_all(targets: Any, sizes: np.ndarray, held: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        silent = sizes - held.sum(axis=1)
        return few(targets, sizes, np.column_stack([held, silent]))

    patch.setattr(rules, "few_values", counts_all)


def _no_repair(patch: Patch) -> None:
    patch.setattr(multiselect, "repair", lambda multis, boxes, merges, targets: boxes)
    patch.setattr(build, "_no_rare_sets", lambda made, targets: None)


def _keeps_the_place(patch: Patch) -> None:
    frame = write.frame
    patch.setattr(write, "frame", lambda *given: frame(*given).with_row_index("index").cast({"index": pl.String}))


def _state_slips_in(patch: Patch) -> None:
    frame, book = write.frame, write.codebook
    states = ["ca", "ny", "tx", "fl", "ma", "wa", "il", "oh", "pa", "ga"]

    def wider(draft: Draft, *given: Any) -> pl.DataFrame:
        made = frame(draft, *given)
        return made.with_columns(pl.Series("state", [states[n * 7 % 10] for n in range(made.height)]))

    def told(draft: Draft) -> Instrument:
        choices = tuple(Choice(code, code) for code in states)
        text = " | ".join(f"{code}, {code}" for code in states)
        slipped = Field(
            "state", "release", type="radio", choices=choices, choices_text=text, annotation="class=quasi; export=yes"
        )
        return replace(book(draft), fields=(*book(draft).fields, slipped))

    patch.setattr(write, "frame", wider)
    patch.setattr(write, "codebook", told)


def _lists_what_was_dropped(patch: Patch) -> None:
    listing = write.write_classes

    def with_dropped(table: pl.DataFrame, draft: Draft, path: Path) -> None:
        listing(table, draft, path)
        codes = ["fel" if one.field.name == "career_stage" else level.codes[0] for one, level in draft.told()]
        path.write_text(path.read_text(encoding="utf-8") + ",".join([*codes, "4"]) + "\n", encoding="utf-8")

    patch.setattr(write, "write_classes", with_dropped)


def _publishes_every_joiner(patch: Patch) -> None:
    patch.setattr(overtime, "hold_back", lambda draft, previous: np.ones(draft.cohort.n, dtype=bool))


def _a_new_scheme_each_time(patch: Patch) -> None:
    kept = build.scheme_of

    def other(last: Any, design: Any) -> Scheme:
        told = kept(last, design)
        return replace(told, node=tuple(min(level + 1, 1) for level in told.node))

    patch.setattr(build, "scheme_of", other)


def _coarser_where_it_has_to_be(patch: Patch) -> None:
    levels = Draft.levels

    def mixed(draft: Draft) -> list[Any]:
        return [(one, _training(level) if one.field.name == "career_stage" else level) for one, level in levels(draft)]

    patch.setattr(Draft, "levels", mixed)


def _training(level: Level) -> Level:
    """Residents are told as "training", everybody else as they are."""
    named = {"res": "training"}
    return replace(
        level,
        codes=tuple(named.get(code, code) for code in level.codes),
        labels=tuple(
            "Training" if code in named else label for code, label in zip(level.codes, level.labels, strict=True)
        ),
    )


def _as_they_came(patch: Patch) -> None:
    frame = write.frame

    def unsorted(draft: Draft, *given: Any) -> pl.DataFrame:
        made = frame(draft, *given)
        others = [name for name in made.columns if name != ROW]
        return made.sort(others).with_columns(made[ROW].shuffle(seed=1))

    patch.setattr(write, "frame", unsorted)


def _the_same_numbers_again(patch: Patch) -> None:
    stream = np.random.default_rng(5).bytes(1 << 16)
    numbers = write.row_numbers
    patch.setattr(write, "row_numbers", lambda n, random: numbers(n, lambda size: stream[:size]))


def _tells_rare_answers(patch: Patch) -> None:
    patch.setattr(tables, "pool", lambda counts: ())
    patch.setattr(tables, "protect", lambda told, earlier: told)


GROWN = crowd.ordinary("man", "late", 60)
MUTANTS = [
    Mutant("schema", "keeps each row's place in the steward's file as a column", _keeps_the_place),
    Mutant("k", "takes classes of one row fewer", _one_row_fewer, crowd.odd(4, burnout="34-5", changed=["no", "considering", "yes", "no"])),
    Mutant("l", "takes silence for an answer", _silence_is_an_answer, crowd.odd(10, burnout="33334444--")),
    Mutant("t", "forgets that a class may be unlike everybody", _forget("far_from_all"), crowd.odd(20, burnout="5" * 8 + "2" * 7 + "44" + "33" + "-")),
    Mutant("km", "merges no rare boxes", _no_repair, [Person("woman", "res", "4", "no", frozenset({"disc", "pay"}))] * 3),
    Mutant("prosecutor", "lets a quasi-identifier in beside the plan", _state_slips_in),
    Mutant("journalist", "lists the classes that were left out", _lists_what_was_dropped, crowd.odd(4, burnout="34-5")),
    Mutant("homogeneity", "forgets that all of a class may have ticked a box", _forget("everybody"),
           crowd.odd(12, kinds=[kinds | {"disc"} for kinds in map(crowd.ticked, range(12))])),
    Mutant("skew", "forgets that a class may tick a box less than everybody", _forget("share_off"),
           crowd.odd(12, kinds=[crowd.ticked(n) - ({"disc"} if n else set()) for n in range(12)])),
    Mutant("exclusion", "forgets what is left when one answer is known to be wrong", _forget("sure_by_exclusion"),
           crowd.odd(50, burnout="3" * 31 + "4" * 18 + "5")),
    Mutant("differencing", "publishes each joiner at once", _publishes_every_joiner,
           joined=[*GROWN, Person("woman", "res", "5", "yes", frozenset({"har"}))]),
    Mutant("composition", "chooses a new scheme for each release", _a_new_scheme_each_time, joined=GROWN),
    Mutant("minimality", "makes only those coarser who need it", _coarser_where_it_has_to_be),
    Mutant("lp", "tells rare answers as they are, and asks nobody what follows", _tells_rare_answers, crowd.odd(4)),
    Mutant("metadata", "leaves rows in an order that tells", _as_they_came),
    Mutant("membership", "gives a person the same row number again", _the_same_numbers_again, joined=GROWN),
]  # fmt: skip
