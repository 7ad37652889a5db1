"""One injective encoding for everything that is signed, sealed or hashed (SPEC 2).

`frame(tag, fields) = "AL1" || u8 len(tag) || tag || u8 n || n * (u32be length || bytes)`; the table is frames.json.
Source: our own; vectors: tests/vectors/frame.json.
"""

import hashlib
import json
import struct
import unicodedata
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from crypto.errors import Malformed

MAGIC = b"AL1"
MAX_INT = 2**53 - 1  # the largest integer that a browser's number holds exactly

FRAMES: dict[str, tuple[tuple[str, str], ...]] = {
    tag: tuple((name, kind) for name, kind in fields)
    for tag, fields in json.loads(Path(__file__).with_name("frames.json").read_text("utf-8")).items()
}


def H(data: bytes) -> bytes:  # noqa: N802 (the protocol's own name)
    """SHA-256 of `data`: 32 bytes (FIPS 180-4)."""
    return hashlib.sha256(data).digest()


def frame(tag: str, fields: Mapping[str, Any]) -> bytes:
    """The one encoding of `fields` under `tag`.

    Args: fields: exactly the table's names; u int, bN and vN bytes, tN str, lN a list of N-byte items in any order,
        oN a list of N-byte items in their own order.
    Raises: ValueError: an unknown tag, a missing or extra field, a value that its type can't hold.
    """
    spec = _spec(tag)
    if set(fields) != {name for name, _ in spec}:
        raise ValueError(f"frame {tag} takes other fields")
    out = [_head(tag, len(spec))]
    for name, kind in spec:
        data = _encode(tag, name, kind, fields[name])
        out += [struct.pack(">I", len(data)), data]
    return b"".join(out)


def unframe(tag: str, data: bytes) -> dict[str, Any]:
    """The fields of one whole frame of this tag; lists come back as lists of bytes.

    Raises: Malformed: another tag, count or length, a trailing byte, text or list against the rules.
        ValueError: a tag that is not in the table, or `data` that is not bytes.
    """
    spec = _spec(tag)
    if not isinstance(data, bytes):
        raise ValueError("a frame is bytes")
    head = _head(tag, len(spec))
    if data[: len(head)] != head:
        raise Malformed("another kind of frame")
    at, out = len(head), {}
    for name, kind in spec:
        if at + 4 > len(data):
            raise Malformed("a frame cut short")
        end = at + 4 + struct.unpack_from(">I", data, at)[0]
        if end > len(data):
            raise Malformed("a frame cut short")
        out[name] = _decode(kind, data[at + 4 : end])
        at = end
    if at != len(data):
        raise Malformed("bytes after the end of a frame")
    return out


def tag_of(data: bytes) -> str:
    """The tag that these bytes claim; nothing else of them is checked. Raises: Malformed: no tag of the table."""
    length = data[3] if data[:3] == MAGIC and len(data) > 3 else 0
    tag = data[4 : 4 + length].decode("ascii", "replace")
    if tag not in FRAMES:
        raise Malformed("no frame of this version")
    return tag


def _spec(tag: str) -> tuple[tuple[str, str], ...]:
    try:
        return FRAMES[tag]
    except KeyError:
        raise ValueError(f"no frame is called {tag}") from None


def _head(tag: str, count: int) -> bytes:
    return MAGIC + bytes([len(tag)]) + tag.encode("ascii") + bytes([count])


def _encode(tag: str, name: str, kind: str, value: Any) -> bytes:
    """A field's bytes, refused unless reading them back would be allowed."""
    try:
        data = _raw(kind, value)
        _decode(kind, data)
    except (Malformed, UnicodeEncodeError, TypeError) as wrong:
        raise ValueError(f"frame {tag}, field {name}: {wrong}") from None
    return data


def _raw(kind: str, value: Any) -> bytes:
    if kind == "u":
        if type(value) is not int or not 0 <= value <= MAX_INT:
            raise TypeError("wants a whole number from 0 to 2^53 - 1")
        return struct.pack(">Q", value)
    if kind[0] == "t":
        if not isinstance(value, str):
            raise TypeError("wants text")
        return value.encode("utf-8")  # a lone surrogate raises
    if kind[0] in "lo":
        items = list(value)
        size = int(kind[1:])
        if isinstance(value, bytes | str) or any(not isinstance(i, bytes) or len(i) != size for i in items):
            raise TypeError(f"wants a list of {size}-byte items")
        return b"".join(sorted(items) if kind[0] == "l" else items)
    if not isinstance(value, bytes):
        raise TypeError("wants bytes")
    return value


def _decode(kind: str, data: bytes) -> Any:
    if kind == "u":
        if len(data) != 8 or int.from_bytes(data, "big") > MAX_INT:
            raise Malformed("a number out of range")
        return int.from_bytes(data, "big")
    size = int(kind[1:])
    if kind[0] == "b":
        if len(data) != size:
            raise Malformed("another length")
        return data
    if kind[0] in "lo":
        if len(data) % size:
            raise Malformed("a list cut short")
        items = [data[i : i + size] for i in range(0, len(data), size)]
        if kind[0] == "l" and any(a >= b for a, b in pairwise(items)):
            raise Malformed("a list out of order, or with an item twice")
        return items
    if len(data) > size:
        raise Malformed("too long")
    return _text(data) if kind[0] == "t" else data


def _text(data: bytes) -> str:
    """Text has one encoding: strict UTF-8, composed (NFC), no byte order mark in front."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    if text.startswith("\ufeff") or unicodedata.normalize("NFC", text) != text:
        raise Malformed("text that is not composed, or has a byte order mark")
    return text
