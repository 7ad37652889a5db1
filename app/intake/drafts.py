"""Unsent words, sealed by the browser. They are not on the log: it would time the writing."""

from __future__ import annotations

from sqlalchemy import Row, delete, func, select

from app import clock
from app.accounts.models import Enrolment
from app.db import Store
from app.errors import Refusal
from app.intake.models import Draft
from app.sealed import sealed_box

MOST_DRAFT = 1024 * 1024
MOST_DRAFTS = 20
MOST_TOGETHER = 4 * MOST_DRAFT  # they are handed out in one answer
KEPT_DAYS = 30


def save(db: Store, fp: bytes, data: bytes) -> None:
    """Keep this person's draft in place of the one of the same number. Args: data: draft16, then its box.

    Raises: Refusal 413, 415; 409 `too-many-drafts`.
    """
    draft, box = data[:16], sealed_box(data[16:], most=MOST_DRAFT)
    drop(db, fp, draft)
    sizes = db.scalars(select(func.length(Draft.box)).where(Draft.fp == fp)).all()
    if sum(sizes) + len(box) > MOST_TOGETHER:
        raise Refusal(
            409, "too-many-drafts", "What you began is very long together. Send or empty one, then it is kept."
        )
    if len(sizes) >= MOST_DRAFTS:
        raise Refusal(409, "too-many-drafts", "You have begun twenty letters. Send or empty one, then it is kept.")
    db.put(Draft, {"fp": fp, "draft": draft, "box": box, "day": clock.today()})
    forget_old(db)


def of(db: Store, fp: bytes) -> list[Row[tuple[bytes, bytes]]]:
    """This person's drafts: number and box, oldest first."""
    query = select(Draft.draft, Draft.box).where(Draft.fp == fp)
    return list(db.execute(query.order_by(Draft.day, Draft.draft)))


def drop(db: Store, fp: bytes, draft: bytes) -> None:
    db.change(delete(Draft).where(Draft.fp == fp, Draft.draft == draft))


def drop_all(db: Store, fp: bytes) -> None:
    db.change(delete(Draft).where(Draft.fp == fp))


def forget_old(db: Store) -> None:
    """Erase what unsubmitted enrolments left lying for thirty days."""
    unsent = select(Enrolment.fp).where(Enrolment.submitted.is_(False))
    old = delete(Draft).where(Draft.day < clock.today() - KEPT_DAYS, Draft.fp.in_(unsent))
    db.change(old)


def writing(db: Store) -> set[bytes]:
    """Whoever has a draft."""
    return set(db.scalars(select(Draft.fp).distinct()))
