"""The directory as the server knows it: proven from the roots, never believed from a column.

It is worked out once for each new directory and kept in memory under that directory's hash.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update

from app import clock
from app.audit import service as audit
from app.audit.models import Event
from app.db import Store
from app.errors import Refusal
from app.people.models import Binding, Directory, Proposal
from app.sealed import only_sealed
from app.site import Root, founded, site
from crypto import directory as signed_directory
from crypto import log
from crypto.errors import NotAllowed, WrongPlace
from crypto.frame import H, unframe
from crypto.people import ROLES, ROOT_ROLES, read_binding
from crypto.root import count_roots
from crypto.signing import read_signed, verify_signed

__all__ = ["founded", "holders", "publish", "revoked", "roles", "site"]

DAY_S = 86_400


@dataclass(frozen=True)
class Known:
    """The directory in force and what follows from it."""

    state: signed_directory.Directory
    people: dict[str, dict[bytes, dict[str, Any]]]  # role: {fp: binding}
    roots: list[bytes]
    chain: list[bytes]  # directories, from the last that roots signed
    open_to_all: list[bytes]  # bindings of coordinators and stewards, as signed


_known: dict[bytes, Known] = {}
_NEWEST = select(Directory.hash).order_by(Directory.version.desc()).limit(1)  # asked with nearly every request


def known(db: Store) -> Known:
    """Raises: Refusal 409 before the ceremony."""
    newest = db.scalar(_NEWEST)
    if newest is None:
        raise Refusal(409, "not-founded", "This site is not set up yet. Ask the person who runs it.")
    found = _known.get(newest)
    if found is None:
        found = _work_out(db)
        while len(_known) >= 4:
            _known.pop(next(iter(_known)))
        _known[newest] = found
    return found


def _work_out(db: Store) -> Known:
    roots = list(db.scalars(select(Root.signed).order_by(Root.version)))
    start = select(Directory.version).where(Directory.rooted).order_by(Directory.version.desc()).limit(1)
    later = select(Directory.signed).where(Directory.version >= start.scalar_subquery())
    chain = list(db.scalars(later.order_by(Directory.version)))
    kept = {row.hash: row.signed for row in db.execute(select(Binding.hash, Binding.signed))}
    frames = {digest: read_signed(signed)[0] for digest, signed in kept.items()}
    state = signed_directory.start(site(db), roots, chain, frames)
    people = {role: {one["fp"]: one for one in state.role_holders(role, frames)} for role in ROLES}
    listed: set[bytes] = set()
    for signed in chain:  # those who have left since signed a part of this chain
        listed |= set(unframe("directory", read_signed(signed)[0])["bindings"])
    shown = [kept[h] for h in sorted(listed & kept.keys()) if ROOT_ROLES & set(read_binding(frames[h])["roles"])]
    return Known(state, people, roots, chain, shown)


def roles(db: Store, fp: bytes) -> set[str]:
    """What the directory lets this person do; nothing before the ceremony."""
    if founded(db) is None:
        return set()
    return {role for role, people in known(db).people.items() if fp in people}


def holders(db: Store, role: str) -> set[bytes]:
    """The fingerprints of those who hold `role` and are not revoked."""
    return set(known(db).people[role])


def revoked(db: Store) -> set[bytes]:
    return set(known(db).state.revoked)


def concerned(db: Store, fps: set[bytes], *, everyone: bool) -> list[bytes]:
    """Signed bindings of these people (or of everyone), beside those that are open to all."""
    query = select(Binding.signed).order_by(Binding.hash)
    rows = db.scalars(query if everyone else query.where(Binding.fp.in_(list(fps))))
    return sorted({*known(db).open_to_all, *rows})


def directories(db: Store, first: int, last: int) -> dict[int, bytes]:
    """Directories as signed, from one version to another."""
    query = select(Directory.version, Directory.signed).where(Directory.version.between(first, last))
    return {row.version: row.signed for row in db.execute(query)}


def open_to_all(db: Store) -> list[bytes]:
    """Signed bindings of everybody whom a directory ever named as a coordinator or steward, those named later last."""
    query = select(Binding.signed).where(Binding.listed.is_not(None))
    rows = db.scalars(query.order_by(Binding.listed, Binding.hash))
    return [signed for signed in rows if ROOT_ROLES & set(read_binding(read_signed(signed)[0])["roles"])]


def in_force(db: Store) -> list[bytes]:
    """Signed bindings of everybody in the list: for the holders of root sheets, who vouch for all of them at once."""
    rows = db.scalars(select(Binding.signed).where(Binding.hash.in_(known(db).state.bindings)).order_by(Binding.hash))
    return list(rows)


def waiting(db: Store) -> list[bytes]:
    """Signed bindings of those who joined and were never listed, nor revoked."""
    rows = db.execute(select(Binding.fp, Binding.signed).where(Binding.listed.is_(None)).order_by(Binding.hash))
    gone = known(db).state.revoked
    return [row.signed for row in rows if row.fp not in gone]


def dismiss(db: Store, digest: bytes) -> None:
    """Drop a binding that waits. Raises: Refusal 404."""
    drop = delete(Binding).where(Binding.hash == digest, Binding.listed.is_(None))
    if db.change(drop) != 1:
        raise Refusal(404, "not-waiting", "This person is not waiting any more. Reload the page.")


def publish(db: Store, signed: bytes) -> Event:
    """Put the next directory in force, if those who must have signed it. The same one again: its event.

    Raises: Refusal 409 `newer`, `clock`, `unknown-binding`; 403 `too-few-signed`; Malformed, BadSignature.
    """
    fields = read_directory(signed)
    at, digest = site(db), H(read_signed(signed)[0])
    now = known(db).state
    if digest == now.hash:
        return site_event(db, "directory", now.version)
    frames = binding_frames(db)
    if fields["version"] <= now.version:
        raise newer()
    if not set(fields["bindings"]) <= frames.keys():
        raise Refusal(409, "unknown-binding", "The list names somebody whose keys we don't have. Nothing was changed.")
    if not in_time(fields["issued"]):
        raise Refusal(409, "clock", "The date on your device is off by more than a day. Set it, then sign again.")
    signer, rooted = _accept(copy.deepcopy(now), signed, frames)
    return keep_directory(db, at, signed, fields, signer, rooted=rooted)


def in_time(issued_s: int) -> bool:
    """Whether a list dated so may come in force: it may have waited some days for another signature."""
    return -3 * DAY_S <= issued_s - clock.now_s() <= DAY_S


def read_directory(signed: bytes) -> dict[str, Any]:
    with only_sealed():
        return unframe("directory", read_signed(signed)[0])


def binding_frames(db: Store) -> dict[bytes, bytes]:
    """{hash: frame} of every binding that we have."""
    rows = db.execute(select(Binding.hash, Binding.signed))
    return {row.hash: read_signed(row.signed)[0] for row in rows}


def _accept(state: signed_directory.Directory, signed: bytes, frames: dict[bytes, bytes]) -> tuple[bytes, bool]:
    """(the first signer, whether roots signed), once `state` has taken the directory."""
    rooted = count_roots(signed, state.root)
    keys = {one["fp"]: one["ed_pk"] for one in state.role_holders("coordinator", frames)}
    try:
        state.accept(signed, frames)
    except NotAllowed:
        words = "Not everybody who must sign this has signed. Nothing was changed."
        raise Refusal(403, "too-few-signed", words) from None
    except WrongPlace:
        raise newer() from None
    return verify_signed(signed, {pk: pk for pk in state.root["root_pks"]} if rooted else keys)[0], rooted


def keep_directory(
    db: Store, at: bytes, signed: bytes, fields: dict[str, Any], signer: bytes, *, rooted: bool
) -> Event:
    """Write one directory that was found good; founding.py writes the first."""
    version, digest = fields["version"], H(read_signed(signed)[0])
    if not db.put_new(Directory, {"version": version, "hash": digest, "rooted": rooted, "signed": signed}):
        raise newer()
    listed = update(Binding).where(Binding.hash.in_(fields["bindings"]), Binding.listed.is_(None))
    db.change(listed.values(listed=version))
    db.change(delete(Proposal))
    lane = audit.site_lane(at, "directory", version)
    return audit.append(db, "directory", site=at, actor=signer, object=digest, lane=lane)


def site_event(db: Store, lane: str, version: int) -> Event:
    """The event of a root or directory, by its public tag."""
    tag = log.lane_tag(log.site_lane_key(site(db), lane), lane, version)
    return db.scalars(select(Event).where(Event.tag == tag)).one()


def newer() -> Refusal:
    return Refusal(409, "newer", "Somebody changed the list of people before you. Load it again, then repeat this.")
