"""The rows that wait for others, kept in one piece, sorted.

As rows of a table, each would have pages of its own; which page was free when it came depends on who came before, and
stays readable even after the table is written anew. One piece has the same pages for the same number of rows.
"""

from __future__ import annotations

import struct

from sqlalchemy import select

from app.db import Store
from app.research.mixing import empty
from app.research.models import Waiting

SLOT = 1024  # instruments with longer names take no more room


def waiting(db: Store) -> list[bytes]:
    """Frames `row`, sorted."""
    kept, frames, at = db.scalar(select(Waiting.rows)) or b"", [], 0
    while at < len(kept):
        end = at + 4 + int(struct.unpack_from(">I", kept, at)[0])
        frames.append(kept[at + 4 : end])
        at += _room(end - at)
    return frames


def let_wait(db: Store, frames: list[bytes]) -> None:
    """These and no others wait from now on. The table is held."""
    empty(db, Waiting)
    kept = b"".join(_slot(frame) for frame in sorted(frames))
    if kept:
        db.put(Waiting, {"one": 1, "rows": kept})


def _slot(frame: bytes) -> bytes:
    data = struct.pack(">I", len(frame)) + frame
    return data.ljust(_room(len(data)), b"\0")


def _room(length: int) -> int:
    return -(-length // SLOT) * SLOT
