"""Files of releases, a MiB at a time. They wait under their hash until a steward publishes them, a day at most."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from sqlalchemy import delete, func, select, update

from app import clock
from app.db import Store
from app.errors import Refusal
from app.research.release_models import Piece

PIECE = 1 << 20
MOST_WAITING = 512  # half a GiB
WAITING_S = 86_400


def stage(db: Store, digest: bytes, place: int, data: bytes) -> None:
    """Keep a piece of a file until it is published. Args: digest: SHA-256 of the whole file. place: from 0.

    Raises: Refusal 413.
    """
    if not 0 < len(data) <= PIECE or not 0 <= place < MOST_WAITING:
        raise too_large()
    here = (Piece.hash == digest, Piece.place == place)
    if db.scalar(select(Piece.place).where(*here, Piece.staged_s.is_(None))) is not None:
        return
    db.change(delete(Piece).where(*here))
    if (db.scalar(select(func.count()).where(Piece.staged_s.is_not(None))) or 0) >= MOST_WAITING:
        raise too_large()
    db.put(Piece, {"hash": digest, "place": place, "data": data, "staged_s": clock.now_s()})


def is_whole(db: Store, digest: bytes, size: int) -> bool:
    """Whether the pieces here make the file of this hash and size."""
    found, length = hashlib.sha256(), 0
    for data in read(db, digest, size):
        found.update(data)
        length += len(data)
    return found.digest() == digest and length == size


def read(db: Store, digest: bytes, size: int) -> Iterator[bytes]:
    """The pieces of a file, in order."""
    for place in range(-(-size // PIECE)):
        yield one(db, digest, place)


def one(db: Store, digest: bytes, place: int) -> bytes:
    """A piece; nothing when it is not there."""
    return db.scalar(select(Piece.data).where(Piece.hash == digest, Piece.place == place)) or b""


def text(db: Store, digest: bytes, size: int) -> bytes:
    """A small file, whole."""
    return b"".join(read(db, digest, size))


def settle(db: Store, files: Collection[tuple[bytes, int]]) -> None:
    """These files are published, and stay; what was handed in behind their end does not. Args: files: (hash, size)."""
    for digest, size in files:
        db.change(delete(Piece).where(Piece.hash == digest, Piece.place >= -(-size // PIECE)))
        db.change(update(Piece).where(Piece.hash == digest).values(staged_s=None))


def sweep(db: Store) -> int:
    """Erase what was never published within a day; how many pieces."""
    return db.change(delete(Piece).where(Piece.staged_s <= clock.now_s() - WAITING_S))


def too_large() -> Refusal:
    return Refusal(413, "too-large", "This is more than a release may hold, or too much waits already.")
