"""The file of sealed rows that a steward takes home, and what is in it (SPEC 13).

Made in the steward's browser from what the portal hands out; nothing in it is readable without the steward's secret.
"""

import base64
import binascii
import json
from collections import Counter
from typing import Any

from crypto.account import method, open_bundle, unwrap
from crypto.errors import CannotOpen, Malformed, NotAllowed, SealError
from crypto.row import open_posted

FORM = 1
LENGTHS = {"site": 32, "locator": 16, "fp": 32, "wrap": 328, "bundle": 328}
NAMES = {"alongside-rows", "day", "kind", "role", "rows", *LENGTHS}
NOT_FOR_YOU, NO_ROW = "not for you", "no row"


def read_rows_file(data: bytes) -> dict[str, Any]:
    """site, role, kind, locator, fp, wrap, bundle, day, and rows: frames `mail`, each unchecked. Raises: Malformed."""
    try:
        file = json.loads(data)
    except (ValueError, RecursionError):
        raise Malformed("it is not the file that the page for stewards writes") from None
    if not isinstance(file, dict) or set(file) != NAMES or file["alongside-rows"] != FORM:
        raise Malformed("it is not the file that the page for stewards writes")
    texts = (file["kind"], file["role"])
    if not isinstance(file["rows"], list) or type(file["day"]) is not int or not all(isinstance(t, str) for t in texts):
        raise Malformed("it is not the file that the page for stewards writes")
    fields = {name: _bytes(file[name]) for name in LENGTHS}
    if any(len(fields[name]) != length for name, length in LENGTHS.items()):
        raise Malformed("a part of it has another length")
    return {**file, **fields, "rows": [_bytes(row) for row in file["rows"]]}


def open_rows_file(file: dict[str, Any], secret: bytes) -> tuple[list[dict[str, Any]], Counter[str]]:
    """What each row says (`row.open_posted`), and how many say nothing, by reason.

    Args: file: from `read_rows_file`. secret: of the steward's words or sheet, as the file's `kind` says.
    Raises: CannotOpen: another secret; Malformed, WrongPlace.
    """
    m = method(secret, file["site"], file["role"], file["kind"])
    if m.locator != file["locator"]:
        raise CannotOpen("does not open")
    account_key = unwrap(m, file["site"], file["role"], file["fp"], file["wrap"])
    steward = open_bundle(account_key, file["site"], file["role"], file["fp"], file["bundle"])
    opened, refused = [], Counter[str]()
    for mail in file["rows"]:
        try:
            opened.append(open_posted(mail, steward, site=file["site"]))
        except NotAllowed:
            refused[NOT_FOR_YOU] += 1
        except SealError:
            refused[NO_ROW] += 1
    return opened, refused


def _bytes(text: object) -> bytes:
    try:
        if not isinstance(text, str):
            raise ValueError
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise Malformed("a part of it is not base64url") from None
    return data
