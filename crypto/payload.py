"""JSON inside ciphertext, with one meaning in every language (SPEC 8).

An object; no name twice; whole numbers that a browser holds exactly; at most eight levels. Source: RFC 8259, RFC 7493.
Vectors: tests/vectors/payload.json.
"""

import json
from typing import Any

from crypto.errors import Malformed
from crypto.frame import MAX_INT

DEPTH = 8  # the outer object is the first level


def to_json(value: dict[str, Any]) -> bytes:
    """`value` as compact UTF-8.

    Raises: ValueError: no object, a fraction, a number beyond 2^53 - 1, a lone surrogate, more than eight levels.
    """
    try:
        _check(value, 1)
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    except (Malformed, UnicodeEncodeError) as wrong:
        raise ValueError(str(wrong)) from None


def from_json(data: bytes) -> dict[str, Any]:
    """The object in `data`. White space around it is allowed, a byte order mark is not. Raises: Malformed."""
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_int=_integer, parse_float=_refuse,
            parse_constant=_refuse,
        )  # fmt: skip
    except (ValueError, RecursionError):
        raise Malformed("not the JSON that belongs here") from None
    _check(value, 1)
    return value  # type: ignore[no-any-return]


def _check(value: Any, level: int) -> None:
    if level == 1 and not isinstance(value, dict):
        raise Malformed("the outermost value is an object")
    if isinstance(value, dict | list):
        if level > DEPTH:
            raise Malformed("more than eight levels")
        for part in [*value, *value.values()] if isinstance(value, dict) else value:
            _check(part, level + 1)
        if isinstance(value, dict) and any(not isinstance(name, str) for name in value):
            raise Malformed("a name that is not text")
    elif isinstance(value, str):
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise Malformed("a lone surrogate")
    elif value is not None and not (type(value) is bool or (type(value) is int and abs(value) <= MAX_INT)):
        raise Malformed("only whole numbers up to 2^53 - 1")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name twice")
    return dict(pairs)


def _integer(digits: str) -> int:
    if digits == "-0" or len(digits) > 17:
        raise ValueError("a number out of range")
    return int(digits)


def _refuse(text: str) -> Any:
    raise ValueError(f"no number is written {text}")
