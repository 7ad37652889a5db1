"""A site that was put back from a backup says so: holders of root sheets sign how many leaves it still has, and the log
goes on under the next number (SPEC 9). What was in the old log after that counts for nothing.
"""

from __future__ import annotations

from sqlalchemy import select, update

from app import clock
from app.audit import head, rotation, signer
from app.audit import service as audit
from app.audit.models import Event, Log, Restore
from app.audit.reading import newest
from app.db import Store
from app.errors import Refusal
from app.site import Root, site
from crypto.checkpoint import read_promise, split_note
from crypto.frame import H, frame, unframe
from crypto.root import count_roots, read_roots
from crypto.signing import read_signed, verify_signed

EMPTY = H(b"")


def make(db: Store) -> bytes:
    """Frame `restore` of the newest log as this database has it, to be signed.

    Raises: Refusal 404 `no-log`; 409 `other-log-key`, `not-founded`.
    """
    old = newest(db)
    _follow_key(db)
    place = {"log": old.number + 1, "size": old.size, "root": old.root}
    return frame("restore", {"site": site(db), **place, "time": _last_day(db, old)})


def _last_day(db: Store, old: Log) -> int:
    """The day on which the last of its leaves was promised: the site is as it was then. Unix seconds."""
    last = select(Event.promise).where(Event.log == old.number, Event.position == old.size - 1)
    note = db.scalar(last)
    return clock.now_s() if note is None else int(read_promise(split_note(note)[0])["time"])


def _follow_key(db: Store) -> None:
    """Sign with the key that the newest root of this database names: under another nobody would believe the next log.

    Raises: Refusal 409 `other-log-key`.
    """
    vkey = rotation.named(db)
    if not rotation.follow(vkey):
        raise Refusal(
            409,
            "other-log-key",
            f"This database is from before the log's key was changed: its newest root names {vkey}. Put that key "
            f"beside {signer.KEY}, as {rotation.kept_as(vkey)}, and do this again. If it is gone for good, the roots "
            f"have to name one that lies here first, such as {signer.vkey_of(signer.read(signer.home() / signer.KEY))}"
            ": docs/restore.md, A copy from before the log's key was changed. Nothing was changed.",
        )


def hold_back(db: Store) -> None:
    """Nothing goes into the newest log any more: the next one is to come, once it is declared."""
    head.rise(head.Head(newest(db).number + 1, 0, EMPTY))


def declare(db: Store, signed: bytes) -> Event:
    """Begin the next log, if enough roots signed. What waits goes into it. The same again: its event.

    Raises: Refusal 409 `other-log`, `other-log-key`, 403 `too-few-signed`; Malformed, BadSignature.
    """
    at = site(db)
    root = read_roots(at, list(db.scalars(select(Root.signed).order_by(Root.version))))
    thing, _ = read_signed(signed)
    told = unframe("restore", thing)
    enough = count_roots(signed, root)
    old = db.scalars(select(Log).order_by(Log.number.desc()).limit(1).with_for_update()).one()
    if told["log"] == old.number and db.get(Restore, old.number) is not None:
        event = next(event for event in audit.of_site_lane(db, "restore") if event.n == old.number)
        if unframe("event", event.payload or b"")["object"] == H(thing):
            return event
    if (told["site"], told["log"], told["size"], told["root"]) != (at, old.number + 1, old.size, bytes(old.root)):
        raise Refusal(409, "other-log", "This file is not of the log that this database has. Make it again.")
    if not enough:
        raise Refusal(403, "too-few-signed", "Not enough holders of root sheets have signed this file.")
    _follow_key(db)  # under the head's lock, as whoever signs a head
    return _begin(db, at, old, signed, verify_signed(signed, {pk: pk for pk in root["root_pks"]})[0])


def _begin(db: Store, at: bytes, old: Log, signed: bytes, by: bytes) -> Event:
    number = old.number + 1
    # In the tree when the backup was made, and not signed yet: they wait again.
    tail = (Event.log == old.number, Event.position >= old.size)
    db.change(update(Event).where(*tail).values(log=None, position=None))
    note = signer.sign_checkpoint(at, number, 0, EMPTY)
    nobody = {"cosigned": None, "cosigned_s": None}
    db.put(Log, {"number": number, "size": 0, "root": EMPTY, "checkpoint": note, **nobody})
    db.put(Restore, {"log": number, "signed": signed})
    lane = audit.site_lane(at, "restore", number)
    return audit.append(db, "restore", site=at, actor=by, object=H(read_signed(signed)[0]), lane=lane)


def signed(db: Store, first: int, last: int) -> dict[int, bytes]:
    """{number of the log that it began: frame `signed`}, from one number to another, for everybody."""
    query = select(Restore.log, Restore.signed).where(Restore.log.between(first, last))
    return {row.log: row.signed for row in db.execute(query)}
