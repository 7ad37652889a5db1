"""The log's key changes: a new one is made beside it, the next root names it, and every process takes it up by itself.

Order makes it safe to die anywhere. The root that names the new key is committed first, together with all heads of the
logs signed anew; the file is renamed after that, by whoever looks first. `log.key.next` that no root names is nothing.
A backup that was put back may name a key of before: it is taken up from where it was kept, and no file is renamed.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nacl.signing import SigningKey
from sqlalchemy import select, update

from app.audit import signer
from app.audit.models import Log
from app.db import Store
from app.site import Root
from crypto import checkpoint, cosign
from crypto.frame import unframe
from crypto.receipt import note_keys
from crypto.signing import read_signed

NEXT = f"{signer.KEY}.next"


def make_next(instance: Path) -> str:
    """The verifier key of `log.key.next`, which is made if it is not there. Safe to repeat."""
    signer.make(instance / NEXT)
    return signer.vkey_of(signer.read(instance / NEXT))


def named(db: Store) -> str:
    """The log's verifier key as the newest root names it; before the site is founded, the one that lies here."""
    signed = db.scalar(select(Root.signed).order_by(Root.version.desc()).limit(1))
    return signer.vkey() if signed is None else str(unframe("root", read_signed(signed)[0])["log_vkey"])


def follow(vkey: str) -> bool:
    """Whether this process signs with the key that the newest root names, `vkey`; it takes it up if it lies here."""
    return vkey == signer.vkey() or (take_up(vkey) and put_in_place())


def take_up(vkey: str) -> bool:
    """Sign with the key of this name from now on, in this process alone, if it lies here. No file is changed."""
    for name in (signer.KEY, NEXT, kept_as(vkey)):
        key = _lying(name)
        if key and signer.vkey_of(key) == vkey:
            signer.use(key)
            return True
    return False


def put_in_place() -> bool:
    """Name the key that this process signs with `log.key`; the one before stays as `log.key.<its number>`. True."""
    with _alone():
        old, new = _lying(signer.KEY), _lying(NEXT)
        if old and new and signer.vkey_of(new) == signer.vkey() != signer.vkey_of(old):
            kept = signer.home() / kept_as(signer.vkey_of(old))
            kept.unlink(missing_ok=True)
            os.link(signer.home() / signer.KEY, kept)
            (signer.home() / NEXT).replace(signer.home() / signer.KEY)
    return True


def kept_as(vkey: str) -> str:
    """The name of the file in which a log key lies once another took its place."""
    return f"{signer.KEY}.{checkpoint.read_vkey(vkey)['key_id'].hex()}"


def hold_heads(db: Store) -> Sequence[Log]:
    """The heads of all logs, which nobody else changes until this transaction ends."""
    return db.scalars(select(Log).order_by(Log.number).with_for_update()).all()


def sign_anew(db: Store, site: bytes, heads: Sequence[Log], before: str) -> None:
    """Sign these heads with the key now in use. What witnesses said of a head they said of its text, so it stays.

    Args: before: the verifier key that signed them so far.
    Raises: SealError: a head that this key did not sign; nothing of it may be signed again.
    """
    for head in heads:
        fresh = {"checkpoint": _again(site, head.number, head.checkpoint, before)}
        if head.cosigned is not None:
            fresh["cosigned"] = cosign.carry(head.cosigned, _again(site, head.number, head.cosigned, before))
        db.change(update(Log).where(Log.number == head.number).values(**fresh))


def _again(site: bytes, number: int, note: str, before: str) -> str:
    text = checkpoint.open_note(note, note_keys(before, checkpoint.origin(site, number)))
    tree = checkpoint.read_checkpoint(text)
    return signer.sign_checkpoint(site, number, tree["size"], tree["root"])


def _lying(name: str) -> SigningKey | None:
    try:
        return signer.read(signer.home() / name)
    except FileNotFoundError:
        return None


@contextmanager
def _alone() -> Iterator[None]:
    """Of several processes one renames; what it renamed is on the disk when it lets go."""
    folder = os.open(signer.home(), os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
        os.fsync(folder)
    finally:
        os.close(folder)
