"""Events as stored, the tree over them, and where each case's act lane stands.

Erasing deletes salt and payload; tag, commit, leaf and place stay.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

ENTRIES = -1  # the level at which leaves are kept

_WAITING = text("position IS NULL")
_KEPT = text("case_id IS NULL AND salt IS NOT NULL")


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

    # Its leaf in the tree, counted from 0; none until the sequencer has taken it in.
    log: Mapped[int | None]
    position: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        Index("ix_events_case", "case_id", "lane", "epoch", "n"),
        Index("ix_events_position", "log", "position", unique=True),
        Index("ix_events_waiting", "leaf", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_events_kept", "type", "log", "position", sqlite_where=_KEPT, postgresql_where=_KEPT),
    )


class Log(Base):
    """The head of one log. The one with the highest number grows; a restored site begins the next (SPEC 9)."""

    __tablename__ = "logs"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    checkpoint: Mapped[str] = mapped_column(Text)  # of this size and root, signed by the log's key
    cosigned: Mapped[str | None] = mapped_column(Text)  # the last that witnesses signed too: perhaps of a smaller size
    cosigned_s: Mapped[int | None] = mapped_column(BigInteger)


class Tile(Base):
    """Up to 256 hashes of one level, or up to 256 leaves: stored as it is served (C2SP tlog-tiles)."""

    __tablename__ = "tree_tiles"

    log: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # ENTRIES: leaves
    n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Manifest(Base):
    """One signed list of what each page and script is (SPEC 6)."""

    __tablename__ = "manifests"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(manifest frame)
    signed: Mapped[bytes] = mapped_column(LargeBinary)


class Restore(Base):
    """The signed word that the site was put back from a backup (SPEC 9)."""

    __tablename__ = "restores"

    log: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the one that began then
    signed: Mapped[bytes] = mapped_column(LargeBinary)


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
