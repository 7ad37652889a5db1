"""The first submission, and an enrolment, as a server checks them (SPEC 7). Vectors: tests/vectors/submission.json."""

from typing import Any

from crypto.chain import Chain
from crypto.entry import check_grants, read_entry, read_rekey
from crypto.errors import Malformed, WrongPlace
from crypto.frame import H, unframe
from crypto.mail import read_mail, role_address
from crypto.outer import check_box
from crypto.people import identity_of, read_identity
from crypto.signing import verify

ACCOUNT_ROLES = ("peer", "staff")
METHOD_KINDS = ("words", "sheet", "passkey")


def read_enrol(enrol: bytes, site: bytes) -> dict[str, Any]:
    """The fields of frame 'enrol', with `identity` (frame) and `fp`; nothing is signed yet.

    Raises: Malformed, WrongPlace.
    """
    fields = unframe("enrol", enrol)
    if fields["site"] != site:
        raise WrongPlace("an enrolment at another site")
    if fields["role"] not in ACCOUNT_ROLES or fields["kind"] not in METHOD_KINDS:
        raise Malformed("no such account or method")
    check_box(fields["wrap"], 32)
    check_box(fields["bundle"], 64)
    check_box(fields["notebook"])
    identity = identity_of(fields)
    return {**fields, "identity": identity, "fp": H(identity)}


def check_enrol(enrol: bytes, sig: bytes, site: bytes) -> dict[str, Any]:
    """`read_enrol`, once the new identity has signed it: `sig` is its Ed25519 over the frame, 64 bytes.

    Raises: Malformed, WrongPlace, BadSignature.
    """
    fields = read_enrol(enrol, site)
    verify(fields["ed_pk"], enrol, sig)
    return fields


def read_submission(data: bytes, site: bytes, identity: bytes | None = None) -> dict[str, Any]:
    """The parts of a first submission, proven to belong together.

    Args: identity: the owner's identity frame when the enrolment stands already; else the enrolment is inside.
    Returns: enrol (fields or None; its signature comes beside the submission, for `check_enrol`), rekey (from
        `read_rekey`), record (from `read_entry`), card (from `read_mail`), case 16, owner 32, hash 32 bytes, and
        chain, which stands after the record.
    Raises: Malformed, WrongPlace, NotAllowed, BadSignature; ValueError: an identity both inside and given, or neither.
    """
    parts = unframe("submission", data)
    enrol = read_enrol(parts["enrol"], site) if parts["enrol"] else None
    if (enrol is None) == (identity is None):
        raise ValueError("the owner is enrolled here or already, one of the two")
    owner = read_identity(enrol["identity"] if enrol else identity or b"")
    rekey = read_rekey(parts["rekey"])
    first = read_entry(rekey["entry"])
    chain = Chain(site, first["case"])
    chain.accept(rekey["entry"], {owner["fp"]: enrol["identity"] if enrol else identity or b""})
    check_grants(rekey, chain.members)
    record = read_entry(parts["record"])
    chain.accept(parts["record"], {})
    card = read_mail(parts["card"])
    if record["kind"] != "record" or chain.owner != owner["fp"] or chain.members[record["author"]]["fp"] != owner["fp"]:
        raise WrongPlace("an account that is not the owner's")
    if (card["site"], card["from"], card["about"]) != (site, owner["fp"], first["case"]) or card["kind"] != "card":
        raise WrongPlace("a card of another case")
    if card["to"] != role_address(site, "coordinator"):
        raise WrongPlace("a card that is not for the desk")
    return {
        "enrol": enrol, "rekey": rekey, "record": record, "card": card, "case": first["case"],
        "owner": owner["fp"], "hash": H(data), "chain": chain,
    }  # fmt: skip
