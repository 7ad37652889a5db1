"""What was signed about people, as it was signed, and the links that let them in.

Columns beside a frame are for finding it; who may do what is read from the frames.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.site import Root

__all__ = ["Binding", "Directory", "Founding", "Proposal", "Root", "StaffInvitation"]


class Directory(Base):
    __tablename__ = "directories"

    version: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(directory frame)
    rooted: Mapped[bool]  # signed by roots: a chain starts here
    signed: Mapped[bytes] = mapped_column(LargeBinary)


class Binding(Base):
    __tablename__ = "bindings"

    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)  # H(binding frame)
    fp: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    person: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    signed: Mapped[bytes] = mapped_column(LargeBinary)
    listed: Mapped[int | None] = mapped_column(BigInteger)  # the directory that listed it first; none = waiting


class StaffInvitation(Base):
    __tablename__ = "staff_invitations"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    roles: Mapped[str] = mapped_column(String(64))
    expires_s: Mapped[int] = mapped_column(BigInteger)
    used_by: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class Founding(Base):
    """The one-time link of the founding coordinator."""

    __tablename__ = "founding"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    used: Mapped[bool]


class Proposal(Base):
    """A directory that still lacks a coordinator's signature; one at a time."""

    __tablename__ = "proposals"

    version: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    signed: Mapped[bytes] = mapped_column(LargeBinary)
