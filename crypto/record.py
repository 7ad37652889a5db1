"""What is said in a case: sealed for its members, signed by its author, bound to its place (SPEC 7).

Vectors: tests/vectors/record.json.
"""

import os
import re
from typing import Any

from crypto.box import box, unbox
from crypto.entry import read_entry
from crypto.errors import CannotOpen, Malformed
from crypto.frame import H, frame, unframe
from crypto.identity import Identity, sign
from crypto.payload import from_json, to_json
from crypto.signing import verify

# Who may write a kind: the owner; only its subject; the author of what it names, or the owner; any member.
KINDS: dict[str, str] = {
    **dict.fromkeys(("account", "consent", "card", "outtake", "followup", "exclude", "accept"), "owner"),
    **dict.fromkeys(("leave", "read"), "self"),
    "erase": "self or owner",
    **dict.fromkeys(("message", "statement", "plan", "step", "meeting", "navigator", "note", "file"), "member"),
}
NOTHING_SEEN = {"size": 0, "root": "A" * 43}  # no log followed yet: 32 zero bytes in base64url


def author_allowed(kind: str, is_owner: bool, is_about_self: bool) -> bool:
    """Whether a record of this kind counts. Unknown kinds do not; they are shown as such.

    Args: is_about_self: its author is the one it speaks of (`leave`, `read`), or wrote what it names (`erase`).
    """
    rule = KINDS.get(kind, "nobody")
    return rule == "member" or (is_owner and "owner" in rule) or (is_about_self and "self" in rule)


def seal_record(
    identity: Identity, *, site: bytes, case: bytes, seq: int, prev: bytes, e: int, roster: bytes, author: int,
    day: int, epoch_key: bytes, payload: dict[str, Any], record: bytes | None = None,
) -> bytes:  # fmt: skip
    """One record as frame 'entry'.

    Args: roster: hash of the roster in force (32 bytes). author: the writer's place among its members, from 0.
        payload: {"kind": ..., "seen": {"size", "root"}, ...}; without `seen`, no log was followed. record: its 16 bytes
        of name, the same again when it is resealed after others came first.
    Raises: ValueError: a payload without kind, or not JSON of ours.
    """
    payload = {"seen": NOTHING_SEEN, **payload}
    try:
        _check(payload)
    except Malformed as wrong:
        raise ValueError(str(wrong)) from None
    header = frame("record", {
        "site": site, "case": case, "record": os.urandom(16) if record is None else record, "seq": seq, "prev": prev,
        "e": e, "roster": roster, "author": author, "day": day,
    })  # fmt: skip
    return frame("entry", {"header": header, "body": box(epoch_key, header, say(identity, header, to_json(payload)))})


def open_record(entry: bytes, epoch_key: bytes, author_ed_pk: bytes) -> dict[str, Any]:
    """The payload, once it opens in its place and its author's signature is on it. The chain is the caller's to check.

    Args: entry: frame 'entry'. epoch_key: of the epoch it names. author_ed_pk: 32 bytes, of the member it names.
    Raises: Malformed, CannotOpen, BadSignature.
    """
    fields = read_entry(entry)
    if fields["kind"] != "record":
        raise Malformed("a roster is not sealed")
    payload = from_json(hear(author_ed_pk, fields["header"], unbox(epoch_key, fields["header"], fields["body"])))
    _check(payload)
    return payload


def say(identity: Identity | None, header: bytes, payload: bytes) -> bytes:
    """Signature and payload, as they go into the box of a record or letter; zeros for a letter from nobody."""
    return (sign(identity.ed_seed, _said(header, payload)) if identity else bytes(64)) + payload


def hear(ed_pk: bytes | None, header: bytes, plaintext: bytes) -> bytes:
    """The payload out of what `say` made. Raises: CannotOpen: too short; BadSignature."""
    if len(plaintext) < 64:
        raise CannotOpen("does not open")
    if ed_pk is not None:
        verify(ed_pk, _said(header, plaintext[64:]), plaintext[:64])
    return plaintext[64:]


def make_submission(*, rekey: bytes, record: bytes, card: bytes, enrol: bytes = b"") -> bytes:
    """Frame 'submission'. Args: enrol: empty when the enrolment stands already; else its signature goes beside."""
    for tag, data in (("rekey", rekey), ("entry", record), ("mail", card), *((("enrol", enrol),) if enrol else ())):
        unframe(tag, data)
    return frame("submission", {"enrol": enrol, "rekey": rekey, "record": record, "card": card})


def _said(header: bytes, payload: bytes) -> bytes:
    return frame("said", {"header": H(header), "payload": H(payload)})


def _check(payload: dict[str, Any]) -> None:
    seen = payload.get("seen")
    if not isinstance(payload.get("kind"), str) or not isinstance(seen, dict) or set(seen) != {"size", "root"}:
        raise Malformed("a payload says its kind and what its author has seen of the log")
    size, root = seen["size"], seen["root"]
    if type(size) is not int or size < 0 or not isinstance(root, str) or not re.fullmatch("[A-Za-z0-9_-]{43}", root):
        raise Malformed("a payload says its kind and what its author has seen of the log")
