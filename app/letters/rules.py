"""Who may write which kind of letter, to whom, and about what (protocol.md, Letters)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select

from app.db import Store
from app.errors import NotAMember, Refusal
from app.letters.models import Letter
from app.people import service as people
from crypto.mail import role_address

NO_CASE = bytes(16)
WRITERS = {
    "profile": "supporter",
    "answer": "supporter",
    "statement": "supporter",
    "invite": "coordinator",
    "offer": "coordinator",
}
TO_DESK = {"profile", "answer"}
TO_OWNER = {"statement", "offer"}
MOST_STANZAS = 64


@dataclass(frozen=True)
class Addressed:
    """A letter's header, as the rules see it."""

    site: bytes
    kind: str
    sender: bytes
    to: bytes
    about: bytes
    owner: bytes | None  # of the case it is about, if there is such a case

    @property
    def desk(self) -> bytes:
        return role_address(self.site, "coordinator")


def may_not(what: str) -> Refusal:
    return Refusal(403, "not-yours", what)


def check(db: Store, letter: Addressed, roles: set[str], *, joining: bool = False) -> None:
    """Nothing, if this person may send this letter. Raises: Refusal; NotAMember for a case that is not theirs."""
    if letter.kind != "word" and letter.kind not in WRITERS:
        raise may_not("This kind of letter can't be sent from here.")
    if letter.kind != "word" and WRITERS[letter.kind] not in roles and not (joining and letter.kind == "profile"):
        raise may_not("Only people whom the organisation has listed for this can send it. Ask a coordinator.")
    _check_about(db, letter, roles)
    if letter.kind in TO_DESK and letter.to != letter.desk:
        raise may_not("This kind of letter goes to the desk.")
    if letter.kind == "invite" and "supporter" not in people.roles(db, letter.to):
        raise may_not("Only a listed supporter can be invited.")
    if letter.kind == "word" and letter.to != letter.desk and "coordinator" not in roles:
        raise may_not("Write to the desk; the desk writes back.")


def _check_about(db: Store, letter: Addressed, roles: set[str]) -> None:
    if letter.about == NO_CASE:
        if letter.kind not in ("profile", "word"):
            raise may_not("This letter must say which case it is about.")
        return
    if letter.kind == "profile":
        raise may_not("A profile is about no case.")
    if letter.owner is None:
        raise NotAMember
    desk_or_owner = "coordinator" in roles or letter.sender == letter.owner
    if not (desk_or_owner or _invited(db, letter.about, letter.sender)):
        raise NotAMember  # the same words as for a case that isn't there
    if letter.kind in TO_OWNER and letter.to != letter.owner:
        raise may_not("This letter goes to the person whose case it is.")


def _invited(db: Store, case: bytes, fp: bytes) -> bool:
    invited = exists().where(Letter.about == case, Letter.kind == "invite", Letter.recipient == fp)
    return bool(db.scalar(select(invited)))


def check_stanzas(db: Store, site: bytes, to: bytes, sender: bytes, fps: set[bytes]) -> None:
    """Nothing, if a letter's keys go to its addressee alone, and perhaps to its sender.

    Raises: Refusal 409 for somebody else, or when the addressee got none.
    """
    addressed = {to}
    if to == role_address(site, "coordinator"):
        addressed = people.holders(db, "coordinator")
    if len(fps) > MOST_STANZAS or not fps <= addressed | {sender} or not fps & addressed:
        raise Refusal(
            409, "recipients", "The list of people has changed since this page was opened. Reload it and send again."
        )
