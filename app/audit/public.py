"""What the organisation itself signed, for everybody: with the events that put it on the log, a page at a time.

Heads of the logs come with the first page. Whatever the log takes in after that is no part of what was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.audit import reading
from app.audit import service as audit
from app.audit.models import Event
from app.db import Store
from app.errors import Refusal
from app.http import b64
from app.site import Root
from crypto.log import SITE_LANES

MOST = 50  # things a page: a list of people or of pages has some ten kilobytes
BINDINGS = "bindings"
PARTS = (*SITE_LANES, BINDINGS)

# Of a lane the frames `signed` by number, from the first number to the last; and bindings that all may see, in an order
# in which later ones come last.
Signed = Callable[[Store, int, int], dict[int, bytes]]
Bindings = Callable[[Store], list[bytes]]


@dataclass(frozen=True)
class Place:
    """What was given last: a lane and a number in it, or how many bindings. The first page comes after Place()."""

    part: str = PARTS[0]
    n: int = 0


@dataclass
class Page:
    """A part of all there is, in the order of PARTS; `more` is where the next page goes on, if there is one."""

    lanes: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {lane: [] for lane in SITE_LANES})
    bindings: list[str] = field(default_factory=list)
    more: Place | None = None


def read_place(told: object) -> Place:
    """What a client was told to go on from. Raises: Refusal 400."""
    if told is None:
        return Place()
    if isinstance(told, dict) and told.get("part") in PARTS and type(n := told.get("n")) is int and 0 <= n < 2**31:
        return Place(told["part"], n)
    raise Refusal(400, "malformed", "This could not be read. Nothing was stored.")


def page(db: Store, signed: Mapping[str, Signed], bindings: Iterable[Bindings], after: Place, most: int = MOST) -> Page:
    """The next things after a place, at most `most`."""
    found, left = Page(), most
    for part in PARTS[PARTS.index(after.part) :]:
        n = after.n if part == after.part else 0
        if part == BINDINGS:
            known = [binding for give in bindings for binding in give(db)]
            found.bindings = [b64(binding) for binding in known[n : n + left]]
            found.more = Place(part, n + left) if len(known) > n + left else None
            break
        events = audit.of_site_lane(db, part, after=n, most=left + 1)
        shown = events[:left]
        found.lanes[part] = _shown(db, signed, part, shown)
        if len(events) > left:
            found.more = Place(part, shown[-1].n if shown else n)
            break
        left -= len(shown)
    return found


def _shown(db: Store, signed: Mapping[str, Signed], lane: str, events: list[Event]) -> list[dict[str, Any]]:
    things = signed[lane](db, events[0].n, events[-1].n) if events and lane in signed else {}
    return [_event(event, things.get(event.n)) for event in events]


def _event(event: Event, signed: bytes | None) -> dict[str, Any]:
    told = {"salt": event.salt, "tag": event.tag, "commit": event.commit, "event": event.payload, "signed": signed}
    shown = {name: None if value is None else b64(value) for name, value in told.items()}
    return {"n": event.n, **shown, "log": event.log, "position": event.position}


def roots(db: Store, first: int = 1, last: int = 2**31 - 1) -> dict[int, bytes]:
    """{version: frame `signed`}, in order."""
    query = select(Root.version, Root.signed).where(Root.version.between(first, last)).order_by(Root.version)
    return {row.version: row.signed for row in db.execute(query)}


def heads(db: Store) -> dict[str, list[Any]]:
    """All roots, and the head of each log, as they are told."""
    logs = [
        {"number": log.number, "size": log.size, "root": b64(log.root), "checkpoint": log.checkpoint,
         "cosigned": log.cosigned}
        for log in reading.heads(db)
    ]  # fmt: skip
    return {"roots": [b64(signed) for signed in roots(db).values()], "logs": logs}
