"""Sealed rows: those that wait for others, those that may be taken, and what is left of those taken back.

No column holds a time, an order or a person, and `mixing` writes each table anew whenever it changes.
"""

from __future__ import annotations

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class SealedRow(Base):
    """What both kinds of rows have; the letter's id is drawn by the browser that made it."""

    __abstract__ = True
    __table_args__ = {"sqlite_with_rowid": False}  # a rowid would count them as they come

    letter: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    withdraw: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)  # of the secret that takes it back
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(letter)
    instrument: Mapped[str] = mapped_column(String(32))
    month: Mapped[int]  # its first day
    mail: Mapped[bytes] = mapped_column(LargeBinary(131072))


class WaitingRow(SealedRow):
    """Handed to nobody until enough of them wait together."""

    __tablename__ = "waiting_rows"


class TakenRow(SealedRow):
    """In a batch that is on the log; stewards take it from here."""

    __tablename__ = "sealed_rows"


class Withdrawn(Base):
    """So that a row which was taken back does not come again."""

    __tablename__ = "withdrawn_rows"
    __table_args__ = {"sqlite_with_rowid": False}

    withdraw: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    logged: Mapped[bool]  # in a batch of withdrawals
