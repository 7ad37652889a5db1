"""Sealed rows: those that wait for others, those that may be taken, and what is left of those taken back.

No column holds a time, an order or a person, and whatever comes is written with all others anew (`mixing`, `waiting`).
"""

from __future__ import annotations

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.research.release_models import Release as Release  # its tables are this room's, too

NO_ROWID = {"sqlite_with_rowid": False}  # a rowid would count them as they come


class Waiting(Base):
    """All rows that wait for others, in one piece (waiting.py says why); handed to nobody."""

    __tablename__ = "waiting_rows"

    one: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rows: Mapped[bytes] = mapped_column(LargeBinary)


class TakenRow(Base):
    """In a batch that is on the log; stewards take it from here. Its id was drawn by the browser that made it."""

    __tablename__ = "sealed_rows"
    __table_args__ = NO_ROWID

    letter: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    withdraw: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)  # of the secret that takes it back
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(letter)
    instrument: Mapped[str] = mapped_column(String(32))
    month: Mapped[int]  # its first day
    mail: Mapped[bytes] = mapped_column(LargeBinary(131072))


class Withdrawn(Base):
    """So that a row which was taken back does not come again, or at all."""

    __tablename__ = "withdrawn_rows"
    __table_args__ = NO_ROWID

    withdraw: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(letter); empty where it had not come
    logged: Mapped[bool]  # in a batch of withdrawals, or not to be
