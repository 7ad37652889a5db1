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
from app.instruments import service as instruments
from app.people import service as people
from app.research.mixing import hold, let_go, write_anew
from app.research.models import TakenRow, Waiting, Withdrawn
from app.research.waiting import let_wait, waiting
from app.sealed import only_sealed
from crypto import posted
from crypto.errors import NotAllowed
from crypto.frame import unframe

PAGE = 50
TABLES = (Waiting, TakenRow, Withdrawn)
COLUMNS = ("letter", "withdraw", "hash", "instrument", "mail")


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
    with only_sealed():
        try:
            row = posted.read_row(data, site, people.holders(db, "steward"))
        except NotAllowed:
            row = None
    hold(db, *TABLES)
    before = [_read(frame, site) for frame in waiting(db)]
    if _known(db, before, unframe("row", data)["withdraw"]):
        return
    _check(db, before, row)
    if len(before) + 1 < batch:
        let_wait(db, [*(one["frame"] for one in before), data])
    else:
        _let_take(db, site, [*before, _read(data, site)])


def _read(frame: bytes, site: bytes) -> dict[str, Any]:
    fields = unframe("row", frame)
    return {"frame": frame, **posted.read_posted(fields["mail"], site), **fields}


def _known(db: Store, before: list[dict[str, Any]], withdraw: bytes) -> bool:
    kept = (select(kind.hash).where(kind.withdraw == withdraw).exists() for kind in (TakenRow, Withdrawn))
    return any(one["withdraw"] == withdraw for one in before) or bool(db.scalar(select(or_(*kept))))


def _check(db: Store, before: list[dict[str, Any]], row: dict[str, Any] | None) -> None:
    if row is None:
        raise Refusal(409, "recipients", "Who looks after research has changed since this was sealed. Seal it again.")
    if row["day"] not in {posted.first_of_month(clock.today() + day) for day in (-1, 0, 1)}:
        raise Refusal(409, "month", "This was sealed in another month. Seal it again.")
    if row["instrument"] != posted.COMMENT and not instruments.is_known(db, row["instrument"]):
        raise Refusal(409, "instrument", "Nobody here asks these questions. Reload the page, then seal it again.")
    taken = bool(db.scalar(select(select(TakenRow.hash).where(TakenRow.letter == row["letter"]).exists())))
    if taken or any(one["letter"] == row["letter"] for one in before):
        raise Refusal(409, "taken", "Another row came under this number. Seal it again.")


def _let_take(db: Store, site: bytes, rows: list[dict[str, Any]]) -> None:
    """A batch: one line on the log, and stewards may take them."""
    audit.append(db, "rows", site=site, object=posted.batch_hash(row["hash"] for row in rows))
    let_wait(db, [])
    ordered = sorted(rows, key=lambda row: bytes(row["letter"]))
    db.put(TakenRow, *({**{name: row[name] for name in COLUMNS}, "month": row["day"]} for row in ordered))
    write_anew(db, TakenRow)


def withdraw_row(db: Store, *, site: bytes, data: bytes, batch: int) -> bool:
    """Delete the row that this secret belongs to, for good; whether there was one. It does not come later, either: a
    browser that slept may have had it on its way while she took it back on another device.

    Args: batch: how many of them make one line of the log.
    Raises: Refusal 415; WrongPlace.
    """
    with only_sealed():
        withdraw = posted.read_withdrawal(data, site)
    hold(db, *TABLES)
    letter_hash = _drop_waiting(db, site, withdraw) or _drop_taken(db, withdraw)
    if letter_hash is None:
        _let_none_come(db, withdraw)
        return False
    db.put(Withdrawn, {"withdraw": withdraw, "hash": letter_hash, "logged": False})
    hashes = list(db.scalars(select(Withdrawn.hash).where(Withdrawn.logged.is_(False))))
    if len(hashes) >= batch:
        audit.append(db, "withdrawals", site=site, object=posted.batch_hash(hashes))
        db.change(update(Withdrawn).values(logged=True))
    write_anew(db, Withdrawn)
    return True


def _let_none_come(db: Store, withdraw: bytes) -> None:
    """Nothing stood, so the log will have no line of it."""
    if db.put_new(Withdrawn, {"withdraw": withdraw, "hash": b"", "logged": True}):
        write_anew(db, Withdrawn)


def _drop_waiting(db: Store, site: bytes, withdraw: bytes) -> bytes | None:
    """The hash of the row that waited under this, which is gone; or None."""
    rows = [_read(frame, site) for frame in waiting(db)]
    gone = [row["hash"] for row in rows if row["withdraw"] == withdraw]
    if not gone:
        return None
    let_wait(db, [row["frame"] for row in rows if row["withdraw"] != withdraw])
    return bytes(gone[0])


def _drop_taken(db: Store, withdraw: bytes) -> bytes | None:
    """The hash of the row that could be taken, which is gone; or None."""
    found = db.scalar(select(TakenRow.hash).where(TakenRow.withdraw == withdraw))
    if found is not None:
        db.change(delete(TakenRow).where(TakenRow.withdraw == withdraw))
        let_go(db, TakenRow)
    return found


def taken(db: Store, *, after: bytes | None) -> tuple[list[bytes], bytes | None]:
    """One page of rows (frames `mail`), in order of their ids; what to ask the next page after, or None."""
    query = select(TakenRow.letter, TakenRow.mail).order_by(TakenRow.letter).limit(PAGE + 1)
    rows = db.execute(query if after is None else query.where(TakenRow.letter > after)).all()
    return [row.mail for row in rows[:PAGE]], rows[PAGE - 1].letter if len(rows) > PAGE else None


def standing(db: Store) -> Standing:
    """What stands, for the stewards: of those that wait no more than how many."""
    by = (TakenRow.instrument, TakenRow.month)
    rows = db.execute(select(*by, func.count()).group_by(*by).order_by(*by)).all()
    return Standing([(name, posted.month_of(month), count) for name, month, count in rows], len(waiting(db)))
