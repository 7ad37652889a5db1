"""The next root and the list of people under it, in one file: JSON of two frames `signed`, in base64url (SPEC 6)."""

import base64
import binascii
import json
from typing import Any

from crypto.errors import Malformed
from crypto.frame import tag_of
from crypto.signing import read_signed

PARTS = ("root", "directory")


def is_pair(data: bytes) -> bool:
    """Whether a file is meant to be one; a frame never begins so."""
    return data[:1] == b"{"


def read_pair(data: bytes) -> dict[str, bytes]:
    """`root` and `directory`, frames `signed` around what they say. Raises: Malformed."""
    try:
        told: dict[str, Any] = json.loads(data)
        found = {name: base64.urlsafe_b64decode(told[name] + "=" * (-len(told[name]) % 4)) for name in PARTS}
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
        raise Malformed("no file of a root and a list of people") from None
    if any(tag_of(read_signed(signed)[0]) != name for name, signed in found.items()):
        raise Malformed("something else stands where root and list should be")
    return found


def write_pair(root: bytes, directory: bytes) -> bytes:
    """Args: frames `signed`."""
    parts = {"root": root, "directory": directory}
    told = {name: base64.urlsafe_b64encode(part).rstrip(b"=").decode() for name, part in parts.items()}
    return (json.dumps(told, indent=1) + "\n").encode()
