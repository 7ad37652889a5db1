"""Which site this is: the hash of its first root frame, bound into every salt, signature and event.

The table is ground because sign-in needs it; only the ceremony (people) writes it.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.errors import Refusal


class Root(Base):
    __tablename__ = "roots"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(root frame)
    signed: Mapped[bytes] = mapped_column(LargeBinary)


# A database is of one site for good, and every request asks.
_known: WeakKeyDictionary[Any, bytes] = WeakKeyDictionary()


def founded(db: Session) -> bytes | None:
    """The site's 32 bytes, or None before the ceremony."""
    bind = db.get_bind()
    found = _known.get(bind) or db.scalar(select(Root.hash).where(Root.version == 1))
    if found is not None and not db.info.get("touched"):  # not while the ceremony may still be undone
        _known[bind] = found
    return found


def site(db: Session) -> bytes:
    """The site's 32 bytes. Raises: Refusal 409 before the ceremony."""
    found = founded(db)
    if found is None:
        raise Refusal(409, "not-founded", "This site is not set up yet. Ask the person who runs it.")
    return found
