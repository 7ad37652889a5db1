"""Subtracting the tables of one release from those of a later one: how many joined, or left, answer by answer.

All counts of a question in all releases are unknowns of one linear program. Nobody is assumed to have left as long as
that can be true, which tells the most; else a change of 1 to 10 in either direction is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from release.attacks.reconstruction import MANY, Aim, System, everybody_in, say

Doc = Mapping[str, Any]


def told_by_subtracting(told: Doc, earlier: Sequence[Doc]) -> dict[str, set[str]]:
    """By table, the codes of which 1 to 10 people are known to have joined, or left."""
    found: dict[str, set[str]] = {}
    for table, system, aims in systems(told, earlier):
        weak = set(system.small(aims))
        found |= {table: weak} if weak else {}
    return found


def systems(told: Doc, earlier: Sequence[Doc]) -> Iterator[tuple[str, System, list[Aim]]]:
    """Each table that an earlier release has as well: what all releases say, and what somebody would aim at."""
    people = [everybody_in(one) for one in (*earlier, told)]
    for table in told["tables"]:
        before = [_of(one, table["field"]) for one in earlier]
        if any(before):
            system, aims = _joint([*before, table], people, stay=True)
            if not system.can_be():
                system, aims = _joint([*before, table], people, stay=False)
            yield table["field"], system, aims


def _of(told: Doc, field: str) -> Doc | None:
    return next((one for one in told["tables"] if one["field"] == field), None)


Counts = dict[tuple[str, int], dict[int, float]]


def _joint(
    tables: Sequence[Doc | None], people: Sequence[tuple[float, float]], *, stay: bool
) -> tuple[System, list[Aim]]:
    """One question in all releases, and what somebody would want to know of the last. stay: nobody has left since."""
    system, said = System(), []
    for table, n in zip(tables, people, strict=True):
        if table is not None:
            everybody, aims = say(system, table, n)
            said.append((everybody, _named(aims)))
    groups = [line["codes"] for table in tables if table for line in table["lines"] if len(line["codes"]) > 1]
    last = said[-1][1]
    wanted = [(terms, code) for (code, _), terms in last.items()]
    for number, (then, before) in enumerate(said[:-1]):
        wanted += _changes(last, before, groups)
        for later, after in said[number + 1 :] if stay else ():
            system.between({later: 1.0, then: -1.0}, 0, MANY)
            for terms, _ in _changes(after, before, ()):
                system.between(terms, 0, MANY)
    return system, wanted


def _named(aims: Sequence[Aim]) -> Counts:
    """Each sum by its code; the second of a code is of those who did not tick it."""
    made: Counts = {}
    for terms, code in aims:
        made[code, 1 if (code, 0) in made else 0] = terms
    return made


def _changes(now: Counts, before: Counts, groups: Sequence[Sequence[str]]) -> list[Aim]:
    """What became of each count, and of those that are told together."""
    made = [(_less(now[name], before[name]), name[0]) for name in now if name in before]
    for codes in groups:
        if all((code, 0) in now and (code, 0) in before for code in codes):
            all_now, all_before = ({place: 1.0 for code in codes for place in of[code, 0]} for of in (now, before))
            made.append((_less(all_now, all_before), codes[0]))
    return made


def _less(terms: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    return {**terms, **{place: -weight for place, weight in other.items()}}
