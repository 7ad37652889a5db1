"""A plan: what one kind of release is about, approved by a board before anybody has seen the data. TOML, versioned."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from release.errors import PlanError
from release.targets import MOST_LOSS, Targets

FOLDER = Path(__file__).parent / "plans"
PEOPLE = "people"  # what tables count
MOST_COLUMNS = 10  # of each kind: no release can carry them all


@dataclass(frozen=True)
class Quasi:
    """A column that somebody may know beforehand. beside, several: how a multi-select becomes one code."""

    field: str
    weight: float = 1.0
    beside: str = ""
    several: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hidden:
    """A column that nobody may learn of a person. merge: the item that takes the ticks of rare ones."""

    field: str
    merge: str = ""


@dataclass(frozen=True)
class Change:
    """What became of one answer in a later wave. order: answers from best to worst; those in no step say nothing."""

    name: str
    before: str
    after: str
    order: tuple[tuple[str, ...], ...]
    label: str = ""


@dataclass(frozen=True)
class Plan:
    name: str
    version: int
    title: str
    instrument: str
    series: str
    protocol: str
    approved: str  # the day from which a board approved it, as 2026-10-01; needed to publish, not to build
    approved_until: str
    restricted: tuple[str, ...]
    targets: Targets
    loss: float
    quasi: tuple[Quasi, ...]
    sensitive: tuple[Hidden, ...]
    public: tuple[str, ...] = ()
    epsilon: float = 1.0
    later: str = ""
    changes: tuple[Change, ...] = ()
    caption: str = ""
    counts: str = PEOPLE

    @property
    def id(self) -> str:
        return f"{self.name}.v{self.version}"


def find_plan(named: str) -> Plan:
    """A plan that ships with the project by its name ("table-one.v1"), or one in a file.

    Raises: PlanError.
    """
    shipped = FOLDER / f"{named}.toml"
    path = shipped if shipped.is_file() and "/" not in named else Path(named)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        known = ", ".join(sorted(one.stem for one in FOLDER.glob("*.toml")))
        raise PlanError(f"there is no plan “{named}” here. Plans that ship with the project: {known}") from None
    return read_plan(text)


def read_plan(text: str) -> Plan:
    """The plan in a TOML text.

    Raises: PlanError with words for its author.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise PlanError(f"this plan is not TOML: {wrong}") from None
    keys = "name version title instrument series protocol approved approved_until caption later"
    _known(told, {*keys.split(), "restricted", "targets", "public", "quasi", "sensitive", "change"}, "the plan")
    public = _known(_of(told, "public", dict, {}), {"fields", "epsilon"}, "public")
    targets = dict(_of(told, "targets", dict, {}))
    loss = targets.pop("loss", MOST_LOSS)
    if not isinstance(loss, int | float) or not 0 < loss <= MOST_LOSS:
        raise PlanError(f"targets: loss is above 0 and at most {MOST_LOSS}")
    try:
        wanted = Targets(**_known(targets, {one.name for one in fields(Targets)}, "targets"))
    except (TypeError, ValueError) as wrong:
        raise PlanError(f"targets: {wrong}") from None
    plan = Plan(
        name=_of(told, "name", str),
        version=_of(told, "version", int),
        title=_of(told, "title", str, ""),
        instrument=_of(told, "instrument", str),
        series=_of(told, "series", str),
        protocol=_of(told, "protocol", str, ""),
        approved=day(told.get("approved", ""), "approved"),
        approved_until=day(told.get("approved_until", ""), "approved_until"),
        restricted=tuple(_of(told, "restricted", list, [])),
        targets=wanted,
        loss=float(loss),
        quasi=tuple(_quasi(one) for one in _of(told, "quasi", list, [])),
        sensitive=tuple(_hidden(one) for one in _of(told, "sensitive", list, [])),
        public=tuple(_of(public, "fields", list, [])),
        epsilon=float(public.get("epsilon", 1.0)),
        caption=_of(told, "caption", str, ""),
        later=_of(told, "later", str, ""),
        changes=tuple(_change(one) for one in _of(told, "change", list, [])),
    )
    if not 0 < plan.epsilon <= 1:
        raise PlanError("public: epsilon is above 0 and at most 1")
    _sizes(plan)
    return plan


def day(value: Any, key: str) -> str:
    """A day as text, empty when none is told; TOML's own dates are taken, too. Raises: PlanError."""
    try:
        return value and date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise PlanError(f"“{key}” is a day, such as 2026-10-01") from None


def _quasi(told: Mapping[str, Any]) -> Quasi:
    _known(told, {"field", "weight", "beside", "several"}, "quasi")
    weight = told.get("weight", 1)
    if not isinstance(weight, int | float) or weight <= 0:
        raise PlanError("quasi: weight is a number above 0")
    several = tuple(_of(told, "several", list, []))
    return Quasi(_of(told, "field", str), float(weight), _of(told, "beside", str, ""), several)


def _hidden(told: Mapping[str, Any]) -> Hidden:
    _known(told, {"field", "merge"}, "sensitive")
    return Hidden(_of(told, "field", str), _of(told, "merge", str, ""))


def _change(told: Mapping[str, Any]) -> Change:
    _known(told, {"name", "before", "after", "order", "label"}, "change")
    order = tuple(tuple(step) if isinstance(step, list) else (str(step),) for step in _of(told, "order", list))
    before, after = _of(told, "before", str), _of(told, "after", str)
    return Change(_of(told, "name", str), before, after, order, _of(told, "label", str, ""))


def _sizes(plan: Plan) -> None:
    hidden = [one.field for one in plan.sensitive] + [one.name for one in plan.changes]
    known = [one.field for one in plan.quasi]
    for kind, columns in (("[[quasi]]", known), ("[[sensitive]] and [[change]]", hidden)):
        if len(columns) > MOST_COLUMNS:
            raise PlanError(f"a plan has up to {MOST_COLUMNS} {kind} columns, this one has {len(columns)}")
    if not known + hidden:
        raise PlanError("this plan names no column; write [[quasi]] and [[sensitive]]")
    if bool(plan.changes) != bool(plan.later):
        raise PlanError('changes need a later instrument, as in later = "followup.v1", and it needs them')
    names = known + hidden
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise PlanError(f"“{twice[0]}” stands twice; each field is either quasi or sensitive")


def _known(told: Mapping[str, Any], keys: set[str], where: str) -> Mapping[str, Any]:
    strange = sorted(set(told) - keys)
    if strange:
        raise PlanError(f"{where}: we don't know “{strange[0]}”; the keys are {', '.join(sorted(keys))}")
    return told


def _of(told: Mapping[str, Any], key: str, kind: type, default: Any = None) -> Any:
    value = told.get(key, default)
    if value is None:
        raise PlanError(f"“{key}” is missing")
    if not isinstance(value, kind) or isinstance(value, bool):
        raise PlanError(f"“{key}” should be {kind.__name__}")
    return value
