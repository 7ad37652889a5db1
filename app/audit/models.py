"""Events as stored. Erasing one deletes salt and payload; tag and leaf stay."""

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

    __table_args__ = (Index("ix_events_case", "case_id", "lane", "epoch", "n"),)
