"""What may enter a sealed column: a well-formed frame, or a box by its outer shape. Never text."""

from __future__ import annotations

from app.errors import Refusal
from crypto import outer
from crypto.errors import SealError
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
