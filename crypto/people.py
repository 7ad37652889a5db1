"""Who somebody is: fingerprints, names, bindings, the words two people read to each other (SPEC 5).

Vectors: tests/vectors/people.json.
"""

import struct
import unicodedata
from pathlib import Path
from typing import Any

from crypto.errors import BadSignature, Malformed
from crypto.frame import H, frame, tag_of, unframe
from crypto.signing import ZEROS32, read_signed, verify_signed

WORDS: tuple[str, ...] = tuple(Path(__file__).with_name("words.txt").read_text("ascii").split("\n")[:-1])
ROLES = frozenset({"auditor", "coordinator", "researcher", "steward", "supporter"})
ROOT_ROLES = frozenset({"coordinator", "steward"})  # only roots add or replace these


def fingerprint(identity_frame: bytes) -> bytes:
    """The 32 bytes that name an identity everywhere: H(frame 'identity'). Raises: Malformed."""
    unframe("identity", identity_frame)
    return H(identity_frame)


def read_identity(identity_frame: bytes) -> dict[str, bytes]:
    """`ed_pk` (32 bytes), `xwing_pk` (1216 bytes) and `fp` (32 bytes). Raises: Malformed."""
    return {**unframe("identity", identity_frame), "fp": H(identity_frame)}


def identity_of(binding: dict[str, Any]) -> bytes:
    """The identity frame of the person that a binding (or an enrolment) names."""
    return frame("identity", {"ed_pk": binding["ed_pk"], "xwing_pk": binding["xwing_pk"]})


def safety_words(fp: bytes) -> list[str]:
    """The six words of one person. Each of two people reads what their screen shows for the *other*.

    Of one key, not of the pair: words over both would fall to a birthday search after 2^39 tries.
    """
    digest = H(frame("safety", {"fp": fp}))
    return [WORDS[struct.unpack_from(">I", digest, 4 * i)[0] % len(WORDS)] for i in range(6)]


def check_name(name: str) -> str:
    """`name`, if it can be a person's: letters, marks, digits, space, `. ' -`, with a letter; at most 120 bytes.

    Raises: Malformed.
    """
    kinds = [unicodedata.category(c) for c in name]
    allowed = all(c in " .'-" or k[0] in "LM" or k == "Nd" for c, k in zip(name, kinds, strict=True))
    tidy = name == name.strip(" ") and "  " not in name and unicodedata.normalize("NFC", name) == name
    if not allowed or not tidy or not any(k[0] == "L" for k in kinds) or len(name.encode()) > 120:
        raise Malformed("a name holds letters, digits, spaces and . ' -")
    return name


def read_binding(signed_or_frame: bytes) -> dict[str, Any]:
    """The fields of frame 'binding', with `roles` as a sorted list, `fp`, and `hash` = H(binding frame).

    Given frame 'signed', its own key must have signed it: that proves possession. It gives no authority; that is
    the directory's.
    Raises: Malformed, BadSignature.
    """
    signed = tag_of(signed_or_frame) == "signed"
    thing = read_signed(signed_or_frame)[0] if signed else signed_or_frame
    fields = unframe("binding", thing)
    fp = H(identity_of(fields))
    if signed and verify_signed(signed_or_frame, {fp: fields["ed_pk"]}) != [fp]:
        raise BadSignature("a binding that its own key has not signed")
    roles = fields["roles"].split(",")
    if not ROLES.issuperset(roles) or roles != sorted(set(roles)):
        raise Malformed("roles that are unknown or out of order")
    if fields["seq"] < 1 or (fields["seq"] == 1) != (fields["prev"] == ZEROS32):
        raise Malformed("a binding's number and its predecessor disagree")
    check_name(fields["name"])
    return {**fields, "roles": roles, "fp": fp, "hash": H(thing)}
