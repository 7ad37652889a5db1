"""Frequency tables for so few people that rows would tell: n of N in per cent, each with its own N.

Small cells are merged, then every count is rounded to a multiple of 5, then what could still be derived is not shown.
Percentages are of rounded counts. A table of one answer puts its rarest answers together; of several, a box that fewer
than 11 ticked, or all but fewer than 11, is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

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
    """

    field: str
    label: str
    many: bool
    of: int
    missing: int | None
    lines: tuple[Line, ...]
    unanswered: int


@dataclass(frozen=True)
class Tables:
    people: int
    tables: tuple[Table, ...]

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
                    "lines": [{"codes": list(line.codes), "label": line.label, "n": line.n} for line in one.lines],
                }
                for one in self.tables
            ],
        }


def tables(design: Design, cohort: Cohort, boxes: Mapping[str, Multi]) -> Tables:
    """One table for each column of the plan, from which no count of 1 to 10 can be derived.

    Args: boxes: the quasi-identifiers with boxes as they were ticked, by field.
    """
    made: list[Table] = []
    for one, codes in zip(design.known, cohort.known, strict=True):
        name = one.field.name
        made.append(boxes_table(one.field.label, boxes[name], _labels(one)) if name in boxes else _levelled(one, codes))
    singles = {one.field: one for one in cohort.singles}
    multis = {one.field: one for one in cohort.multis}
    for kept in design.kept:
        labels = {choice.code: choice.label for choice in kept.field.options}
        if kept.field.name in multis:
            made.append(boxes_table(kept.field.label, multis[kept.field.name], labels))
        else:
            made.append(_single(kept.field.label, singles[kept.field.name], labels))
    told = Tables(rounded(cohort.n), tuple(one for one in made if len(one.lines) > 1 and one.of >= LEAST))
    return protect(told)


def protect(told: Tables) -> Tables:
    """The tables without what could be derived from all of their numbers together."""
    while True:
        weak = derivable(told.as_json())
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


def _levelled(one: Known, codes: np.ndarray) -> Table:
    """At the finest level that puts no more than a quarter of all people into its last line."""
    for level in one.levels.levels[:-1]:
        counts = _counts(level, codes)
        if sum(counts[code] for code in pool(counts)) <= POOLED * len(codes):
            break
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
    """Without the numbers that told too much: a box is not shown; those who gave no answer go into the last line."""
    if not weak:
        return one
    if one.many:
        lines = tuple(replace(line, n=None) if set(line.codes) & weak else line for line in one.lines)
        return replace(one, lines=lines, of=people, missing=None)
    if any("" in line.codes for line in one.lines):
        return replace(one, lines=())
    fewest = sorted(one.lines, key=lambda line: line.exact)[:2]
    codes = ("", *(code for line in fewest for code in line.codes))
    label = "; ".join([*(line.label for line in fewest), "no answer"])
    last = _line(codes, label, one.unanswered + sum(line.exact for line in fewest))
    return replace(one, lines=(*(line for line in one.lines if line not in fewest), last), of=people, missing=None)
