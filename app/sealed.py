"""What may enter a sealed column: a well-formed frame, or a box by its outer shape. Never text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app import clock
from app.errors import Refusal
from crypto import outer
from crypto.errors import Malformed, SealError
from crypto.frame import unframe

NOT_SEALED = "Only sealed data is taken here. Nothing was stored."


def sealed_box(data: bytes, *, most: int, plain_length: int | None = None) -> bytes:
    """`data`, if it is shaped like a box. Raises: Refusal 415."""
    try:
        outer.check_box(data, plain_length)
    except SealError:
        raise Refusal(415, "not-sealed", NOT_SEALED) from None
    if len(data) > most:
        raise Refusal(413, "too-large", "This is too large to send. Nothing was stored.")
    return data


def sealed_frame(tag: str, data: bytes) -> dict[str, object]:
    """The fields of `data`, if it is a well-formed frame of that tag. Raises: Refusal 415."""
    try:
        return unframe(tag, data)
    except SealError:
        raise Refusal(415, "not-sealed", NOT_SEALED) from None


@contextmanager
def only_sealed() -> Iterator[None]:
    """What is read inside is sealed data, or it is refused like text. Raises: Refusal 415 for Malformed."""
    try:
        yield
    except Malformed:
        raise Refusal(415, "not-sealed", NOT_SEALED) from None


def check_day(*days: int) -> None:
    """Each day is the server's own, give or take one. Raises: Refusal 409."""
    if any(abs(day - clock.today()) > 1 for day in days):
        raise Refusal(
            409, "clock", "The date on your device is off by more than a day. Set it, then try again. Nothing is lost."
        )
