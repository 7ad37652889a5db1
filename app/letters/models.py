"""Letters as handed in, and the key of each sealed to those who may open it."""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Letter(Base):
    __tablename__ = "letters"

    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)  # H(header || body)
    letter: Mapped[bytes] = mapped_column(LargeBinary(16))
    kind: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[bytes] = mapped_column(LargeBinary(32))  # a fingerprint, or a role's address
    sender: Mapped[bytes] = mapped_column(LargeBinary(32))
    about: Mapped[bytes] = mapped_column(LargeBinary(16))  # a case, or zeros
    day: Mapped[int]
    header: Mapped[bytes] = mapped_column(LargeBinary(512))
    body: Mapped[bytes] = mapped_column(LargeBinary(65536))
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))  # of its event

    __table_args__ = (
        UniqueConstraint("sender", "letter"),
        Index("ix_letters_about", "about", "kind", "recipient"),
        Index("ix_letters_recipient", "recipient", "kind"),
        Index("ix_letters_day", "kind", "day", "about"),
    )


class Stanza(Base):
    __tablename__ = "stanzas"

    fp: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    day: Mapped[int]  # the letter's, so that a page of somebody's letters is one walk of an index
    sealed: Mapped[bytes] = mapped_column(LargeBinary(1200))  # fp, then the letter's key sealed to it

    __table_args__ = (Index("ix_stanzas_day", "fp", "day", "hash"),)
