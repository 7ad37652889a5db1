"""Where the answer to each field goes: into the account, onto the desk's card, into a research row, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from instruments.editions import Level
from instruments.field import ANSWERED, Field, Instrument
from instruments.questions import plain, questionnaire


@dataclass(frozen=True)
class Place:
    """One field. `who`: person, system (a hidden field), formula, page (shown only), off.

    `row`: "no", "yes", "restricted"; `barred`: why it can never enter one, "" if it may. `coarser`: whether the
    hierarchies have levels for each of its codes ("" for a field that they don't have, "no" where a code is missing).
    """

    name: str
    label: str
    part: str
    type: str
    who: str
    cls: str
    kept: bool
    card: bool
    row: str
    only_if: str
    barred: str
    gen: str
    coarser: str


def places(instrument: Instrument, levels: Iterable[Level] = ()) -> tuple[Place, ...]:
    """Each field of an instrument and where its answer goes, in order.

    Args: levels: how codes are made coarser (editions.hierarchies).
    """
    known: dict[str, set[str]] = {}
    for level in levels:
        known.setdefault(level.field, set()).add(level.code)
    parts = {one.id: part.title for part in questionnaire(instrument).parts for one in part.questions}
    return tuple(
        Place(
            name=one.name,
            label=plain(one.label),
            part=parts.get(one.name, ""),
            type=one.type,
            who=_who(one),
            cls="identifier" if one.identifier else one.policy.cls,
            kept=kept(one),
            card=one.policy.triage and kept(one),
            row=one.row_policy,
            only_if=one.policy.only_if,
            barred=one.barred,
            gen=one.policy.gen,
            coarser=_coarser(one, known.get(one.name, set())),
        )
        for one in instrument.fields
    )


def kept(one: Field) -> bool:
    """Whether an answer to it stays in the sealed account."""
    return one.type in ANSWERED and one.policy.stored and one.policy.default_on


def _who(one: Field) -> str:
    if not one.policy.default_on:
        return "off"
    if one.formula is not None:
        return "formula"
    if one.hidden or one.type == "sql":
        return "system"
    return "page" if one.type == "descriptive" else "person"


def _coarser(one: Field, known: set[str]) -> str:
    if not known or one.row_policy == "no":
        return ""
    return "yes" if {choice.code for choice in one.choices} <= known else "no"
