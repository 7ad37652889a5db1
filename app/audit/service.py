"""Append one event to the log, in the transaction of what it tells of."""

from __future__ import annotations

import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.audit import signer
from app.audit.events import KINDS, ZERO16, ZERO32, Lane
from app.audit.models import Event
from crypto import log
from crypto.frame import frame


def append(
    db: Session,
    type: str,
    *,
    site: bytes,
    actor: bytes = ZERO32,
    object: bytes = ZERO32,
    subject: bytes = ZERO16,
    lane: Lane | None = None,
) -> Event:
    """Write one event and sign the promise to put it on the log.

    `lane` None: a random tag. Letters about no case are type `letter` in the frame and random.
    Raises: KeyError for a type that isn't on the closed list.
    """
    kind = KINDS[type]
    if (kind.lane == "none") != (lane is None):
        raise ValueError(f"{type} runs in lane {kind.lane}")
    lane = lane or Lane("none", tag=secrets.token_bytes(32))
    frame_type = "letter" if type == "mail" else type
    payload = frame(
        "event", {"type": frame_type, "day": clock.today(), "subject": subject, "actor": actor, "object": object}
    )
    salt = secrets.token_bytes(32)
    tag = lane.tag or log.lane_tag(lane.key or b"", lane.name, lane.n)
    commit = log.commit(salt, payload)
    leaf_hash = log.leaf_hash(log.leaf(tag, commit))
    event = Event(
        leaf=leaf_hash, tag=tag, commit=commit, salt=salt, payload=payload, type=type,
        lane=lane.name, case=lane.case, epoch=lane.epoch, n=lane.n,
        promise=signer.promise(site, leaf_hash, clock.now_s()),
    )
    db.add(event)
    return event


def next_act(db: Session, case: bytes, epoch: int, key: bytes) -> Lane:
    """The next number of a case's `act` lane. The caller holds the case's row."""
    last = db.scalar(
        select(func.max(Event.n)).where(Event.case == case, Event.lane == "act", Event.epoch == epoch)
    )
    return Lane("act", n=(last or 0) + 1, key=key, case=case, epoch=epoch)


def site_lane(site: bytes, name: str, version: int) -> Lane:
    return Lane(name, n=version, key=log.site_lane_key(site, name))


def receipt(event: Event) -> bytes:
    """Frame `receipt` in its first form: empty proof, and the promise as its checkpoint."""
    return frame(
        "receipt",
        {"salt": event.salt, "event": event.payload, "tag": event.tag, "index": 0, "proof": [],
         "checkpoint": event.promise},
    )


def of_case(db: Session, case: bytes, lane: str, *, since_epoch: int = 0, after: int = 0) -> list[Event]:
    """A case's events in one lane, in order of epoch and number."""
    query = select(Event).where(Event.case == case, Event.lane == lane, Event.epoch >= since_epoch, Event.n > after)
    return list(db.scalars(query.order_by(Event.epoch, Event.n)))
