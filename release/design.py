"""A plan laid over a dictionary: which fields a release is about, and how each quasi-identifier is made coarser.

What no dictionary can switch off holds here a second time: the reader of dictionaries refused such a field, and a plan
that names one is refused as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from instruments.editions import Level
from instruments.field import Field, Instrument
from release.changes import field_of
from release.errors import PlanError
from release.hierarchy import Hierarchy, hierarchy
from release.plan import Change, Hidden, Plan, Quasi

NOT_STATED = "pnts"  # in a quasi-identifier: declined, left, or never asked
SEVERAL = "several"
_CHOSEN = ("radio", "dropdown", "yesno", "truefalse", "checkbox")


@dataclass(frozen=True)
class Known:
    """A quasi-identifier of the plan: its field and its levels."""

    plan: Quasi
    field: Field
    levels: Hierarchy


@dataclass(frozen=True)
class Kept:
    """A sensitive column of the plan."""

    plan: Hidden
    field: Field
    change: Change | None = None


@dataclass(frozen=True)
class Design:
    plan: Plan
    instrument: Instrument
    known: tuple[Known, ...]
    kept: tuple[Kept, ...]
    public: tuple[Field, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a file of rows that are read, and no others."""
        fields = [one.field for one in self.known] + [one.field for one in self.kept if not one.change]
        fields += [self.instrument[one.before] for one in self.plan.changes]
        return tuple(name for field in fields for name in field.columns)


def design(plan: Plan, instrument: Instrument, lines: Iterable[Level], later: Instrument | None = None) -> Design:
    """What a release under this plan holds.

    Args: lines: of hierarchies.csv. later: the instrument of the later wave, where the plan is about changes.
    Raises: PlanError when the plan asks for what no release, or none under this approval, may carry.
    """
    if plan.instrument != instrument.id:
        raise PlanError(f"the plan is about {plan.instrument}, and this dictionary is {instrument.id}")
    levels = tuple(lines)
    known = tuple(_known(plan, instrument, one, levels) for one in plan.quasi)
    kept = tuple(_hidden(plan, instrument, one) for one in plan.sensitive)
    kept += tuple(_changed(plan, instrument, later, one) for one in plan.changes)
    return Design(plan, instrument, known, kept, tuple(_shown(plan, instrument, name) for name in plan.public))


def _allowed(plan: Plan, instrument: Instrument, name: str) -> Field:
    if name not in instrument:
        raise PlanError(f"there is no field “{name}” in {instrument.id}")
    field = instrument[name]
    if field.row_policy == "no":
        why = field.barred or "its policy in the dictionary does not let it into a research row"
        raise PlanError(f"“{name}” can't be in a release: {why}")
    if field.row_policy == "restricted" and name not in plan.restricted:
        raise PlanError(f"“{name}” is restricted: a board must allow it by name, in `restricted`")
    if field.type not in _CHOSEN:
        raise PlanError(f"“{name}” is no question with choices; releases carry those only")
    return field


def _known(plan: Plan, instrument: Instrument, one: Quasi, lines: tuple[Level, ...]) -> Known:
    field = _allowed(plan, instrument, one.field)
    return Known(one, field, _levels(one, field, lines))


def _hidden(plan: Plan, instrument: Instrument, one: Hidden) -> Kept:
    field = _allowed(plan, instrument, one.field)
    if field.policy.cls == "quasi":
        raise PlanError(f"“{one.field}” is a quasi-identifier in the dictionary and can't be published as it is")
    codes = {choice.code for choice in field.options}
    if one.merge and (field.type != "checkbox" or one.merge not in codes):
        raise PlanError(f"“{one.field}”: merge names “{one.merge}”, which is not one of its boxes")
    return Kept(one, field)


def _changed(plan: Plan, instrument: Instrument, later: Instrument | None, one: Change) -> Kept:
    if later is None or later.id != plan.later:
        raise PlanError(f"the plan is about changes until {plan.later}; name its rows and its dictionary as well")
    if one.name in instrument:
        raise PlanError(f"“{one.name}” is a field of {instrument.id}; give the change another name")
    before, after = _allowed(plan, instrument, one.before), _allowed(plan, later, one.after)
    return Kept(Hidden(one.name), field_of(one, before, after), one)


def _shown(plan: Plan, instrument: Instrument, name: str) -> Field:
    field = _allowed(plan, instrument, name)
    if field.type == "checkbox":
        raise PlanError(f"“{name}” takes more than one answer; the public page counts each person once")
    return field


def _levels(one: Quasi, field: Field, lines: tuple[Level, ...]) -> Hierarchy:
    told = {line.code: line.levels for line in lines if line.field == one.field}
    codes = [choice.code for choice in field.options]
    if told and set(codes) - set(told):
        raise PlanError(f"“{one.field}”: hierarchies.csv has no line for each of its choices")
    depth = len(next(iter(told.values()))) if told else 1
    made = [(choice.code, (choice.label, *told.get(choice.code, ("",))[1:])) for choice in field.options]
    if NOT_STATED not in codes:
        made.append((NOT_STATED, ("not stated",) * depth))
    if field.type == "checkbox":
        if len(one.several) != depth:
            raise PlanError(f"“{one.field}” takes more than one answer: name the {depth} levels of `several`")
        made.append((SEVERAL, one.several))
    try:
        return hierarchy(one.field, made)
    except ValueError as wrong:
        raise PlanError(str(wrong)) from None
