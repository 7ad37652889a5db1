"""Letters as a server sees them: whose they are for, and sealed bytes (SPEC 8). Vectors: tests/vectors/letter.json."""

from typing import Any

from crypto.errors import Malformed
from crypto.frame import H, frame, unframe
from crypto.outer import check_box
from crypto.people import ROLES
from crypto.signing import ZEROS32

KINDS = frozenset({"card", "profile", "invite", "answer", "statement", "offer", "word", "comment", "row"})
ANONYMOUS = frozenset({"comment", "row"})  # from nobody, about nothing, of one length


def role_address(site: bytes, role: str) -> bytes:
    """The 32 bytes a letter is addressed with when it is for all who hold `role`. The desk is `coordinator`."""
    if role not in ROLES:
        raise ValueError("no such role")
    return H(frame("role", {"site": site, "role": role}))


def read_mail(data: bytes) -> dict[str, Any]:
    """The header's fields, `header` and `body` bytes, `stanzas` {fp: sealed 1168 bytes}, `hash`.

    Raises: Malformed: an unknown kind, no stanza, two for one person, a body that can't be a box.
    """
    parts = unframe("mail", data)
    fields = unframe("letter", parts["header"])
    stanzas = {item[:32]: item[32:] for item in parts["stanzas"]}
    if fields["kind"] not in KINDS or not stanzas or len(stanzas) != len(parts["stanzas"]):
        raise Malformed("no letter of this kind")
    nobody = fields["from"] == ZEROS32
    if (fields["kind"] in ANONYMOUS) != nobody or (nobody and any(fields["about"])):
        raise Malformed("rows and comments come from nobody, about nothing; everything else is from somebody")
    check_box(parts["body"])
    return {**fields, **parts, "stanzas": stanzas, "hash": _hash(parts)}


def letter_hash(mail: bytes) -> bytes:
    """H(header || body): the same letter whoever it is delivered to. Raises: Malformed."""
    return _hash(unframe("mail", mail))


def _hash(parts: dict[str, Any]) -> bytes:
    return H(parts["header"] + parts["body"])
