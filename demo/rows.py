"""Research rows in Python: sent and taken back by a peer, as her page does it; fetched by a steward for `open-rows`.

Nothing goes with her cookie, and the notebook alone says which rows are hers.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from crypto.frame import frame, unframe
from crypto.mail import read_mail
from crypto.posted import COMMENT, first_of_month, month_of
from crypto.row import make_comment, make_row
from demo.client import Person
from demo.people import Staff
from demo.wire import Wire, b64, unb64

OCTETS = "application/octet-stream"


def send_row(peer: Person, instrument: str, wave: str, answers: Mapping[str, str], *, day: int | None = None) -> bytes:
    """Post one row of any instrument and wave; the frame that went. Args: as `prepare_row`."""
    return post(peer.wire, prepare_row(peer, instrument, wave, answers, day=day))


def send_comment(peer: Person, wave: str, text: str) -> bytes:
    """Post words that may be coded by theme; the frame that went."""
    return post(peer.wire, prepare_comment(peer, wave, text))


def prepare_row(
    peer: Person, instrument: str, wave: str, answers: Mapping[str, str], *, day: int | None = None
) -> bytes:
    """A row, noted in the notebook and not sent yet.

    Args: answers: column and code. day: of the month that it is dated with; today's without it.
    """
    given = {"instrument": instrument, "thread": thread_of(peer), "answers": answers}
    return _prepare(peer, wave, instrument, day, lambda to: make_row(**given, **to))


def prepare_comment(peer: Person, wave: str, text: str) -> bytes:
    """A comment, noted in the notebook and not sent yet."""
    return _prepare(peer, wave, COMMENT, None, lambda to: make_comment(text=text, **to))


def post(wire: Wire, row: bytes) -> bytes:
    """Hand a row in, as nobody; the same frame. Raises: Refused."""
    as_nobody(wire, "/research/row", row)
    return row


def withdraw_rows(peer: Person) -> list[bool]:
    """Take back everything that the notebook knows of; of each whether it stood."""
    kept = research(peer)
    stood = [withdraw(peer.wire, peer.site, unb64(one["secret"])) for one in kept["rows"]]
    kept["rows"] = []
    return stood


def withdraw(wire: Wire, site: bytes, secret: bytes) -> bool:
    """Take back the row that a secret belongs to; whether it stood."""
    answer = as_nobody(wire, "/research/withdraw", frame("withdraw", {"site": site, "secret": secret}))
    return bool(answer["stood"])


def research(peer: Person) -> dict[str, Any]:
    """What the notebook keeps of her rows, as her page writes it."""
    first = {"thread": b64(os.urandom(16)), "rows": [], "asked": 0, "saved": 0}
    kept: dict[str, Any] = peer.notebook.setdefault("research", first)
    return kept


def thread_of(peer: Person) -> bytes:
    """The sixteen bytes that join her rows for the stewards."""
    return unb64(research(peer)["thread"])


def _prepare(peer: Person, wave: str, instrument: str, day: int | None, make: Any) -> bytes:
    day, secret = first_of_month(peer.today if day is None else day), os.urandom(32)
    stewards = peer.directory().holders("steward")
    data: bytes = make({"site": peer.site, "wave": wave, "day": day, "stewards": stewards, "secret": secret})
    letter = read_mail(unframe("row", data)["mail"])["letter"]
    noted = {
        "instrument": instrument,
        "wave": wave,
        "month": month_of(day),
        "letter": b64(letter),
        "secret": b64(secret),
    }
    research(peer)["rows"].append({**noted, "tries": 1, "sent": True, "gone": False})
    return data


def as_nobody(wire: Wire, path: str, data: bytes) -> dict[str, Any]:
    """One request over a connection that has no cookie. Raises: Refused."""
    return wire.another().post(path, data, {"Content-Type": OCTETS}).json()


def fetch(steward: Staff) -> list[bytes]:
    """All rows that may be taken, as frames `mail`."""
    rows: list[bytes] = []
    after = None
    while True:
        page = steward.post("/research/rows", after=after)
        rows += [unb64(mail) for mail in page["rows"]]
        after = page["after"]
        if after is None:
            return rows


def take_rows_home(steward: Staff) -> bytes:
    """The file that `python -m crypto open-rows` opens with the steward's words, as the page makes it (SPEC 13)."""
    unlocks = steward.sign_in()
    file = {
        "alongside-rows": 1, "site": b64(steward.site), "role": steward.role, "fp": b64(steward.fp),
        **{name: unlocks[name] for name in ("kind", "locator", "wrap", "bundle")},
        "day": steward.today, "rows": [b64(mail) for mail in fetch(steward)],
    }  # fmt: skip
    return json.dumps(file).encode()
