"""Events as stored, and where each case's act lane stands. Erasing deletes salt and payload; tag and leaf stay."""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Event(Base):
    __tablename__ = "events"

    leaf: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)  # RFC 6962 leaf hash
    tag: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    commit: Mapped[bytes] = mapped_column(LargeBinary(32))
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    payload: Mapped[bytes | None] = mapped_column(LargeBinary(512))
    promise: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(String(32))
    lane: Mapped[str] = mapped_column(String(16))
    case: Mapped[bytes | None] = mapped_column("case_id", LargeBinary(16))
    epoch: Mapped[int] = mapped_column(default=0)
    n: Mapped[int] = mapped_column(default=0)
    # Only a letter about a case has these: its two ends, who are told more of it than other members are.
    sender: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    recipient: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # a fingerprint, or a role's address

    __table_args__ = (Index("ix_events_case", "case_id", "lane", "epoch", "n"),)


class CaseLane(Base):
    """One row a case: whose it is, the lane key in force, and the last number of the act lane in this epoch.

    Whoever writes to a case holds this row, so that numbers and entries have no gaps.
    """

    __tablename__ = "lanes"

    case: Mapped[bytes] = mapped_column("case_id", LargeBinary(16), primary_key=True)
    owner: Mapped[bytes] = mapped_column(LargeBinary(32))
    epoch: Mapped[int]
    key: Mapped[bytes] = mapped_column(LargeBinary(32))
    acts: Mapped[int]

    __table_args__ = (Index("ix_lanes_key", "key", unique=True),)


class PastLaneKey(Base):
    """Keys of epochs that are over; they go when the case is erased."""

    __tablename__ = "lane_keys"

    case: Mapped[bytes] = mapped_column("case_id", LargeBinary(16), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32))

    __table_args__ = (Index("ix_lane_keys_key", "key", unique=True),)
