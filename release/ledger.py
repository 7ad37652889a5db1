"""What the public page has spent of each yearly cohort's privacy, for good.

A file of JSON lines, each naming the hash of the one before it. What will be sampled is on the disk before it is
sampled: a crash may spend for nothing, it never samples twice.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from release.errors import Declined, FolderError

LIFETIME = 1.0  # epsilon of one person: each is in one cohort
EDGE = 1e-9


@dataclass(frozen=True)
class Spent:
    """One sampling. before: SHA-256 of the line before, "" for the first."""

    year: int
    fields: tuple[str, ...]
    epsilon: float
    before: str

    def line(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True).encode() + b"\n"


def read_ledger(text: bytes) -> list[Spent]:
    """What was spent, in order.

    Raises: FolderError when a line is no line of a ledger or does not follow the one before.
    """
    spent: list[Spent] = []
    for line in text.splitlines(keepends=True):
        try:
            told = json.loads(line)
            one = Spent(int(told["year"]), tuple(told["fields"]), float(told["epsilon"]), str(told["before"]))
        except (ValueError, KeyError, TypeError):
            raise FolderError(f"line {len(spent) + 1} of the ledger can't be read; nothing may be sampled") from None
        if one.before != _head(spent) or one.line() != line:
            raise FolderError(f"line {len(spent) + 1} of the ledger was changed; nothing may be sampled")
        spent.append(one)
    return spent


def spend(path: Path, year: int, fields: Sequence[str], epsilon: float) -> str:
    """Put a sampling on the ledger before it is made.

    Returns: the hash of its line.
    Raises: Declined when the cohort's lifetime does not allow it, or a field of it was sampled before; FolderError.
    """
    with path.open("a+b") as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        ledger.seek(0)
        spent = read_ledger(ledger.read())
        of_year = [one for one in spent if one.year == year]
        again = sorted(set(fields) & {name for one in of_year for name in one.fields})
        if again:
            raise Declined("ledger", f"“{again[0]}” of {year} was sampled before; publish what was written then")
        used = sum(one.epsilon for one in of_year)
        if used + epsilon > LIFETIME + EDGE:
            raise Declined(
                "ledger", f"{used:g} of {LIFETIME:g} of the cohort of {year} is spent; {epsilon:g} is too much"
            )
        one = Spent(year, tuple(fields), epsilon, _head(spent))
        ledger.write(one.line())
        ledger.flush()
        os.fsync(ledger.fileno())
        return _head([one])


def _head(spent: Sequence[Spent]) -> str:
    return hashlib.sha256(spent[-1].line()).hexdigest() if spent else ""
