"""The lanes of a case: who may number the next event, and under which key.

`hold` and `next_act` lock the case's row until the transaction ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select, update

from app.audit.events import Lane
from app.audit.models import CaseLane, PastLaneKey
from app.db import Store
from app.errors import Refusal


@dataclass(frozen=True)
class Held:
    """A case whose row this transaction holds."""

    case: bytes
    owner: bytes
    epoch: int
    key: bytes

    def entry(self, seq: int) -> Lane:
        """The number of an entry: its seq, under the epoch in force before it."""
        return Lane("entry", n=seq, key=self.key, case=self.case, epoch=self.epoch)


def hold(db: Store, case: bytes) -> Held | None:
    """Take a case's row, waiting for whoever has it; None when there is no such case."""
    query = select(CaseLane.owner, CaseLane.epoch, CaseLane.key).where(CaseLane.case == case).with_for_update()
    row = db.execute(query).one_or_none()
    return None if row is None else Held(case, *row)


def next_act(db: Store, case: bytes) -> Lane:
    """The next number of a case's act lane, which is now taken. Raises: LookupError: no such case."""
    taken = (
        update(CaseLane)
        .where(CaseLane.case == case)
        .values(acts=CaseLane.acts + 1)
        .returning(CaseLane.acts, CaseLane.epoch, CaseLane.key)
        .execution_options(synchronize_session=False)
    )
    row = db.execute(taken).one_or_none()
    if row is None:
        raise LookupError("no such case")
    return Lane("act", n=row.acts, key=row.key, case=case, epoch=row.epoch)


def begin(db: Store, case: bytes, *, owner: bytes, key: bytes, acts: int = 0) -> None:
    """Open the lanes of a new case at epoch 1, with the act numbers that are taken already. Raises: Refusal 409."""
    _check_own(db, key)
    db.put(CaseLane, {"case_id": case, "owner": owner, "epoch": 1, "key": key, "acts": acts})


def turn(db: Store, held: Held, key: bytes) -> None:
    """Go on under the key of the next epoch, from act number 1. Raises: Refusal 409."""
    _check_own(db, key)
    db.put(PastLaneKey, {"case_id": held.case, "epoch": held.epoch, "key": held.key})
    db.change(update(CaseLane).where(CaseLane.case == held.case).values(epoch=held.epoch + 1, key=key, acts=0))


def _check_own(db: Store, key: bytes) -> None:
    """Nothing, if no lane ever ran under this key: two cases under one key would take each other's numbers."""
    used = exists().where(CaseLane.key == key) | exists().where(PastLaneKey.key == key)
    if db.scalar(select(used)):
        raise Refusal(409, "other-key", "This key is in use already. Reload the page, and let it make a new one.")
