"""What a coordinator sees of the queue, and does with it: fetch a card, claim it, say how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, delete, func, literal, select, tuple_, update
from sqlalchemy.orm import aliased

from app import clock
from app.accounts import service as accounts
from app.audit.models import Event
from app.cases import reading
from app.cases.models import Case, Member
from app.db import Store
from app.desk.models import CaseState, Claim
from app.errors import NotAMember, Refusal
from app.letters.models import Letter, Stanza
from app.letters.service import Delivered
from app.people import service as people
from crypto.mail import role_address

PAGE = 100
BY_HAND = ("new", "looking", "waiting", "refused", "closed")  # what was signed makes others
COUNTED = ("invite", "answer", "statement", "offer", "word")
BY_DESK = ("invite", "offer", "word")
FINAL = ("refused", "closed")


@dataclass(frozen=True)
class Sent:
    """How many letters of a kind a coordinator wrote to one or several people on one day."""

    kind: str
    by: bytes
    day: int
    count: int


@dataclass(frozen=True)
class Card:
    """One line of the queue.

    heard: how many letters came to the desk about it, from whoever is no coordinator. over: refused or closed, and
    nothing came since. mine: the card is sealed to the asker too.
    """

    case: bytes
    day: int
    state: str
    claimed_by: bytes | None
    sent: dict[str, int]
    heard: int
    over: bool
    mine: bool


def queue(db: Store, *, site: bytes, fp: bytes, after: bytes | None, over: bool = False) -> tuple[list[Card], bool]:
    """One page of cards, longest waiting first, and whether there are more.

    after: the last case of the page before. over: the finished ones, and not those that wait.
    """
    heard = _heard(db, site)
    finished = _finished(heard)
    query = _listed(heard, fp).where(finished if over else ~finished)
    if after is not None:
        place = select(Letter.day).where(Letter.about == after, Letter.kind == "card").scalar_subquery()
        query = query.where(tuple_(Letter.day, Letter.about) > tuple_(place, literal(after)))
    rows = db.execute(query.order_by(Letter.day, Letter.about).limit(PAGE + 1)).all()
    return _cards(db, rows[:PAGE]), len(rows) > PAGE


def _listed(heard: ScalarSelect[int], fp: bytes) -> Select[Any]:
    here = (Member.case == Case.id, Member.epoch == Case.epoch, ~Member.has_left)
    members = select(func.count()).select_from(Member).where(*here).scalar_subquery()
    return (
        select(
            Letter.about, Letter.day, members.label("members"), CaseState.state, CaseState.offers, Claim.fp,
            heard.label("heard"), _finished(heard).label("over"), Stanza.hash,
        )
        .join(Case, Case.id == Letter.about)
        .outerjoin(CaseState, CaseState.case == Letter.about)
        .outerjoin(Claim, Claim.case == Letter.about)
        .outerjoin(Stanza, (Stanza.hash == Letter.hash) & (Stanza.fp == fp))
        .where(Letter.kind == "card")
    )  # fmt: skip


def _heard(db: Store, site: bytes) -> ScalarSelect[int]:
    """How many letters about this card's case came to the desk, but for those from coordinators to each other."""
    one = aliased(Letter)
    to_desk = (one.kind == "word", one.recipient == role_address(site, "coordinator"))
    others = one.sender.not_in(people.holders(db, "coordinator"))
    return select(func.count()).where(one.about == Letter.about, *to_desk, others).scalar_subquery()


def _finished(heard: ScalarSelect[int]) -> ColumnElement[bool]:
    """Refused or closed by the desk's last word, and no letter to the desk since."""
    said = func.coalesce(CaseState.state, "new").in_(FINAL)
    return said & (heard <= CaseState.heard)


def _cards(db: Store, rows: Sequence[Any]) -> list[Card]:
    sent = _sent(db, [row.about for row in rows])
    return [
        Card(
            row.about, row.day, _state(row.members, row.state, row.offers, sent[row.about]), row.fp,
            sent[row.about], row.heard, bool(row.over), row.hash is not None,
        )
        for row in rows
    ]  # fmt: skip


def standing(db: Store, *, site: bytes, fp: bytes, case: bytes) -> Card:
    """One line of the queue, finished or not. Raises: NotAMember when there is no such card."""
    row = db.execute(_listed(_heard(db, site), fp).where(Letter.about == case)).one_or_none()
    if row is None:
        raise NotAMember
    return _cards(db, [row])[0]


def sent_by_others(db: Store, *, site: bytes, fp: bytes, case: bytes) -> list[Sent]:
    """What coordinators sent about a case that is not sealed to this one. Letters to the desk are, and don't count."""
    place = (Letter.kind, Letter.sender, Letter.day)
    query = (
        select(*place, func.count())
        .outerjoin(Stanza, (Stanza.hash == Letter.hash) & (Stanza.fp == fp))
        .where(Letter.about == case, Letter.kind.in_(BY_DESK), Stanza.hash.is_(None))
        .where(Letter.recipient != role_address(site, "coordinator"))
    )
    return [Sent(*row) for row in db.execute(query.group_by(*place).order_by(Letter.day, Letter.kind, Letter.sender))]


def who_wrote(db: Store, *, case: bytes) -> list[bytes]:
    """Whose letters lie with the owner of the case: only they are known to the owner by name, and can be approved."""
    query = select(Letter.sender).where(Letter.about == case, Letter.kind == "statement")
    return sorted(set(db.scalars(query)))


def loads(db: Store) -> dict[bytes, int]:
    """How many invitations each supporter has had, whoever wrote them."""
    query = select(Letter.recipient, func.count()).where(Letter.kind == "invite").group_by(Letter.recipient)
    return {row[0]: row[1] for row in db.execute(query)}


def _sent(db: Store, listed: list[bytes]) -> dict[bytes, dict[str, int]]:
    """How many letters of each kind there are about each case."""
    sent = {case: dict.fromkeys(COUNTED, 0) for case in listed}
    query = select(Letter.about, Letter.kind, func.count()).where(Letter.about.in_(listed), Letter.kind.in_(COUNTED))
    for case, kind, count in db.execute(query.group_by(Letter.about, Letter.kind)):
        sent[case][kind] = count
    return sent


def _state(members: int, said: str | None, offers_then: int | None, sent: dict[str, int]) -> str:
    """Refused and closed stand as said; else a team that is there now, an offer newer than the desk's word, that word,
    an invitation.
    """
    if said in FINAL:
        return str(said)
    if members > 1:
        return "together"
    if sent["offer"] > (offers_then or 0):
        return "offered"
    return said or ("looking" if sent["invite"] else "new")


def fetch_card(db: Store, *, site: bytes, fp: bytes, case: bytes) -> tuple[Delivered, bytes]:
    """A card that is sealed to this coordinator too, and its owner's identity frame. The day's first is logged.

    Raises: NotAMember when there is no such card, or none for this person.
    """
    query = (
        select(Letter.header, Letter.body, Stanza.sealed, Letter.hash, Event, Letter.sender)
        .join(Stanza, (Stanza.hash == Letter.hash) & (Stanza.fp == fp))
        .join(Event, Event.leaf == Letter.leaf)
        .where(Letter.about == case, Letter.kind == "card")
    )
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotAMember
    reading.note_visit(db, site=site, case=case, fp=fp, what="card", seen=row.hash)
    return Delivered(*row), accounts.identities(db, [row.sender])[row.sender]


def _demand(db: Store, case: bytes) -> None:
    if db.scalar(select(Case.id).where(Case.id == case)) is None:
        raise NotAMember


def claim(db: Store, *, fp: bytes, case: bytes) -> None:
    """Look after this card; also after one whose claimer is a coordinator no more.

    Raises: NotAMember; Refusal 409 `claimed` when another coordinator does.
    """
    _demand(db, case)
    if db.put_new(Claim, {"case_id": case, "fp": fp}) or _claimer(db, case) == fp:
        return
    left = update(Claim).where(Claim.case == case, Claim.fp.not_in(people.holders(db, "coordinator")))
    if db.change(left.values(fp=fp)) != 1:
        raise Refusal(409, "claimed", "Another coordinator looks after this card. Ask them, or take the next one.")


def release(db: Store, *, fp: bytes, case: bytes) -> None:
    """Let go of a card, so that another coordinator can claim it."""
    db.change(delete(Claim).where(Claim.case == case, Claim.fp == fp))


def _claimer(db: Store, case: bytes) -> bytes | None:
    return db.scalar(select(Claim.fp).where(Claim.case == case))


def set_state(db: Store, *, site: bytes, fp: bytes, case: bytes, state: str) -> None:
    """Say how far a card has come, by whoever claimed it. Raises: Refusal 400, 403."""
    if state not in BY_HAND:
        raise Refusal(400, "no-such-state", "A card is new, looking, waiting, refused or closed. Choose one.")
    if _claimer(db, case) != fp:
        raise Refusal(403, "not-yours", "Claim this card first, then say how far it has come.")
    offers = db.scalar(select(func.count()).where(Letter.about == case, Letter.kind == "offer")) or 0
    heard = db.scalar(select(_heard(db, site)).where(Letter.about == case, Letter.kind == "card")) or 0
    said: dict[str, Any] = {"case_id": case, "state": state, "day": clock.today(), "offers": offers, "heard": heard}
    db.change(delete(CaseState).where(CaseState.case == case))
    db.put(CaseState, said)
