"""What the server keeps of an account: public keys, sealed boxes, and the sessions that are live."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Enrolment(Base):
    """One account. `submitted` turns true with a peer's first submission; staff are born so."""

    __tablename__ = "enrolments"

    fp: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))  # peer or staff
    submitted: Mapped[bool]
    bundle: Mapped[bytes] = mapped_column(LargeBinary(328))
    frame_hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # H(enrol): the same bytes again are no second account
    day: Mapped[int]


class Identity(Base):
    __tablename__ = "identities"

    fp: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    frame: Mapped[bytes] = mapped_column(LargeBinary)


class Method(Base):
    __tablename__ = "methods"

    locator: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    fp: Mapped[bytes] = mapped_column(LargeBinary(32), ForeignKey("enrolments.fp"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    login_pk: Mapped[bytes] = mapped_column(LargeBinary(32))
    wrap: Mapped[bytes] = mapped_column(LargeBinary(328))


class Notebook(Base):
    __tablename__ = "notebooks"

    fp: Mapped[bytes] = mapped_column(LargeBinary(32), ForeignKey("enrolments.fp"), primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)
    box: Mapped[bytes] = mapped_column(LargeBinary(65536))


class LiveSession(Base):
    """A tab's session; `fp` is empty before sign-in. The cookie is not here, only its hash."""

    __tablename__ = "sessions"

    id_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    fp: Mapped[bytes | None] = mapped_column(LargeBinary(32), ForeignKey("enrolments.fp"), index=True)
    share: Mapped[bytes] = mapped_column(LargeBinary(32))
    seen_s: Mapped[int] = mapped_column(BigInteger, index=True)


class Nonce(Base):
    __tablename__ = "nonces"

    nonce: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    expires_s: Mapped[int] = mapped_column(BigInteger, index=True)
