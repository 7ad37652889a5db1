"""Append one event to the log, in the transaction of what it tells of; forget events whose time is over."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import select, tuple_, update

from app import clock
from app.audit import signer
from app.audit.events import KINDS, ZERO16, ZERO32, Lane
from app.audit.models import Event
from app.db import Store
from crypto import log
from crypto.frame import H, frame, unframe

DAYS_A_MONTH = 31  # never sooner than was said
MOST_FORGOTTEN = 500


def prepare(
    type: str,  # noqa: A002 (the frame's own names)
    *,
    site: bytes,
    actor: bytes = ZERO32,
    object: bytes = ZERO32,  # noqa: A002
    subject: bytes = ZERO16,
    lane: Lane | None = None,
    ends: tuple[bytes, bytes] | None = None,
) -> Event:
    """One event with the signed promise to put it on the log; `keep` writes it.

    `lane` None: a random tag. Letters about no case are type `letter` in the frame and random.
    ends: of a letter about a case, (from, to).
    Raises: KeyError for a type that isn't on the closed list.
    """
    kind = KINDS[type]
    if (kind.lane == "none") != (lane is None):
        raise ValueError(f"{type} runs in lane {kind.lane}")
    lane = lane or Lane("none", tag=secrets.token_bytes(32))
    frame_type, today = "letter" if type == "mail" else type, clock.today()
    payload = frame("event", {"type": frame_type, "day": today, "subject": subject, "actor": actor, "object": object})
    salt = secrets.token_bytes(32)
    tag = lane.tag or log.lane_tag(lane.key or b"", lane.name, lane.n)
    commit = log.commit(salt, payload)
    leaf_hash = log.leaf_hash(log.leaf(tag, commit))
    sender, recipient = ends or (None, None)
    # Read like an Event; a mapped object's bookkeeping would cost more than the signature does.
    event = SimpleNamespace(
        leaf=leaf_hash, tag=tag, commit=commit, salt=salt, payload=payload, type=type,
        lane=lane.name, case=lane.case, epoch=lane.epoch, n=lane.n, sender=sender, recipient=recipient,
        promise=signer.promise(site, leaf_hash, today * clock.DAY_S),  # days, never hours: it is kept
    )  # fmt: skip
    return cast(Event, event)


def keep(db: Store, *events: Event) -> None:
    """Write prepared events, in one statement."""
    db.put(Event, *(_row(event) for event in events))


def _row(event: Event) -> dict[str, Any]:
    row = dict(vars(event))
    row["case_id"] = row.pop("case")
    return row


def append(db: Store, type: str, **facts: Any) -> Event:  # noqa: A002
    """Write one event: see `prepare`."""
    event = prepare(type, **facts)
    keep(db, event)
    return event


def site_lane(site: bytes, name: str, version: int) -> Lane:
    return Lane(name, n=version, key=log.site_lane_key(site, name))


def of_site_lane(db: Store, name: str, *, after: int = 0, most: int | None = None) -> list[Event]:
    """The events of one of the site's own lanes after a number, in order. They are for everybody."""
    query = select(Event).where(Event.case.is_(None), Event.lane == name, Event.n > after)
    return list(db.scalars(query.order_by(Event.n).limit(most)))


def receipt(event: Event) -> bytes:
    """Frame `receipt` in its first form: empty proof, and the promise as its checkpoint."""
    return frame(
        "receipt",
        {"salt": event.salt, "event": event.payload, "tag": event.tag, "index": 0, "proof": [],
         "checkpoint": event.promise},
    )  # fmt: skip


def entries_of(db: Store, case: bytes, first: int, last: int) -> list[Event]:
    """The events of a case's entries from seq `first` to `last`, in order."""
    query = select(Event).where(Event.case == case, Event.lane == "entry", Event.n.between(first, last))
    return list(db.scalars(query.order_by(Event.n)))


def acts_of(db: Store, case: bytes, *, after: tuple[int, int] = (0, 0), most: int) -> list[Event]:
    """At most `most` events of a case's act lane after an (epoch, n), in order of epoch and number."""
    query = select(Event).where(Event.case == case, Event.lane == "act", tuple_(Event.epoch, Event.n) > after)
    return list(db.scalars(query.order_by(Event.epoch, Event.n).limit(most)))


def with_leaf(db: Store, leaf: bytes) -> Event:
    """The event of one leaf hash."""
    return db.scalars(select(Event).where(Event.leaf == leaf)).one()


def forget(db: Store, leaves: Collection[bytes]) -> None:
    """Drop salt and payload of these events. Tag, commitment, leaf and place stay, so that the log still verifies."""
    if leaves:
        db.change(update(Event).where(Event.leaf.in_(list(leaves))).values(salt=None, payload=None))


def forget_old(db: Store, *, site: bytes) -> int:
    """Forget events that were kept as long as their kind is kept, at most 500 of a kind; how many. It is on the log."""
    old = [leaf for kind in KINDS.values() if kind.keep_months for leaf in _old(db, kind.type, kind.keep_months)]
    if old:
        forget(db, old)
        what = H(b"".join(sorted(old)))
        append(db, "erased", site=site, object=what, lane=Lane("act", tag=secrets.token_bytes(32)))
    return len(old)


def _old(db: Store, type: str, months: int) -> list[bytes]:  # noqa: A002
    """Leaves of this kind's events that are to go: looked for among the first in the tree, which are the oldest."""
    told = (Event.case.is_(None), Event.salt.is_not(None), Event.type == type, Event.position.is_not(None))
    first = select(Event.leaf, Event.payload).where(*told).order_by(Event.log, Event.position).limit(MOST_FORGOTTEN)
    before = clock.today() - months * DAYS_A_MONTH
    return [row.leaf for row in db.execute(first) if unframe("event", row.payload or b"")["day"] < before]
