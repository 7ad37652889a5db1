"""Write to a case: its first entries, a record, a new roster, the erasure of one record.

Whoever writes holds the case's row (audit.lanes), so entries come one after the other without gaps.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, delete, select, update

from app import sealed
from app.accounts import service as accounts
from app.audit import lanes
from app.audit import service as audit
from app.audit.lanes import Held
from app.audit.models import Event
from app.cases.models import Case, Entry, Grant, Member
from app.db import Store
from app.errors import NotAMember, Refusal, StaleChain
from app.people import service as people
from crypto.chain import Chain, check_grants, read_entry, read_rekey
from crypto.people import read_identity


def not_yours(words: str) -> Refusal:
    return Refusal(403, "not-yours", words)


def begin(db: Store, submission: dict[str, Any]) -> None:
    """Keep the first two entries of a new case. Args: submission: from `read_submission`, checked by intake."""
    chain: Chain = submission["chain"]
    rekey, record = submission["rekey"], submission["record"]
    roster = read_entry(rekey["entry"])
    db.put(
        Case,
        {
            "id": chain.case, "owner": chain.owner, "parent": chain.parent, "seq": chain.seq, "head": chain.head,
            "epoch": chain.epoch, "roster": chain.roster, "day": chain.day,
        },
    )  # fmt: skip
    lanes.begin(db, chain.case, owner=chain.owner, key=rekey["lane_key"], acts=1)
    db.put(Entry, _entry(roster, chain.owner), _entry(record, chain.owner))
    _keep_roster(db, chain, rekey["grants"])


def append(db: Store, *, site: bytes, fp: bytes, case: bytes, entry: bytes, leaves: bool = False) -> tuple[int, Event]:
    """Put one sealed record of this member's at the end of a case; its seq and event.

    leaves: the member says that it is a `leave`, which this server can't read; others may then make a key without them.
    A record16 that this member wrote before is answered again. Raises: NotAMember; StaleChain; Refusal; SealError.
    """
    record = _read(entry, "record")
    held, now = _enter(db, case, fp)
    known = _known(db, case, fp, record["record"])
    if known is not None:
        return known.seq, _event_of(db, case, known.seq)
    _check_place(now, record)
    if record["author"] != now.position:
        raise not_yours("This is signed as another member's. Reload the case, then send it again.")
    sealed.check_day(record["day"])
    chain = _chain(site, case, now)
    chain.accept(entry, {})
    if leaves:
        here = (Member.case == case, Member.epoch == held.epoch, Member.fp == fp)
        db.change(update(Member).where(*here).values(has_left=True))
    return record["seq"], _extend(db, site, held, chain, record, fp)


def rekey(db: Store, *, site: bytes, fp: bytes, rekey: bytes, given: Collection[bytes] = ()) -> Event:
    """Put a new roster, with its grants and its lane key, into force; its event.

    given: identity frames of members whom this server has not met. The same roster again: the same event.
    Raises: NotAMember; StaleChain; Refusal; SealError.
    """
    with sealed.only_sealed():
        parts = read_rekey(rekey)
    roster = _read(parts["entry"], "roster")
    held, now = _enter(db, roster["case"], fp)
    if roster["issuer"] != fp:
        raise not_yours("This list of members is signed by somebody else.")
    if _stands(db, roster):
        return _event_of(db, held.case, roster["seq"])
    _check_place(now, roster)
    sealed.check_day(roster["day"])
    known, revoked = _identities(db, roster, given), people.revoked(db)
    if revoked & {member["fp"] for member in roster["people"]}:
        raise Refusal(409, "revoked", "Somebody on this list may no longer take part. Take them off and try again.")
    chain = _chain(site, held.case, now)
    left = _left(db, held)
    _check_left_out(chain, roster, revoked | left)
    chain.accept(parts["entry"], known, revoked, left)
    check_grants(parts, chain.members)
    event = _extend(db, site, held, chain, roster, fp)
    lanes.turn(db, held, parts["lane_key"])
    _keep_roster(db, chain, parts["grants"], left)
    db.change(delete(Grant).where(Grant.case == held.case, Grant.fp.not_in(parts["grants"])))
    return event


def erase(db: Store, *, site: bytes, fp: bytes, case: bytes, entry: bytes, names: bytes) -> Event:
    """Drop the body of the record whose entry hash is `names`, and add the record that says so; its event.

    Its header and hash stay, so that the chain holds. Raises: as `append`; Refusal 404, 403.
    """
    held, now = _enter(db, case, fp)
    query = select(Entry.seq, Entry.author).where(Entry.case == case, Entry.kind == "record", Entry.hash == names)
    named = db.execute(query).one_or_none()
    if named is None:
        raise Refusal(404, "no-such-entry", "There is no such entry in this case. Reload it.")
    if fp not in (named.author, held.owner):
        raise not_yours("Only its author, or the person whose case it is, can erase an entry.")
    seq, event = append(db, site=site, fp=fp, case=case, entry=entry)
    if seq <= now.seq:
        return event  # answered before; what it named is gone already
    db.change(update(Entry).where(Entry.case == case, Entry.seq == named.seq).values(body=None))
    lane = lanes.next_act(db, case)
    audit.append(db, "erased", site=site, actor=fp, object=names, subject=case, lane=lane)
    return event


def note_export(db: Store, *, site: bytes, fp: bytes, case: bytes) -> None:
    """Log that a member takes a copy of the case. Raises: NotAMember."""
    _enter(db, case, fp)
    audit.append(db, "export", site=site, actor=fp, subject=case, lane=lanes.next_act(db, case))


def _read(entry: bytes, kind: str) -> dict[str, Any]:
    with sealed.only_sealed():
        fields = read_entry(entry)
    if fields["kind"] != kind:
        raise Refusal(400, "malformed", "A list of members and a record are handed in at different addresses.")
    return fields


def _enter(db: Store, case: bytes, fp: bytes) -> tuple[Held, Row[Any]]:
    """The case, held until the end of this transaction, and where it stands, for one of its members.

    Raises: NotAMember, the same for a case that isn't there, and for somebody suspended who is still on its list.
    """
    held = lanes.hold(db, case)
    place = (Member.case == Case.id) & (Member.epoch == Case.epoch) & (Member.fp == fp)
    query = select(Case.seq, Case.head, Case.roster, Case.day, Member.position).join(Member, place)
    now = db.execute(query.where(Case.id == case)).one_or_none()
    if held is None or now is None or fp in people.revoked(db):
        raise NotAMember
    return held, now


def _check_place(now: Row[Any], fields: dict[str, Any]) -> None:
    if (fields["seq"], fields["prev"]) != (now.seq + 1, now.head):
        raise StaleChain(now.seq)


def _known(db: Store, case: bytes, fp: bytes, record: bytes) -> Row[Any] | None:
    query = select(Entry.seq, Entry.author).where(Entry.case == case, Entry.record == record)
    known = db.execute(query).one_or_none()
    if known is not None and known.author != fp:
        raise Refusal(409, "collided", "Somebody else used this number. Send it again under a new one.")
    return known


def _stands(db: Store, fields: dict[str, Any]) -> bool:
    query = select(Entry.seq).where(Entry.case == fields["case"], Entry.seq == fields["seq"])
    return db.scalar(query.where(Entry.hash == fields["hash"])) is not None


def _event_of(db: Store, case: bytes, seq: int) -> Event:
    (event,) = audit.entries_of(db, case, seq, seq)
    return event


def _chain(site: bytes, case: bytes, now: Row[Any]) -> Chain:
    return Chain.at(site, case, seq=now.seq, head=now.head, roster=now.roster, day=now.day)


def _identities(db: Store, roster: dict[str, Any], given: Collection[bytes]) -> dict[bytes, bytes]:
    """{fp: identity frame} of every member. Raises: Refusal 409 when the server has met one of them nowhere."""
    members = {member["fp"] for member in roster["people"]}
    known = accounts.identities(db, members)
    for frame in given:
        with sealed.only_sealed():
            fp = read_identity(frame)["fp"]
        if fp in members and fp not in known:
            accounts.keep_identity(db, frame)
            known[fp] = frame
    if members - known.keys():
        raise Refusal(409, "unknown-person", "Somebody on this list has no key here. Reload the page and try again.")
    return known


def _extend(db: Store, site: bytes, held: Held, chain: Chain, fields: dict[str, Any], author: bytes) -> Event:
    """Write an entry that was proven to come next, and its event in the lane of the epoch before it."""
    db.put(Entry, _entry(fields, author))
    ahead = {"seq": chain.seq, "head": chain.head, "epoch": chain.epoch, "roster": chain.roster, "day": chain.day}
    db.change(update(Case).where(Case.id == held.case).values(ahead))
    return audit.append(
        db, fields["kind"], site=site, actor=author, object=fields["hash"], subject=held.case,
        lane=held.entry(fields["seq"]),
    )  # fmt: skip


def _entry(fields: dict[str, Any], author: bytes) -> dict[str, Any]:
    return {
        "case_id": fields["case"], "seq": fields["seq"], "kind": fields["kind"], "record": fields.get("record"),
        "author": author, "header": fields["header"], "body": fields["body"], "hash": fields["hash"],
        "size": len(fields["header"]) + len(fields["body"]),
    }  # fmt: skip


def _left(db: Store, held: Held) -> set[bytes]:
    """Members in force who said that they leave. A browser believes the sealed `leave` alone."""
    here = (Member.case == held.case, Member.epoch == held.epoch, Member.has_left)
    return set(db.scalars(select(Member.fp).where(*here)))


def _check_left_out(chain: Chain, roster: dict[str, Any], gone: Collection[bytes]) -> None:
    """Rule (c): every browser would refuse the whole case over a roster that breaks it. Raises: Refusal 403."""
    if any(member["fp"] == roster["issuer"] and (member["owner"] or member["lead"]) for member in chain.members):
        return
    left_out = {member["fp"] for member in chain.members} - {member["fp"] for member in roster["people"]}
    if not left_out <= set(gone):
        raise not_yours(
            "Nothing was changed. Only the person whose case it is can take out somebody who did not leave."
        )


def _keep_roster(db: Store, chain: Chain, grants: dict[bytes, bytes], left: Collection[bytes] = ()) -> None:
    at = {"case_id": chain.case, "epoch": chain.epoch}
    flags = [member["owner"] + 2 * member["lead"] for member in chain.members]
    people_in = enumerate(zip(chain.members, flags, strict=True))
    db.put(
        Member,
        *(
            {**at, "fp": m["fp"], "position": n, "flags": flag, "has_left": m["fp"] in left}
            for n, (m, flag) in people_in
        ),
    )
    db.put(Grant, *({**at, "fp": fp, "sealed": fp + key} for fp, key in grants.items()))
