"""Coarse workflow: who looks after a card, and what the desk last said of it."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Claim(Base):
    __tablename__ = "claims"

    case: Mapped[bytes] = mapped_column("case_id", LargeBinary(16), primary_key=True)
    fp: Mapped[bytes] = mapped_column(LargeBinary(32))


class CaseState(Base):
    """Set by whoever claimed the card. No row: new. Offers and a team are read from what was signed instead."""

    __tablename__ = "case_states"

    case: Mapped[bytes] = mapped_column("case_id", LargeBinary(16), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    day: Mapped[int]
    offers: Mapped[int]  # how many offers had been sent then: a later one counts for more than this state
    heard: Mapped[int] = mapped_column(
        server_default="0"
    )  # how many letters the desk had then: a later one brings a finished card back
