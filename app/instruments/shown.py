"""An instrument as plain data for the coordinators' page: its questions, where each answer goes, what changed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from instruments.differences import Differences
from instruments.editions import hierarchies
from instruments.field import Field, Instrument
from instruments.places import places
from instruments.questions import as_json


def shown(instrument: Instrument) -> dict[str, Any]:
    """id, name, edition, sheet (docs/instruments.md), places (one for each field, in order)."""
    return {
        "id": instrument.id,
        "name": instrument.name,
        "edition": instrument.edition,
        "sheet": as_json(instrument),
        "places": [asdict(one) for one in places(instrument, hierarchies())],
    }


def shown_differences(found: Differences) -> dict[str, Any]:
    """added, removed: [{name, label, further}]; changed: these with changes: [{what, before, after}]; moved: names."""
    return {
        "added": [_named(one) for one in found.added],
        "removed": [_named(one) for one in found.removed],
        "changed": [asdict(one) for one in found.changed],
        "moved": list(found.moved),
    }


def _named(one: Field) -> dict[str, Any]:
    goes = (("row", one.row_policy != "no"), ("card", one.policy.triage))
    return {"name": one.name, "label": one.label, "further": [where for where, so in goes if so]}
