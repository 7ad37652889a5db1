"""The directory that would come next and lacks a coordinator's signature. It counts for nothing until published."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.db import Store
from app.errors import Refusal
from app.people import service
from app.people.models import Proposal
from crypto.frame import H
from crypto.signing import read_signed, verify_signed


def propose(db: Store, signed: bytes, fp: bytes, *, drops: bool = False) -> None:
    """Keep the next directory for another coordinator to sign, in place of the one proposed before.

    drops: whoever proposes this means to leave out somebody whom the one before lists.
    Raises: Refusal 409 `newer`, `drops`, 403 when `fp` has not signed it; Malformed, BadSignature.
    """
    fields = service.read_directory(signed)
    state = service.known(db).state
    if (fields["version"], fields["prev"], fields["site"]) != (state.version + 1, state.hash, state.site):
        raise service.newer()
    if not verify_signed(signed, {fp: service.known(db).people["coordinator"][fp]["ed_pk"]}):
        raise Refusal(403, "too-few-signed", "Sign the list yourself first. Nothing was changed.")
    if not drops and _waits_in_proposal(db) - set(fields["bindings"]):
        words = "Somebody has signed for more people than this. Load the page again. Nothing was changed."
        raise Refusal(409, "drops", words)
    db.change(delete(Proposal))
    db.put(Proposal, {"version": fields["version"], "signed": signed})


def _waits_in_proposal(db: Store) -> set[bytes]:
    """Whom the present proposal would let in, of those who still wait, while it can be published at all."""
    present = proposed(db)
    if present is None:
        return set()
    fields = service.read_directory(present)
    still = {H(read_signed(one)[0]) for one in service.waiting(db)}
    return still & set(fields["bindings"]) if service.in_time(fields["issued"]) else set()


def proposed(db: Store) -> bytes | None:
    """The half-signed directory that would come next, if there is one."""
    return db.scalar(select(Proposal.signed).where(Proposal.version == service.known(db).state.version + 1))
