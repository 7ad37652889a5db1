"""How many events of each kind there were, by month: numbers alone, of months that have ended.

The days of a month that still runs would tell, from one look to the next, what was done today.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import func, select

from app import clock
from app.audit.models import Event
from app.db import Store
from crypto import checkpoint

# The day of an event stands in its promise, which stays when the event is forgotten: after two lines of fixed length.
_TIME_AT = len(checkpoint.promise_text(bytes(32), bytes(32), 0).rpartition("0")[0]) + 1
_DIGITS = 10  # of Unix seconds, until the year 2286


def by_month(db: Store) -> dict[tuple[str, str], int]:
    """{(month as YYYY-MM, type): how many}, of all months before this one."""
    time_s = func.substr(Event.promise, _TIME_AT, _DIGITS)
    query = select(Event.type, time_s, func.count()).where(Event.promise != "").group_by(Event.type, time_s)
    counted: Counter[tuple[str, str]] = Counter()
    for type_, seconds, many in db.execute(query):
        month = _month(int(seconds))
        if month < this_month():
            counted[month, type_] += many
    return dict(sorted(counted.items()))


def this_month() -> str:
    return _month(clock.now_s())


def _month(unix_s: int) -> str:
    return datetime.fromtimestamp(unix_s, UTC).strftime("%Y-%m")
