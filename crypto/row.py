"""Rows of research and comments: made by whoever consented, opened by a steward (SPEC 8).

Nobody sends them and nothing in them names a case: the month, the wave and a random thread are inside the seal.
Vectors: tests/vectors/row.json.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

from crypto.errors import Malformed
from crypto.frame import frame
from crypto.identity import Identity
from crypto.letter import open_letter, seal_letter
from crypto.mail import role_address
from crypto.payload import to_json
from crypto.posted import COMMENT, INSTRUMENT, month_of, read_posted, withdraw_hash

__all__ = ["comment_payload", "make_comment", "make_row", "open_posted", "row_payload"]

WAVE = re.compile(r"[a-z][a-z0-9-]{0,31}")  # intake, outtake, followup-3, ...
COLUMN = re.compile(r"[a-z][a-z0-9_.]{0,219}")
THREAD = 16
CODE = re.compile(r"[ -~]{1,100}")  # as dictionaries and validated text write them


def make_row(
    *, site: bytes, instrument: str, wave: str, day: int, thread: bytes, answers: Mapping[str, str],
    stewards: Sequence[dict[str, Any]], secret: bytes, letter: bytes | None = None,
) -> bytes:  # fmt: skip
    """Frame 'row', ready to be posted.

    Args: instrument: "intake.v1". day: the first of the month, since 1970. thread: 16 random bytes, one a person, the
        same in all her rows. answers: column and code. stewards: {"fp", "xwing_pk"} of each in force. secret: 32 random
        bytes, another for each row; who knows them takes the row back. letter: 16 bytes.
    Raises: ValueError: no such instrument, wave, day, thread or answer; no steward; more than a row holds.
    """
    payload = row_payload(instrument=instrument, wave=wave, day=day, thread=thread, answers=answers)
    return _posted(site, instrument, "row", day, payload, stewards, secret, letter)


def make_comment(
    *, site: bytes, wave: str, day: int, text: str, stewards: Sequence[dict[str, Any]], secret: bytes,
    letter: bytes | None = None,
) -> bytes:  # fmt: skip
    """Frame 'row' around words that may be coded by theme; nothing but the wave ties them to a row.

    Raises: ValueError, as `make_row`.
    """
    payload = comment_payload(wave=wave, day=day, text=text)
    return _posted(site, COMMENT, "comment", day, payload, stewards, secret, letter)


def row_payload(*, instrument: str, wave: str, day: int, thread: bytes, answers: Mapping[str, str]) -> dict[str, Any]:
    """What is sealed of a row: answers in order of their columns, without the empty ones. Raises: ValueError."""
    kept = {column: code for column, code in sorted(answers.items()) if code != ""}
    return _sound({
        "kind": "row", "instrument": instrument, "wave": wave, "month": _month(day),
        "thread": base64.urlsafe_b64encode(thread).decode().rstrip("="), "answers": kept,
    })  # fmt: skip


def comment_payload(*, wave: str, day: int, text: str) -> dict[str, Any]:
    """What is sealed of a comment. Raises: ValueError."""
    return _sound({"kind": "comment", "wave": wave, "month": _month(day), "text": text})


def open_posted(mail: bytes, steward: Identity, *, site: bytes) -> dict[str, Any]:
    """What a row or comment says, as its payload function gave it: `kind`, and the rest by kind.

    Raises: NotAllowed: not sealed to this steward. Malformed: not what a row is; whoever planted it made it so.
        WrongPlace, CannotOpen, BadSignature.
    """
    fields = read_posted(mail, site)
    payload = open_letter(mail, steward, None, site=site, roles=("steward",))
    if payload.get("kind") != fields["kind"] or payload.get("month") != fields["month"]:
        raise Malformed("another kind or month inside than outside")
    return _check(payload)


def _posted(
    site: bytes, instrument: str, kind: str, day: int, payload: dict[str, Any], stewards: Sequence[dict[str, Any]],
    secret: bytes, letter: bytes | None,
) -> bytes:  # fmt: skip
    if len({one["fp"] for one in stewards}) != len(stewards):
        raise ValueError("each steward is named once")
    mail = seal_letter(None, site=site, kind=kind, to=role_address(site, "steward"), about=bytes(16), day=day,
                       payload=payload, recipients=stewards, letter=letter)  # fmt: skip
    return frame("row", {"mail": mail, "instrument": instrument, "withdraw": withdraw_hash(site, secret)})


def _month(day: int) -> str:
    try:
        return month_of(day)
    except Malformed as wrong:
        raise ValueError(str(wrong)) from None


def _sound(payload: dict[str, Any]) -> dict[str, Any]:
    try:
        to_json(_check(payload))
    except Malformed as wrong:
        raise ValueError(str(wrong)) from None
    return payload


def _check(payload: dict[str, Any]) -> dict[str, Any]:
    names = ("kind", "wave", "month") + (("instrument", "thread", "answers") if payload["kind"] == "row" else ("text",))
    if set(payload) != set(names):
        raise Malformed("other names than a row has")
    if not _matches(WAVE, payload["wave"]):
        raise Malformed("no wave is called so")
    if payload["kind"] == "comment":
        if not isinstance(payload["text"], str) or not payload["text"]:
            raise Malformed("a comment without words")
        return payload
    if not _matches(INSTRUMENT, payload["instrument"]) or not _is_thread(payload["thread"]):
        raise Malformed("no such instrument or thread")
    if not isinstance(payload["answers"], dict) or not all(map(_is_answer, payload["answers"].items())):
        raise Malformed("answers are codes by column")
    return payload


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_thread(value: object) -> bool:
    """Sixteen bytes in base64url, in the one way in which they are written."""
    if not isinstance(value, str) or not re.fullmatch("[A-Za-z0-9_-]{22}", value):
        return False
    data = base64.urlsafe_b64decode(value + "==")
    return len(data) == THREAD and base64.urlsafe_b64encode(data).decode().rstrip("=") == value


def _is_answer(pair: tuple[str, object]) -> bool:
    column, code = pair
    return _matches(COLUMN, column) and _matches(CODE, code)
