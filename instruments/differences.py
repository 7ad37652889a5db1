"""What a next edition changes: fields added, removed, changed, and what of an answer would go further than before.

Plain data; the page that shows it has the words (static/js/pages/instruments_shown.js).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from instruments.field import Field, Instrument
from instruments.places import kept

_ROWS = ("no", "restricted", "yes")
_CELLS = (
    ("label", "label"),
    ("section", "section"),
    ("type", "type"),
    ("note", "note"),
    ("validation", "validation_name"),
    ("least", "least"),
    ("most", "most"),
    ("branching", "branching"),
    ("matrix", "matrix"),
    ("form", "form"),
    ("alignment", "alignment"),
    ("number", "number"),
)
_FLAGS = (("identifier", "identifier"), ("required", "required"), ("ranking", "ranking"))
_POLICY_FLAGS = ("triage", "short", "consent")


@dataclass(frozen=True)
class Change:
    """One thing about a field: `what` names it, `before` and `after` are as in the dictionary, "" for nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """A field in both editions. `further`: "row", "card", "kept", "class": where its answers go and did not before."""

    name: str
    label: str
    changes: tuple[Change, ...]
    further: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """Fields by name. `moved`: names of those that changed their place among the fields of both editions."""

    added: tuple[Field, ...]
    removed: tuple[Field, ...]
    changed: tuple[Changed, ...]
    moved: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        return not (self.added or self.removed or self.changed or self.moved)


def differences(before: Instrument, after: Instrument) -> Differences:
    """What `after` does otherwise than `before`, in the order of `after`."""
    both = [one for one in after.fields if one.name in before]
    changed = [_changed(before[one.name], one) for one in both]
    return Differences(
        added=tuple(one for one in after.fields if one.name not in before),
        removed=tuple(one for one in before.fields if one.name not in after),
        changed=tuple(one for one in changed if one.changes),
        moved=_moved([one.name for one in before.fields if one.name in after], [one.name for one in both]),
    )


def _changed(old: Field, new: Field) -> Changed:
    changes = tuple(one for one in _all_changes(old, new) if one.before != one.after)
    return Changed(new.name, new.label, changes, tuple(_further(old, new)))


def _all_changes(old: Field, new: Field) -> Iterator[Change]:
    for what, name in _CELLS:
        yield Change(what, getattr(old, name), getattr(new, name))
    yield from _choices(old, new)
    for what, name in _FLAGS:
        yield Change(what, _flag(getattr(old, name)), _flag(getattr(new, name)))
    yield Change("class", old.policy.cls, new.policy.cls)
    yield Change("export", _export(old), _export(new))
    yield Change("gen", old.policy.gen, new.policy.gen)
    for name in _POLICY_FLAGS:
        yield Change(name, _flag(getattr(old.policy, name)), _flag(getattr(new.policy, name)))
    yield Change("support", ", ".join(old.policy.support), ", ".join(new.policy.support))
    yield Change("default", _off(old), _off(new))
    yield Change("src", old.policy.src, new.policy.src)
    yield Change("tags", " ".join(old.policy.tags), " ".join(new.policy.tags))


def _choices(old: Field, new: Field) -> Iterator[Change]:
    """Choices by their code; a formula, the labels of a slider and the like as they stand."""
    if not (old.choices and new.choices):
        yield Change("formula" if "calc" in (old.type, new.type) else "choices", old.choices_text, new.choices_text)
        return
    then, now = ({one.code: one.label for one in field.choices} for field in (old, new))
    for code in [*then, *(code for code in now if code not in then)]:
        yield Change("choice", _choice(code, then), _choice(code, now))
    kept_then, kept_now = ([code for code in codes if code in then and code in now] for codes in (then, now))
    yield Change("order of choices", ", ".join(kept_then), ", ".join(kept_now))


def _choice(code: str, labels: dict[str, str]) -> str:
    return f"{code}, {labels[code]}" if code in labels else ""


def _further(old: Field, new: Field) -> Iterator[str]:
    if _ROWS.index(new.row_policy) > _ROWS.index(old.row_policy) or (old.policy.only_if and not new.policy.only_if):
        yield "row"
    if new.policy.triage and not old.policy.triage:
        yield "card"
    if kept(new) and not kept(old):
        yield "kept"
    if (old.identifier or old.policy.cls == "identifier") and not (new.identifier or new.policy.cls == "identifier"):
        yield "class"


def _flag(on: bool) -> str:
    return "yes" if on else ""


def _off(one: Field) -> str:
    return "" if one.policy.default_on else "off"


def _export(one: Field) -> str:
    return f"yes if {one.policy.only_if}" if one.policy.only_if else one.policy.export


def _moved(before: list[str], after: list[str]) -> tuple[str, ...]:
    """The fewest names that have to be lifted out so that the rest stands in its old order."""
    place = {name: number for number, name in enumerate(before)}
    best: list[int] = []  # length of the longest rising run that ends in each name
    came: list[int] = []
    for at, name in enumerate(after):
        runs = [(best[earlier], earlier) for earlier in range(at) if place[after[earlier]] < place[name]]
        length, earlier = max(runs, default=(0, -1))
        best.append(length + 1)
        came.append(earlier)
    stays: set[int] = set()
    at = max(range(len(after)), key=best.__getitem__, default=-1)
    while at >= 0:
        stays.add(at)
        at = came[at]
    return tuple(name for at, name in enumerate(after) if at not in stays)
