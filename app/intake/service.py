"""The first submission: everything of it in one transaction, or nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from app import sealed
from app.accounts import service as accounts
from app.accounts.service import Account
from app.audit import service as audit
from app.audit.events import Lane
from app.audit.models import Event
from app.cases import service as cases
from app.db import Store
from app.errors import Refusal
from app.http import b64
from app.intake import drafts
from app.intake.models import Submission
from app.letters import rules
from app.letters import service as letters
from app.people import service as people
from crypto.entry import ZEROS16
from crypto.frame import unframe
from crypto.submission import read_submission

MOST_FIRST = 2  # the owner, and one first reader if the owner put one in


@dataclass(frozen=True)
class Sent:
    """The answer to a submission. `account` is set when the enrolment was inside and a session may begin."""

    answer: bytes
    account: Account | None


def submit(db: Store, *, site: bytes, who: Account | None, data: bytes, enrol_sig: bytes) -> Sent:
    """Open a case with its account, and hand its card to the desk. The same bytes again: the same answer.

    who: the peer who is signed in, or None. enrol_sig: empty unless the enrolment is inside.
    Raises: Refusal 401 when the enrolment is neither inside nor signed in, 409 `other-submission`, `already-sent`,
        `taken`, `clock`, `recipients`, 403, 415; SealError.
    """
    with sealed.only_sealed():
        enrol: bytes = unframe("submission", data)["enrol"]
        parts = read_submission(data, site, None if enrol else _identity(db, who))
    events = _events(site, parts)
    answer = _answer(events)  # signed before SQLite's one write lock is taken, which the first look below does
    try:
        _check(db, site, parts, None if enrol else who)
    except Refusal:
        # What was taken once is answered for good, whatever has changed since.
        if _answered(db, parts["case"]) is None:
            raise
        return _again(db, site, parts, enrol, enrol_sig)
    if not db.put_new(Submission, {"case_id": parts["case"], "hash": parts["hash"], "answer": answer}):
        # Sent before; or pressed twice, and the other request landed while this one waited for it.
        return _again(db, site, parts, enrol, enrol_sig)
    account = None
    if enrol:
        account = accounts.enrol(db, site=site, enrol=enrol, sig=enrol_sig, submitted=True)
    else:
        accounts.mark_submitted(db, parts["owner"])
        drafts.drop_all(db, parts["owner"])
    cases.begin(db, parts)
    letters.store(db, parts["card"], events["card"])
    audit.keep(db, *events.values())
    return Sent(answer, account)


def _identity(db: Store, who: Account | None) -> bytes:
    if who is None:
        raise Refusal(401, "locked", "Locked, and nothing is lost. Unlock with your words to go on.")
    return accounts.identities(db, [who.fp])[who.fp]


def _answered(db: Store, case: bytes) -> Row[Any] | None:
    query = select(Submission.hash, Submission.answer).where(Submission.case == case)
    return db.execute(query).one_or_none()


def _again(db: Store, site: bytes, parts: dict[str, Any], enrol: bytes, sig: bytes) -> Sent:
    """The answer that these very bytes were given. Raises: Refusal 409 `other-submission`."""
    before = _answered(db, parts["case"])
    if before is None or before.hash != parts["hash"]:
        raise Refusal(409, "other-submission", "This was sent before with other words. What was sent first stands.")
    return Sent(before.answer, _same_account(db, site, enrol, sig))


def _same_account(db: Store, site: bytes, enrol: bytes, sig: bytes) -> Account | None:
    """Whose enrolment is inside, while it is new; later its owner signs in with her words."""
    try:
        return accounts.enrol(db, site=site, enrol=enrol, sig=sig) if enrol else None
    except Refusal:
        return None


def _check(db: Store, site: bytes, parts: dict[str, Any], who: Account | None) -> None:
    """What the server asks beyond what the submission proves of itself."""
    chain, card = parts["chain"], parts["card"]
    if who is not None and who.role != "peer":
        raise Refusal(403, "not-yours", "A case is opened by the person it is about, with an account of her own.")
    if who is not None and who.submitted:
        raise Refusal(409, "already-sent", "You have sent an account already. Write to your case instead.")
    if chain.parent != ZEROS16 or len(chain.members) > MOST_FIRST:
        raise Refusal(403, "not-yours", "A new case has its owner in it, and at most one first reader.")
    for member in chain.members:
        if member["fp"] != chain.owner and "supporter" not in people.roles(db, member["fp"]):
            raise Refusal(403, "not-yours", "A first reader must be a supporter whom the organisation has listed.")
    sealed.check_day(chain.day, card["day"])
    rules.check_stanzas(db, site, card["to"], chain.owner, set(card["stanzas"]))


def _events(site: bytes, parts: dict[str, Any]) -> dict[str, Event]:
    """The first numbers of the new case's lanes: entries 1 and 2, and act 1 for its card."""
    chain, card, key = parts["chain"], parts["card"], parts["rekey"]["lane_key"]

    def lane(name: str, n: int) -> Lane:
        return Lane(name, n=n, key=key, case=chain.case, epoch=1)

    facts = {"site": site, "actor": chain.owner, "subject": chain.case}
    return {
        "roster": audit.prepare("roster", object=parts["record"]["prev"], lane=lane("entry", 1), **facts),
        "record": audit.prepare("record", object=chain.head, lane=lane("entry", 2), **facts),
        "card": audit.prepare(
            "letter", object=card["hash"], lane=lane("act", 1), ends=(card["from"], card["to"]), **facts
        ),
    }


def _answer(events: dict[str, Event]) -> bytes:
    receipts = {name: b64(audit.receipt(event)) for name, event in events.items()}
    return json.dumps({"receipts": receipts}, separators=(",", ":")).encode()


def sweep(db: Store) -> set[bytes]:
    """Erase drafts that were left lying for thirty days before anything was sent; who still has one."""
    drafts.forget_old(db)
    return drafts.writing(db)
