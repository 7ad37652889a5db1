"""Tokens: 32 random bytes with which a researcher's script fetches files, for 90 days. Kept as a hash."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from app import clock
from app.db import Store
from app.errors import Refusal
from app.people import service as people
from app.research import agreement
from app.research.release_models import Token
from crypto.frame import H

VALID_S = 90 * 86_400
MOST = 10
LENGTH = 32


def make(db: Store, fp: bytes, digest: bytes) -> int:
    """Keep a new token by its hash; when it ends, in Unix seconds. Raises: Refusal 403, 409."""
    agreement.require(db, fp)
    if (db.scalar(select(func.count()).where(Token.fp == fp)) or 0) >= MOST:
        raise Refusal(409, "too-many-tokens", "You have ten tokens. Take one away first.")
    expires_s = clock.now_s() + VALID_S
    if not db.put_new(Token, {"hash": digest, "fp": fp, "day": clock.today(), "expires_s": expires_s}):
        raise Refusal(409, "collided", "This token exists already. Make a new one.")
    return expires_s


def mine(db: Store, fp: bytes) -> Sequence[Token]:
    """A person's tokens, the oldest first."""
    query = select(Token).where(Token.fp == fp, Token.expires_s > clock.now_s())
    return db.scalars(query.order_by(Token.expires_s, Token.hash)).all()


def revoke(db: Store, fp: bytes, digest: bytes) -> None:
    """This token opens nothing any more."""
    db.change(delete(Token).where(Token.fp == fp, Token.hash == digest))


def holder(db: Store, token: bytes) -> bytes:
    """Whose token it is, while it is good and they are a researcher. Raises: Refusal 401."""
    found = db.get(Token, H(token)) if len(token) == LENGTH else None  # no token at all is nobody's
    if found is None or found.expires_s <= clock.now_s() or found.fp not in people.holders(db, "researcher"):
        raise Refusal(401, "no-token", "This token opens nothing. Make a new one on the page Research.")
    return found.fp


def sweep(db: Store) -> int:
    """Delete tokens that ended; how many."""
    return db.change(delete(Token).where(Token.expires_s <= clock.now_s()))
