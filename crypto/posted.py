"""Rows, comments and withdrawals as a server sees them: from nobody, of one length, sealed to the stewards (SPEC 8).

Nothing here opens anything. Vectors: tests/vectors/row.json.
"""

import datetime
import re
from collections.abc import Collection, Iterable
from typing import Any

from crypto.errors import Malformed, NotAllowed, WrongPlace
from crypto.frame import H, frame, unframe
from crypto.mail import ANONYMOUS, read_mail, role_address
from crypto.outer import check_box

COMMENT = "comment"  # what stands for an instrument beside a comment
ROW_LENGTH = 8192  # every anonymous payload is this long
SIGNATURE = 64  # zeros: nobody signs
INSTRUMENT = re.compile(r"[a-z][a-z0-9_]{0,24}\.v[1-9][0-9]{0,3}")
EPOCH = datetime.date(1970, 1, 1)
LAST_DAY = (datetime.date.max - EPOCH).days


def read_row(data: bytes, site: bytes, stewards: Collection[bytes]) -> dict[str, Any]:
    """Frame 'row', for exactly these stewards: what `read_posted` gives, `mail`, `instrument`, `withdraw` (32 bytes).

    Args: stewards: the fingerprints of those in force. One stanza more would be a reader whom nobody chose; one less
        would tell rows apart.
    Raises: Malformed; WrongPlace: another site; NotAllowed: sealed to others than the stewards in force.
    """
    fields = unframe("row", data)
    posted = read_posted(fields["mail"], site)
    if (posted["kind"] == COMMENT) != (fields["instrument"] == COMMENT):
        raise Malformed("a comment stands beside a comment, a row beside its instrument")
    if fields["instrument"] != COMMENT and not INSTRUMENT.fullmatch(fields["instrument"]):
        raise Malformed("no instrument is called so")
    if not stewards or set(posted["stanzas"]) != set(stewards):
        raise NotAllowed("a row is sealed to each steward in force, and to nobody else")
    return {**posted, **fields}


def read_posted(mail: bytes, site: bytes) -> dict[str, Any]:
    """The letter inside a row, as `read_mail` gives it, with `month` as "2026-11".

    Raises: Malformed: another kind, length or day than all have. WrongPlace: another site, or not to the stewards.
    """
    fields = read_mail(mail)
    if fields["kind"] not in ANONYMOUS:
        raise Malformed("not a row")
    if fields["site"] != site or fields["to"] != role_address(site, "steward"):
        raise WrongPlace("a row of another site, or not for the stewards")
    check_box(fields["body"], SIGNATURE + ROW_LENGTH)
    return {**fields, "month": month_of(fields["day"])}


def read_withdrawal(data: bytes, site: bytes) -> bytes:
    """What the row to be taken back was posted with: 32 bytes. Raises: Malformed; WrongPlace: another site."""
    if unframe("withdraw", data)["site"] != site:
        raise WrongPlace("a withdrawal at another site")
    return H(data)


def withdraw_hash(site: bytes, secret: bytes) -> bytes:
    """What is posted beside a row; whoever knows the 32 bytes of `secret` takes the row back."""
    return H(frame("withdraw", {"site": site, "secret": secret}))


def batch_hash(hashes: Iterable[bytes]) -> bytes:
    """What the log keeps of a batch: H(the letters' hashes, sorted, joined)."""
    return H(b"".join(sorted(hashes)))


def month_of(day: int) -> str:
    """The month that begins on `day` (since 1970), as "2026-11". Raises: Malformed: no month begins on it."""
    date = EPOCH + datetime.timedelta(days=day) if 0 <= day <= LAST_DAY else None
    if date is None or date.day != 1:
        raise Malformed("a row is dated with the first of its month")
    return f"{date:%Y-%m}"


def first_of_month(day: int) -> int:
    """The day (since 1970) on which the month of `day` begins."""
    if not 0 <= day <= LAST_DAY:
        raise ValueError("no such day")
    return day - (EPOCH + datetime.timedelta(days=day)).day + 1
