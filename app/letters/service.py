"""Take letters in, hand them to those they are for, and let a holder share a role's letter with the role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, literal, or_, select, tuple_

from app import sealed
from app.audit import lanes
from app.audit import service as audit
from app.audit.models import Event
from app.db import Store
from app.errors import Refusal
from app.letters import rules
from app.letters.models import Letter, Stanza
from app.people import service as people
from crypto.errors import WrongPlace
from crypto.mail import read_mail, role_address

PAGE = 50
MOST_BODY = 65536
ROLES = ("coordinator", "steward")


@dataclass(frozen=True)
class Delivered:
    """A letter as one of its holders gets it."""

    header: bytes
    body: bytes
    stanza: bytes
    hash: bytes
    event: Event
    sender: bytes


def send(db: Store, *, site: bytes, fp: bytes, mail: bytes, joining: bool = False) -> tuple[bytes, Event]:
    """Keep one letter of this person's and log it; its hash and event. The same letter again: the same answer.

    Raises: Refusal; NotAMember when it is about a case that this person has no part in.
    """
    with sealed.only_sealed():
        letter = read_mail(mail)
    if letter["site"] != site:
        raise WrongPlace("a letter of another site")
    if letter["from"] != fp:
        raise rules.may_not("This letter is signed as somebody else. Sign in again, then send it.")
    # The case is held first, so that of one letter sent twice at once the second finds the first.
    held = lanes.hold(db, letter["about"]) if letter["about"] != rules.NO_CASE else None
    known = db.execute(select(Letter.hash, Letter.leaf).where(Letter.sender == fp, Letter.letter == letter["letter"]))
    before = known.one_or_none()
    if before is not None:
        if before.hash != letter["hash"]:
            raise Refusal(409, "other-letter", "Another letter was sent under this number. Write it anew.")
        return before.hash, audit.with_leaf(db, before.leaf)
    sealed.check_day(letter["day"])
    owner = held.owner if held else None
    addressed = rules.Addressed(site, letter["kind"], fp, letter["to"], letter["about"], owner)
    rules.check(db, addressed, people.roles(db, fp), joining=joining)
    rules.check_stanzas(db, site, letter["to"], fp, set(letter["stanzas"]))
    event = _event(db, letter)
    audit.keep(db, event)
    store(db, letter, event)
    return letter["hash"], event


def _event(db: Store, letter: dict[str, Any]) -> Event:
    facts = {"site": letter["site"], "actor": letter["from"], "object": letter["hash"]}
    if letter["about"] == rules.NO_CASE:
        return audit.prepare("mail", subject=letter["letter"], **facts)
    lane = lanes.next_act(db, letter["about"])
    ends = (letter["from"], letter["to"])
    return audit.prepare("letter", subject=letter["about"], lane=lane, ends=ends, **facts)


def store(db: Store, letter: dict[str, Any], event: Event) -> None:
    """Write a letter that was checked, and its stanzas. Args: letter: from `read_mail`."""
    db.put(
        Letter,
        {
            "hash": letter["hash"], "letter": letter["letter"], "kind": letter["kind"], "recipient": letter["to"],
            "sender": letter["from"], "about": letter["about"], "day": letter["day"], "header": letter["header"],
            "body": letter["body"], "leaf": event.leaf,
        },
    )  # fmt: skip
    _store_stanzas(db, letter["hash"], letter["day"], letter["stanzas"])


def _store_stanzas(db: Store, letter_hash: bytes, day: int, stanzas: dict[bytes, bytes]) -> None:
    each = {"hash": letter_hash, "day": day}
    db.put(Stanza, *({**each, "fp": fp, "sealed": fp + key} for fp, key in stanzas.items()))


def addresses(db: Store, site: bytes, fp: bytes) -> list[bytes]:
    """What a letter to this person can be addressed with: the fingerprint, and each role held now."""
    held = people.roles(db, fp)
    return [fp, *(role_address(site, role) for role in ROLES if role in held)]


def _for(addressed: Sequence[bytes], fp: bytes) -> ColumnElement[bool]:
    """Delivered to this person, and still addressed to them: a leaver gets no letter of the role's any more."""
    return or_(Letter.recipient.in_(addressed), Letter.sender == fp)


def mine(
    db: Store, *, site: bytes, fp: bytes, kinds: Sequence[str], after: bytes | None, about: bytes | None = None
) -> tuple[list[Delivered], bool]:
    """One page of this person's letters (cards aside), oldest first, and whether there are more.

    after: the hash of the last one that the person has. about: of this case alone.
    Who is suspended is handed words to and from the desk alone.
    """
    if fp in people.revoked(db):
        kinds = [kind for kind in kinds if kind == "word"]
    query = (
        select(Letter.header, Letter.body, Stanza.sealed, Letter.hash, Event, Letter.sender)
        .join(Stanza, Stanza.hash == Letter.hash)
        .join(Event, Event.leaf == Letter.leaf)
        .where(Stanza.fp == fp, Letter.kind.in_(kinds), Letter.kind != "card")
        .where(_for(addresses(db, site, fp), fp))
    )
    if about is not None:
        query = query.where(Letter.about == about)
    if after is not None:
        place = select(Stanza.day).where(Stanza.fp == fp, Stanza.hash == after).scalar_subquery()
        query = query.where(tuple_(Stanza.day, Stanza.hash) > tuple_(place, literal(after)))
    rows = db.execute(query.order_by(Stanza.day, Stanza.hash).limit(PAGE + 1)).all()
    return [Delivered(*row) for row in rows[:PAGE]], len(rows) > PAGE


def writers_to(db: Store, fp: bytes) -> set[bytes]:
    """Who sent this person a statement: whoever may be approved has to be known by name."""
    return set(db.scalars(select(Letter.sender).where(Letter.recipient == fp, Letter.kind == "statement")))


def share(db: Store, *, site: bytes, fp: bytes, letter_hash: bytes, stanzas: Sequence[bytes]) -> list[bytes]:
    """Add stanzas for others who hold the same role, by somebody who can open the letter; whose they are.

    One that is there already is replaced, save one's own: the first could have been no key at all.
    Raises: Refusal 404 unless this person holds it; 409 when a stanza is for somebody outside the role.
    """
    query = select(Letter.recipient, Letter.sender, Letter.day).join(Stanza, Stanza.hash == Letter.hash)
    held = db.execute(query.where(Letter.hash == letter_hash, Stanza.fp == fp)).one_or_none()
    if held is None or held.recipient not in addresses(db, site, fp)[1:]:
        raise Refusal(404, "no-such-letter", "There is nothing here that you can open.")
    if any(len(stanza) != 1200 for stanza in stanzas):
        raise Refusal(415, "not-sealed", sealed.NOT_SEALED)
    given = {stanza[:32]: stanza[32:] for stanza in stanzas}
    rules.check_stanzas(db, site, held.recipient, held.sender, set(given))
    given.pop(fp, None)
    db.change(delete(Stanza).where(Stanza.hash == letter_hash, Stanza.fp.in_(list(given))))
    _store_stanzas(db, letter_hash, held.day, given)
    return sorted(given)
