"""Unsent words, sealed; and the answer that a first submission was given."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Draft(Base):
    __tablename__ = "drafts"

    fp: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    draft: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
    day: Mapped[int] = mapped_column(index=True)


class Submission(Base):
    """The same bytes are answered with the same bytes, however often the connection drops."""

    __tablename__ = "submissions"

    case: Mapped[bytes] = mapped_column("case_id", LargeBinary(16), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(submission)
    answer: Mapped[bytes] = mapped_column(LargeBinary)
