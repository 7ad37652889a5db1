"""The printed sheets: twenty random bytes with a checksum, in eight groups of five letters (SPEC 12).

Source: RFC 4648 base32. Vectors: tests/vectors/keys.json.
"""

import base64
import os
import re
from collections.abc import Callable

from crypto.errors import Malformed
from crypto.frame import H, frame
from crypto.hkdf import hkdf
from crypto.words import SPACE

CODE, CHECK = 20, 5
_LOOKS_LIKE = str.maketrans("018", "OIB")  # digits that base32 has not, read as what was printed


def new_sheet() -> bytes:
    """A fresh code: 20 random bytes."""
    return os.urandom(CODE)


def sheet_text(code: bytes, site: bytes) -> str:
    """The code as printed on a recovery sheet of this site: 8 groups of 5, one space between."""
    return _text(code, frame("sheet", {"site": site, "code": code}))


def read_sheet(text: str, site: bytes) -> bytes:
    """The 20 bytes of a typed sheet; case, spaces and dashes do not matter.

    Raises: Malformed: mistyped, or of another site.
    """
    return _read(text, lambda code: frame("sheet", {"site": site, "code": code}))


def root_sheet_text(code: bytes) -> str:
    """The code of a root key as printed; it is made before the site has an id."""
    return _text(code, frame("root-sheet", {"code": code}))


def read_root_sheet(text: str) -> bytes:
    """The 20 bytes of a typed root sheet. Raises: Malformed."""
    return _read(text, lambda code: frame("root-sheet", {"code": code}))


def root_seed(code: bytes, index: int) -> bytes:
    """The Ed25519 seed of root key `index` (from 0), 32 bytes."""
    if len(code) != CODE:
        raise ValueError("a code is 20 bytes")
    return hkdf(code, frame("root-key", {"index": index}), 32)


def _text(code: bytes, context: bytes) -> str:
    letters = base64.b32encode(code + H(context)[:CHECK]).decode()
    return " ".join(letters[i : i + 5] for i in range(0, 40, 5))


def _read(text: str, context: Callable[[bytes], bytes]) -> bytes:
    letters = re.sub(f"[{SPACE}-]", "", text).upper().translate(_LOOKS_LIKE)
    if not re.fullmatch("[A-Z2-7]{40}", letters):
        raise Malformed("a sheet has forty letters and digits")
    data = base64.b32decode(letters)
    if H(context(data[:CODE]))[:CHECK] != data[CODE:]:
        raise Malformed("a letter of the sheet is wrong, or it is another site's")
    return data[:CODE]
