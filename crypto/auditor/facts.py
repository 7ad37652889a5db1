"""What a site says of itself to everybody, taken apart: `POST /log/public`, or `public.json` of an export.

Nothing here is proven yet; only its shape is.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from crypto.auditor.wrong import Wrong
from crypto.log import SITE_LANES


@dataclass(frozen=True)
class Shown:
    """One event of a lane of the site. signed: the frame 'signed' that it tells of; b'' when that is not shown."""

    lane: str
    n: int
    signed: bytes
    salt: bytes
    event: bytes
    waits: bool  # not in a tree yet


@dataclass(frozen=True)
class Told:
    """The head of one log as the site tells it."""

    number: int
    size: int
    note: str


@dataclass(frozen=True)
class Facts:
    """roots: frames 'signed' from version 1. shown: by lane and number. bindings: frames 'signed'. logs: from 1 on."""

    roots: list[bytes]
    shown: list[Shown]
    bindings: list[bytes]
    logs: list[Told]

    def lane(self, name: str) -> list[Shown]:
        return [one for one in self.shown if one.lane == name]


def read_facts(told: dict[str, Any]) -> Facts:
    """Raises: Wrong, when something is not there or not of its kind."""
    try:
        shown = [_shown(lane, one) for lane in SITE_LANES for one in told["lanes"][lane]]
        logs = [Told(_count(one["number"]), _count(one["size"]), _text(one["checkpoint"])) for one in told["logs"]]
        return Facts(
            [_bytes(one) for one in told["roots"]],
            sorted(shown, key=lambda one: (one.lane, one.n)),
            [_bytes(one) for one in told["bindings"]],
            sorted(logs, key=lambda one: one.number),
        )
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise Wrong("What the site says of itself has not the form that it must have.") from None


def _shown(lane: str, one: dict[str, Any]) -> Shown:
    signed = _bytes(one["signed"]) if one.get("signed") else b""
    return Shown(lane, _count(one["n"]), signed, _bytes(one["salt"]), _bytes(one["event"]), one["position"] is None)


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise TypeError
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _count(number: object) -> int:
    if type(number) is not int or number < 0:
        raise TypeError
    return number


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError
    return text
