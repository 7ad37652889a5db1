"""Editions of instruments as a coordinator uploaded them. A row is written once and never changed."""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Edition(Base):
    __tablename__ = "instruments"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    edition: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    dictionary: Mapped[bytes] = mapped_column(LargeBinary)  # CSV in UTF-8, as instruments.dictionary writes it
    by: Mapped[bytes] = mapped_column("by_fp", LargeBinary(32))
    day: Mapped[int]
