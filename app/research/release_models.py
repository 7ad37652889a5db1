"""Releases as they were published, their files in pieces, who agreed to the terms, and the tokens of scripts."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Release(Base):
    """One release. Columns beside what was signed are for finding it."""

    __tablename__ = "releases"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(release frame)
    signed: Mapped[bytes] = mapped_column(LargeBinary)
    listed: Mapped[bytes] = mapped_column(LargeBinary)  # the steward's signed word of which files it has
    day: Mapped[int]
    product: Mapped[str] = mapped_column(String(16))
    series: Mapped[str] = mapped_column(String(64))
    manifest: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(manifest.json)


class ReleaseFile(Base):
    __tablename__ = "release_files"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    size: Mapped[int] = mapped_column(BigInteger)


class Piece(Base):
    """A MiB of a file, found by the hash of the whole file. `staged_s`: when it came; none once it is published."""

    __tablename__ = "release_pieces"

    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 0
    data: Mapped[bytes] = mapped_column(LargeBinary)
    staged_s: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_release_pieces_staged_s", "staged_s"),)


class Agreement(Base):
    """A researcher's signed yes to one version of the terms."""

    __tablename__ = "agreements"

    fp: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    module: Mapped[str] = mapped_column(String(32), primary_key=True)
    signed: Mapped[bytes] = mapped_column(LargeBinary)


class Token(Base):
    """What lets a script fetch files for a researcher. The token itself is not here, only its hash."""

    __tablename__ = "download_tokens"

    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    fp: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    day: Mapped[int]
    expires_s: Mapped[int] = mapped_column(BigInteger, index=True)
