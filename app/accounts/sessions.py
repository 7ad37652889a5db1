"""Live sessions and nonces: rows that come and go. A session that ends here has ended everywhere.

A share is 32 random bytes that unlock what a tab keeps on the disk; it lives as long as its session.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from sqlalchemy import bindparam, delete, select, update

from app import clock
from app.accounts.models import Enrolment, LiveSession, Nonce
from app.db import Store
from crypto.frame import H

IDLE_S = 600  # ten idle minutes (protocol, Accounts)
LONGEST_S = 12 * 3600  # else whoever stole a cookie keeps it alive for good
SEEN_EVERY_S = 30  # not a write a request
NONCE_S = 120


# Written once: every request asks it.
_FIND = (
    select(
        LiveSession.id_hash, LiveSession.share, LiveSession.seen_s, LiveSession.fp, Enrolment.role, Enrolment.submitted
    )
    .outerjoin(Enrolment, Enrolment.fp == LiveSession.fp)
    .where(LiveSession.id_hash == bindparam("id_hash"))
)


@dataclass(frozen=True)
class Live:
    """A session as found by its cookie; `fp` is None before sign-in."""

    id_hash: bytes = field(repr=False)
    share: bytes = field(repr=False)
    seen_s: int
    began_s: int
    fp: bytes | None = field(default=None, repr=False)
    role: str | None = None
    submitted: bool = False

    @property
    def idle(self) -> bool:
        return clock.now_s() - self.seen_s >= IDLE_S or clock.now_s() - self.began_s >= LONGEST_S


def to_note(live: Live) -> bool:
    """Whether its last use was written long enough ago."""
    return clock.now_s() - live.seen_s >= SEEN_EVERY_S


def find(db: Store, token: bytes) -> Live | None:
    """The session of this cookie, idle or not."""
    row = db.execute(_FIND, {"id_hash": H(token)}).one_or_none()
    began_s = int.from_bytes(token[:8])  # no column: only a cookie of ours has a row
    return Live(row[0], row[1], row[2], began_s, row[3], row[4], bool(row[5])) if row else None


def begin(db: Store, fp: bytes | None, *, share: bytes | None = None) -> tuple[bytes, bytes]:
    """A new session: (cookie 32 bytes: when it began, and 24 random ones; share 32 bytes)."""
    token = clock.now_s().to_bytes(8) + secrets.token_bytes(24)
    share = share or secrets.token_bytes(32)
    db.put(LiveSession, {"id_hash": H(token), "fp": fp, "share": share, "seen_s": clock.now_s()})
    return token, share


def see(db: Store, live: Live) -> None:
    """Note that this session was used just now."""
    used = update(LiveSession).where(LiveSession.id_hash == live.id_hash).values(seen_s=clock.now_s())
    db.change(used)


def end(db: Store, id_hash: bytes) -> None:
    """Delete a session and its share."""
    db.change(delete(LiveSession).where(LiveSession.id_hash == id_hash))


def end_others(db: Store, fp: bytes, id_hash: bytes) -> None:
    """Delete this person's other sessions: whoever holds one may have come in by what was just removed."""
    db.change(delete(LiveSession).where(LiveSession.fp == fp, LiveSession.id_hash != id_hash))


def new_nonce(db: Store) -> bytes:
    """32 bytes that sign one request within two minutes; old ones go."""
    now_s, nonce = clock.now_s(), secrets.token_bytes(32)
    db.change(delete(Nonce).where(Nonce.expires_s <= now_s))
    db.put(Nonce, {"nonce": nonce, "expires_s": now_s + NONCE_S})
    return nonce


def burn_nonce(db: Store, nonce: bytes) -> bool:
    """Whether this nonce was ours, fresh and unused; it is used now."""
    return db.change(delete(Nonce).where(Nonce.nonce == nonce, Nonce.expires_s > clock.now_s())) == 1


def sweep(db: Store) -> int:
    """Delete what has run out; how many rows went."""
    now_s = clock.now_s()
    gone = db.change(delete(LiveSession).where(LiveSession.seen_s <= now_s - IDLE_S))
    return gone + db.change(delete(Nonce).where(Nonce.expires_s <= now_s))
