"""Take sealed rows in, let go of those that are taken back, and hand the others to the stewards.

Nothing here knows who sends, and nothing that is kept says when or after whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from app import clock
from app.audit import service as audit
from app.db import Store
from app.errors import Refusal
from app.people import service as people
from app.research import editions
from app.research.mixing import hold, move, write_anew
from app.research.models import SealedRow, TakenRow, WaitingRow, Withdrawn
from app.sealed import only_sealed
from crypto import posted
from crypto.errors import NotAllowed
from crypto.frame import unframe

PAGE = 50
KINDS: tuple[type[SealedRow], ...] = (WaitingRow, TakenRow)


@dataclass(frozen=True)
class Standing:
    """How many rows may be taken, by instrument and month ("2026-11"), and how many wait."""

    counts: list[tuple[str, str, int]]
    waiting: int


def keep_row(db: Store, *, site: bytes, data: bytes, batch: int) -> None:
    """Keep one row. One that stands under the same secret, or was taken back under it, is not kept again.

    Args: batch: how many have to wait before they may be taken.
    Raises: Refusal 409 `recipients`, `month`, `instrument`, `taken`; 415; WrongPlace.
    """
    row = _read(db, site, data)
    hold(db, WaitingRow, TakenRow, Withdrawn)
    if _known(db, row["withdraw"]):
        return
    _check(db, row)
    names = ("letter", "withdraw", "hash", "instrument", "mail")
    db.put(WaitingRow, {**{name: row[name] for name in names}, "month": row["day"]})
    if _count(db, WaitingRow) < batch:
        write_anew(db, WaitingRow)
        return
    hashes = db.scalars(select(WaitingRow.hash))
    audit.append(db, "rows", site=site, object=posted.batch_hash(hashes))
    move(db, WaitingRow, TakenRow)


def _read(db: Store, site: bytes, data: bytes) -> dict[str, Any]:
    with only_sealed():
        try:
            return posted.read_row(data, site, people.holders(db, "steward"))
        except NotAllowed:
            fields = unframe("row", data)
            if not _known(db, fields["withdraw"]):
                raise Refusal(
                    409, "recipients", "Who looks after research has changed since this was sealed. Seal it again."
                ) from None
            return {**posted.read_posted(fields["mail"], site), **fields}


def _known(db: Store, withdraw: bytes) -> bool:
    stands = or_(*(select(kind.letter).where(kind.withdraw == withdraw).exists() for kind in KINDS))
    return bool(db.scalar(select(or_(stands, select(Withdrawn.hash).where(Withdrawn.withdraw == withdraw).exists()))))


def _check(db: Store, row: dict[str, Any]) -> None:
    around = {posted.first_of_month(clock.today() + day) for day in (-1, 0, 1)}
    if row["day"] not in around:
        raise Refusal(409, "month", "This was sealed in another month. Seal it again.")
    if row["instrument"] != posted.COMMENT and not editions.known(row["instrument"]):
        raise Refusal(409, "instrument", "Nobody here asks these questions. Reload the page, then seal it again.")
    same = (select(kind.letter).where(kind.letter == row["letter"]).exists() for kind in KINDS)
    if db.scalar(select(or_(*same))):
        raise Refusal(409, "taken", "Another row came under this number. Seal it again.")


def withdraw_row(db: Store, *, site: bytes, data: bytes, batch: int) -> bool:
    """Delete the row that this secret belongs to, for good; whether there was one.

    Args: batch: how many of them make one line of the log.
    Raises: Refusal 415; WrongPlace.
    """
    with only_sealed():
        secret_hash = posted.read_withdrawal(data, site)
    hold(db, WaitingRow, TakenRow, Withdrawn)
    for kind in KINDS:
        letter_hash = db.scalar(select(kind.hash).where(kind.withdraw == secret_hash))
        if letter_hash is None:
            continue
        db.change(delete(kind).where(kind.withdraw == secret_hash))
        write_anew(db, kind)
        db.put(Withdrawn, {"withdraw": secret_hash, "hash": letter_hash, "logged": False})
        _log_withdrawals(db, site, batch)
        write_anew(db, Withdrawn)
        return True
    return False


def _log_withdrawals(db: Store, site: bytes, batch: int) -> None:
    hashes = list(db.scalars(select(Withdrawn.hash).where(Withdrawn.logged.is_(False))))
    if len(hashes) >= batch:
        audit.append(db, "withdrawals", site=site, object=posted.batch_hash(hashes))
        db.change(update(Withdrawn).values(logged=True))


def taken(db: Store, *, after: bytes | None) -> tuple[list[bytes], bytes | None]:
    """One page of rows (frames `mail`), in order of their ids; what to ask the next page after, or None."""
    query = select(TakenRow.letter, TakenRow.mail).order_by(TakenRow.letter).limit(PAGE + 1)
    rows = db.execute(query if after is None else query.where(TakenRow.letter > after)).all()
    return [row.mail for row in rows[:PAGE]], rows[PAGE - 1].letter if len(rows) > PAGE else None


def standing(db: Store) -> Standing:
    """What stands, for the stewards: of those that wait no more than how many."""
    by = (TakenRow.instrument, TakenRow.month)
    rows = db.execute(select(*by, func.count()).group_by(*by).order_by(*by)).all()
    return Standing([(name, posted.month_of(month), count) for name, month, count in rows], _count(db, WaitingRow))


def _count(db: Store, kind: type[SealedRow]) -> int:
    return db.scalar(select(func.count()).select_from(kind)) or 0
