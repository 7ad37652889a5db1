"""A case's entries as handed in, and what follows from them about the roster in force.

Columns beside a frame are for finding it and for the next entry's check; a client believes the frames alone.
"""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Case(Base):
    __tablename__ = "cases"

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    owner: Mapped[bytes] = mapped_column(LargeBinary(32))
    parent: Mapped[bytes] = mapped_column(LargeBinary(16))  # zeros unless a team room
    seq: Mapped[int]
    head: Mapped[bytes] = mapped_column(LargeBinary(32))
    epoch: Mapped[int]
    roster: Mapped[bytes] = mapped_column(LargeBinary(8192))  # the frame in force
    day: Mapped[int]  # of the last entry

    # A peer account owns one case.
    __table_args__ = (UniqueConstraint("owner", "parent"),)


class Entry(Base):
    __tablename__ = "entries"

    case: Mapped[bytes] = mapped_column("case_id", LargeBinary(16), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))  # roster or record
    record: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    author: Mapped[bytes] = mapped_column(LargeBinary(32))  # a roster's issuer
    header: Mapped[bytes] = mapped_column(LargeBinary(8192))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)  # none once erased
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(entry), also after its body is gone
    size: Mapped[int]  # of header and body, in bytes

    __table_args__ = (Index("ix_entries_record", "case_id", "record", unique=True),)


class Member(Base):
    __tablename__ = "members"

    case: Mapped[bytes] = mapped_column("case_id", LargeBinary(16), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    fp: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    position: Mapped[int]
    flags: Mapped[int]  # 1 owner, 2 lead
    has_left: Mapped[bool] = mapped_column(server_default=false())  # their own word, beside the sealed `leave`

    __table_args__ = (Index("ix_members_fp", "fp"),)


class Grant(Base):
    __tablename__ = "grants"

    case: Mapped[bytes] = mapped_column("case_id", LargeBinary(16), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    fp: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary(1200))  # fp, then the epoch's key sealed to it


class Visit(Base):
    """That a person's visit of a day is on the log already."""

    __tablename__ = "visits"

    case: Mapped[bytes] = mapped_column("case_id", LargeBinary(16), primary_key=True)
    fp: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(8), primary_key=True)  # case, or card
