"""Letters: sealed to people outside a case, each on their own (SPEC 8).

To a person, or to all who hold a role. Stanzas are delivery only; the header and what is said are signed.
Vectors: tests/vectors/letter.json.
"""

import os
from collections.abc import Collection, Sequence
from typing import Any

from crypto.box import box, unbox
from crypto.errors import BadSignature, NotAllowed, WrongPlace
from crypto.frame import H, frame, unframe
from crypto.identity import Identity
from crypto.mail import ANONYMOUS, KINDS, letter_hash, read_mail, role_address
from crypto.payload import from_json, to_json
from crypto.posted import ROW_LENGTH
from crypto.record import hear, say
from crypto.seal import open_seal, seal
from crypto.signing import ZEROS32

__all__ = ["add_stanza", "letter_hash", "open_letter", "read_mail", "role_address", "seal_letter"]


def seal_letter(
    sender: Identity | None, *, site: bytes, kind: str, to: bytes, about: bytes, day: int, payload: dict[str, Any],
    recipients: Sequence[dict[str, Any]], letter: bytes | None = None,
) -> bytes:  # fmt: skip
    """Frame 'mail'.

    Args: sender: None for `row` and `comment`, which come from nobody. to: a fingerprint or `role_address`, 32 bytes.
        about: a case's 16 bytes, or zeros. recipients: {"fp", "xwing_pk"} of each; the sender may be among them.
    Raises: ValueError: an unknown kind, a sender where there is none, no recipient, a row over 8192 bytes.
    """
    if kind not in KINDS or (kind in ANONYMOUS) != (sender is None) or not recipients:
        raise ValueError("no letter goes out like this")
    text = to_json(payload)
    if kind in ANONYMOUS:
        if len(text) > ROW_LENGTH or any(about):
            raise ValueError("a letter from nobody holds 8192 bytes, and is about no case")
        text = text.ljust(ROW_LENGTH, b" ")  # white space after the object, so that length says nothing
    header = frame("letter", {
        "site": site, "kind": kind, "letter": os.urandom(16) if letter is None else letter, "to": to,
        "from": sender.fp if sender else ZEROS32, "about": about, "day": day,
    })  # fmt: skip
    key = os.urandom(32)
    return frame("mail", {
        "header": header, "body": box(key, header, say(sender, header, text)),
        "stanzas": [_stanza(header, r, key) for r in recipients],
    })  # fmt: skip


def open_letter(
    mail: bytes, identity: Identity, sender_ed_pk: bytes | None, *, site: bytes, roles: Collection[str] = ()
) -> dict[str, Any]:
    """The payload, once it is for this reader and by this sender.

    Args: sender_ed_pk: the sender's key, which the caller found under the header's `from`; None for nobody's letters.
        roles: those that the reader holds in the directory. A sender may open the copy kept for itself.
    Raises: WrongPlace: another site. NotAllowed: not for this reader. BadSignature. CannotOpen, Malformed.
    """
    fields = read_mail(mail)
    if fields["site"] != site:
        raise WrongPlace("a letter of another site")
    if identity.fp != fields["from"] and fields["to"] not in _addresses(identity, site, roles):
        raise NotAllowed("a letter for somebody else")
    key = _open_stanza(fields, identity)
    plaintext = unbox(key, fields["header"], fields["body"])
    if (sender_ed_pk is None) != (fields["from"] == ZEROS32) or (sender_ed_pk is None and any(plaintext[:64])):
        raise BadSignature("a letter from another sender")
    return from_json(hear(sender_ed_pk, fields["header"], plaintext))


def add_stanza(mail: bytes, identity: Identity, recipient: dict[str, Any]) -> bytes:
    """The same letter, delivered to one more: {"fp", "xwing_pk"}. Whoever opens it can do this, for the same role only.

    Raises: as `open_letter`; ValueError: already delivered there.
    """
    fields = read_mail(mail)
    key = _open_stanza(fields, identity)
    unbox(key, fields["header"], fields["body"])
    if recipient["fp"] in fields["stanzas"]:
        raise ValueError("already delivered there")
    items = unframe("mail", mail)["stanzas"]
    stanza = _stanza(fields["header"], recipient, key)
    return frame("mail", {"header": fields["header"], "body": fields["body"], "stanzas": [*items, stanza]})


def _open_stanza(fields: dict[str, Any], identity: Identity) -> bytes:
    if identity.fp not in fields["stanzas"]:
        raise NotAllowed("a letter that was not delivered here")
    return open_seal(identity.xwing_seed, _place(fields["header"], identity.fp), fields["stanzas"][identity.fp])


def _stanza(header: bytes, recipient: dict[str, Any], key: bytes) -> bytes:
    fp: bytes = recipient["fp"]
    return fp + seal(recipient["xwing_pk"], _place(header, fp), key)


def _place(header: bytes, fp: bytes) -> bytes:
    return frame("stanza", {"header": H(header), "fp": fp})


def _addresses(identity: Identity, site: bytes, roles: Collection[str]) -> set[bytes]:
    return {identity.fp, *(role_address(site, role) for role in roles)}
