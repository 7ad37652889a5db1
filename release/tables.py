"""Frequency tables for so few people that rows would tell: n of N in per cent, each with its own N.

Small cells are merged, then every count is rounded to a multiple of 5, then what could still be derived is not shown.
Percentages are of rounded counts. A table of one answer puts its rarest answers together; of several, a box that fewer
than 11 ticked, or all but fewer than 11, is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from typing import Any

import numpy as np

from release.attacks.growth import told_by_subtracting
from release.attacks.reconstruction import LEAST, ROUNDED_TO, derivable
from release.cohort import Cohort, Multi
from release.design import Design, Known
from release.hierarchy import Level
from release.sensitive import Single

POOLED = 0.25  # of all people, at most, before a coarser level is taken


@dataclass(frozen=True)
class Line:
    """One line. n: rounded; None when it is not shown. exact: never published."""

    codes: tuple[str, ...]
    label: str
    n: int | None
    exact: int


@dataclass(frozen=True)
class Table:
    """One question. many: more than one answer possible. of: the N of its lines. missing: who left it or was not asked;
    None when they are so few that they are counted in N or in the last line. unanswered: exact, never published.
    kappa: how far two coders agree, of the lines that are shown.
    """

    field: str
    label: str
    many: bool
    of: int
    missing: int | None
    lines: tuple[Line, ...]
    unanswered: int
    kappa: Mapping[str, float] = made_by(default_factory=dict)


@dataclass(frozen=True)
class Tables:
    """levels: at which level of its hierarchy each quasi-identifier is told; a series keeps it."""

    people: int
    tables: tuple[Table, ...]
    levels: Mapping[str, int] = made_by(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The published numbers, all of them."""
        return {
            "least": LEAST,
            "rounded_to": ROUNDED_TO,
            "people": self.people,
            "tables": [
                {
                    "field": one.field,
                    "label": one.label,
                    "many": one.many,
                    "of": one.of,
                    "missing": one.missing,
                    "lines": [
                        {"codes": list(line.codes), "label": line.label, "n": line.n}
                        | ({"kappa": one.kappa.get(line.codes[0])} if one.kappa else {})
                        for line in one.lines
                    ],
                }
                for one in self.tables
            ],
        }


def tables(
    design: Design,
    cohort: Cohort,
    boxes: Mapping[str, Multi],
    levels: Mapping[str, int] | None = None,
    earlier: Sequence[Mapping[str, Any]] = (),
) -> Tables:
    """One table for each column of the plan, from which no count of 1 to 10 can be derived.

    Args: boxes: the quasi-identifiers with boxes as they were ticked, by field. levels, earlier: of the series: the
        levels that it keeps, and what tables.json said in each release before.
    """
    made: list[Table] = []
    kept = dict(levels or {})
    for one, codes in zip(design.known, cohort.known, strict=True):
        name = one.field.name
        if name in boxes:
            made.append(boxes_table(one.field.label, boxes[name], _labels(one)))
        else:
            kept.setdefault(name, _finest(one, codes))
            made.append(_levelled(one, codes, kept[name]))
    singles = {one.field: one for one in cohort.singles}
    multis = {one.field: one for one in cohort.multis}
    for asked in (one.field for one in design.kept):
        labels = {choice.code: choice.label for choice in asked.options}
        if asked.name in multis:
            made.append(boxes_table(asked.label, multis[asked.name], labels))
        else:
            made.append(_single(asked.label, singles[asked.name], labels))
    told = Tables(rounded(cohort.n), tuple(one for one in made if len(one.lines) > 1 and one.of >= LEAST), kept)
    return protect(told, earlier)


def protect(told: Tables, earlier: Sequence[Mapping[str, Any]] = ()) -> Tables:
    """The tables without what could be derived from all of their numbers together, and from those published before."""
    while True:
        weak = derivable(told.as_json()) or told_by_subtracting(told.as_json(), earlier)
        if not weak:
            return told
        weaker = (_weaker(one, told.people, weak.get(one.field, set())) for one in told.tables)
        told = replace(told, tables=tuple(one for one in weaker if len(one.lines) > 1))


def rounded(count: int) -> int:
    """To the nearest multiple of ROUNDED_TO."""
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def pool(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The answers that are told together: the rare ones and the next, so that none of them is known to be rare."""
    rising = sorted(counts, key=lambda code: (counts[code], code))
    few = sum(1 for code in rising if counts[code] < LEAST)
    return tuple(rising[: few + 1]) if few else ()


def _finest(one: Known, codes: np.ndarray) -> int:
    """The finest level that puts no more than a quarter of all people into its last line."""
    told = len(one.levels.levels) - 1
    for place, level in enumerate(one.levels.levels[:-1]):
        counts = _counts(level, codes)
        if sum(counts[code] for code in pool(counts)) <= POOLED * len(codes):
            return place
    return max(told - 1, 0)


def _levelled(one: Known, codes: np.ndarray, at: int) -> Table:
    level = one.levels.levels[at]
    counts = _counts(level, codes)
    labels = dict(zip(level.codes, level.labels, strict=True))
    return choices_table(one.field.name, one.field.label, counts, labels, 0, len(codes))


def _counts(level: Level, codes: np.ndarray) -> dict[str, int]:
    seen = np.bincount(level.group[codes], minlength=len(level.codes))
    return dict(zip(level.codes, seen.tolist(), strict=True))


def _single(label: str, one: Single, labels: Mapping[str, str]) -> Table:
    seen = dict(zip(one.values, np.bincount(one.codes, minlength=len(one.values)).tolist(), strict=True))
    counts = {code: seen[code] for code in labels}
    return choices_table(one.field, label, counts, labels, sum(seen.values()) - sum(counts.values()), len(one.codes))


def choices_table(
    field: str, label: str, counts: Mapping[str, int], labels: Mapping[str, str], missing: int, people: int
) -> Table:
    """A table of one answer. Few who did not answer are put with the rarest answers, or counted in N."""
    together = pool(counts)
    lines = [_line((code,), labels[code], counts[code]) for code in counts if code not in together]
    if together:
        n = sum(counts[code] for code in together)
        words = "Other answers: " + "; ".join(labels[code] for code in counts if code in together)
        lines.append(_line(together, words, n))
    told = missing >= LEAST
    of = rounded(people - missing) if told else rounded(people)
    return Table(field, label, False, of, rounded(missing) if told else None, tuple(lines), missing)


def boxes_table(label: str, one: Multi, labels: Mapping[str, str]) -> Table:
    """A table of a question with boxes. One that too few ticked, or too few did not, is not shown."""
    answered = int((one.state == 2).sum())
    missing = len(one.state) - answered
    told = missing >= LEAST
    of = answered if told else len(one.state)
    lines = []
    for place, item in enumerate(one.items):
        n = int(one.ticks[:, place].sum())
        shown = n >= LEAST and of - n >= LEAST
        lines.append(Line((item,), labels[item], rounded(n) if shown else None, n))
    return Table(one.field, label, True, rounded(of), rounded(missing) if told else None, tuple(lines), missing)


def _labels(one: Known) -> dict[str, str]:
    return {choice.code: choice.label for choice in one.field.options}


def _line(codes: tuple[str, ...], label: str, exact: int) -> Line:
    return Line(codes, label, rounded(exact), exact)


def _weaker(one: Table, people: int, weak: set[str]) -> Table:
    """Without the numbers that told too much: a box is not shown; those who gave no answer go into the last line, and
    after them the answers that tell. What can't be made to tell less is left out.
    """
    if not weak:
        return one
    if one.many:
        lines = tuple(replace(line, n=None) if set(line.codes) & weak else line for line in one.lines)
        weaker = replace(one, lines=lines, of=people, missing=None)
        return weaker if weaker != one and any(line.n is not None for line in lines) else replace(one, lines=())
    rising = sorted(one.lines, key=lambda line: line.exact)
    last = next((line for line in rising if "" in line.codes), None)
    if last is None:
        return _together(one, people, rising[:2], one.unanswered)
    others = [line for line in rising if line is not last]
    telling = [line for line in others if set(line.codes) & weak] or others[:1]
    return _together(one, people, [last, *telling], 0)


def _together(one: Table, people: int, lines: Sequence[Line], unanswered: int) -> Table:
    """These lines as the last one, with those who gave no answer."""
    codes = ("", *(code for line in lines for code in line.codes if code))
    labels = [line.label.removesuffix("; no answer") for line in lines]
    last = _line(codes, "; ".join([*labels, "no answer"]), unanswered + sum(line.exact for line in lines))
    return replace(one, lines=(*(line for line in one.lines if line not in lines), last), of=people, missing=None)
