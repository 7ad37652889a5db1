"""The parts of a case's chain that can be read one by one: entries, members, case ids, re-keyings (SPEC 7)."""

from collections.abc import Sequence
from typing import Any

from crypto.errors import Malformed, NotAllowed
from crypto.frame import H, frame, tag_of, unframe
from crypto.outer import check_box

ZEROS16 = bytes(16)
OWNER, LEAD = 1, 2
MOST_MEMBERS = 20


def case_id(site: bytes, owner: bytes, parent: bytes, nonce: bytes) -> bytes:
    """The 16 bytes that name a case: its owner's fingerprint is in them, so nobody can take it over."""
    return H(frame("case", {"site": site, "owner": owner, "parent": parent, "nonce": nonce}))[:16]


def read_members(items: Sequence[bytes]) -> list[dict[str, Any]]:
    """[{fp 32 bytes, owner bool, lead bool}] in the roster's order. Args: items: 33 bytes each, fp and flags.

    Raises: NotAllowed: nobody or more than twenty, somebody twice, a flag other than 0, 1, 2, not exactly one owner.
    """
    flags = [item[32] for item in items]
    if not 1 <= len(items) <= MOST_MEMBERS or len({item[:32] for item in items}) != len(items):
        raise NotAllowed("a roster names each person once, and twenty at most")
    if not {0, OWNER, LEAD}.issuperset(flags) or flags.count(OWNER) != 1:
        raise NotAllowed("a roster has exactly one owner")
    return [
        {"fp": i[:32], "owner": f == OWNER, "lead": f == LEAD} for i, f in zip(items, flags, strict=True)
    ]  # fmt: skip


def read_entry(data: bytes) -> dict[str, Any]:
    """The header's fields, `kind` ('roster' or 'record'), `header` and `body` bytes, `hash` = H(entry).

    The body is checked for its shape: 64 bytes of signature, or a box. Raises: Malformed.
    """
    parts = unframe("entry", data)
    header = read_header(parts["header"])
    if header["kind"] == "roster":
        if len(parts["body"]) != 64:
            raise Malformed("a roster's body is its signature")
    else:
        check_box(parts["body"])
    return {**header, **parts, "hash": H(data)}


def read_header(header: bytes) -> dict[str, Any]:
    """The fields of frame 'roster' or 'record', with `kind`; a roster's with `people`.

    Raises: Malformed, NotAllowed.
    """
    kind = tag_of(header)
    if kind not in ("roster", "record"):
        raise Malformed("no entry has such a header")
    fields = {"kind": kind, **unframe(kind, header)}
    if kind == "roster":
        fields["people"] = read_members(fields["members"])
        if fields["link"]:
            check_box(fields["link"], 32)
    return fields


def read_rekey(data: bytes) -> dict[str, Any]:
    """`entry` bytes, `grants` {fp: sealed 1168 bytes}, `lane_key` 32 bytes. Raises: Malformed."""
    fields = unframe("rekey", data)
    grants = {item[:32]: item[32:] for item in fields["grants"]}
    if len(grants) != len(fields["grants"]):
        raise Malformed("two grants for one person")
    return {**fields, "grants": grants}


def check_grants(rekey: dict[str, Any], members: Sequence[dict[str, Any]]) -> None:
    """Nothing, if there is exactly one grant a member. Args: rekey: from `read_rekey`. Raises: NotAllowed."""
    if set(rekey["grants"]) != {member["fp"] for member in members}:
        raise NotAllowed("one grant for each member, and for nobody else")
