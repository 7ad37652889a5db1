"""What a member is handed: entries, grants, identities, and the events that prove them. Each day's first is logged."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from sqlalchemy import Row, select

from app import clock
from app.accounts import service as accounts
from app.audit import lanes
from app.audit import service as audit
from app.audit.models import Event
from app.cases.models import Case, Entry, Grant, Member, Visit
from app.db import Store
from app.errors import NotAMember
from app.people import service as people
from crypto.mail import role_address

MOST_ENTRIES = 500
MOST_BYTES = 4 * 1024 * 1024
MOST_ACTS = 1000
MOST_CASES = 200


@dataclass(frozen=True)
class Opened:
    """One answer about a case. `acts` is None until the answer that has the last entries."""

    seq: int
    head: bytes
    entries: list[Row[Any]]
    more: bool
    grants: list[Row[Any]]
    identities: list[bytes]
    entry_events: list[Event]
    acts: list[Event] | None
    more_acts: bool
    ends: set[bytes] | None  # whom letters are from or to, for this reader to be told of them; None: of all


def mine(db: Store, *, fp: bytes, after: bytes = b"") -> tuple[list[Row[Any]], bool]:
    """One page of the cases in whose roster in force this person is, and whether there are more; none if suspended."""
    if fp in people.revoked(db):
        return [], False
    place = (Member.case == Case.id) & (Member.epoch == Case.epoch) & (Member.fp == fp)
    shown = select(Case.id, Case.seq, Case.epoch, Case.owner, Member.has_left)
    query = shown.join(Member, place).where(Case.id > after)
    rows = db.execute(query.order_by(Case.id).limit(MOST_CASES + 1)).all()
    return list(rows[:MOST_CASES]), len(rows) > MOST_CASES


def companions(db: Store, fp: bytes) -> set[bytes]:
    """The others in this person's cases."""
    mine_in = (
        select(Case.id, Case.epoch)
        .join(Member, (Member.case == Case.id) & (Member.epoch == Case.epoch))
        .where(Member.fp == fp)
        .subquery()
    )
    joined = (Member.case == mine_in.c.id) & (Member.epoch == mine_in.c.epoch)
    return set(db.scalars(select(Member.fp).join(mine_in, joined))) - {fp}


def open_case(
    db: Store, *, site: bytes, fp: bytes, case: bytes, after: int = 0, after_act: tuple[int, int] = (0, 0)
) -> Opened:
    """The entries after number `after`, as many as fit, with what it takes to verify and open them.

    Raises: NotAMember, the same for a case that isn't there, and for somebody suspended who is still on its list.
    """
    place = (Member.case == Case.id) & (Member.epoch == Case.epoch) & (Member.fp == fp)
    query = select(Case.seq, Case.head, Case.epoch, Case.owner).join(Member, place).where(Case.id == case)
    now = db.execute(query).one_or_none()
    if now is None or fp in people.revoked(db):
        raise NotAMember
    entries = _entries(db, case, after, now.seq)
    last = entries[-1].seq if entries else max(after, now.seq)
    if entries:
        note_visit(db, site=site, case=case, fp=fp, what="case", seen=entries[-1].hash)
    acts = audit.acts_of(db, case, after=after_act, most=MOST_ACTS + 1) if last >= now.seq else None
    grants = select(Grant.epoch, Grant.sealed).where(Grant.case == case, Grant.fp == fp, Grant.epoch <= now.epoch)
    return Opened(
        seq=now.seq, head=now.head, entries=entries, more=last < now.seq,
        grants=list(db.execute(grants.order_by(Grant.epoch))), identities=_identities(db, case, now.epoch),
        entry_events=audit.entries_of(db, case, entries[0].seq, last) if entries else [],
        acts=acts[:MOST_ACTS] if acts is not None else None, more_acts=bool(acts and len(acts) > MOST_ACTS),
        ends=None if fp == now.owner else _addresses(db, site, fp),
    )  # fmt: skip


def _entries(db: Store, case: bytes, after: int, head: int) -> list[Row[Any]]:
    """Entries after a number, at most so many and so large; always one, if there is one."""
    here = (Entry.case == case, Entry.seq > after, Entry.seq <= head)
    sizes = db.execute(select(Entry.seq, Entry.size).where(*here).order_by(Entry.seq).limit(MOST_ENTRIES)).all()
    fit = sum(total <= MOST_BYTES for total in accumulate(row.size for row in sizes))
    last = sizes[max(fit, 1) - 1].seq if sizes else after
    query = select(Entry.seq, Entry.header, Entry.body, Entry.hash)
    return list(db.execute(query.where(*here, Entry.seq <= last).order_by(Entry.seq)))


def _identities(db: Store, case: bytes, epoch: int) -> list[bytes]:
    """Of everybody who ever was a member: their entries stay in the chain."""
    fps = db.scalars(select(Member.fp).where(Member.case == case, Member.epoch <= epoch).distinct())
    return list(accounts.identities(db, set(fps)).values())


def _addresses(db: Store, site: bytes, fp: bytes) -> set[bytes]:
    return {fp} | {role_address(site, role) for role in people.roles(db, fp)}


def note_visit(db: Store, *, site: bytes, case: bytes, fp: bytes, what: str, seen: bytes) -> None:
    """Log that this person was handed something of a case today, once a day. Args: what: case or card."""
    if db.put_new(Visit, {"case_id": case, "fp": fp, "day": clock.today(), "what": what}):
        lane = lanes.next_act(db, case)
        audit.append(db, "visit", site=site, actor=fp, object=seen, subject=case, lane=lane)
