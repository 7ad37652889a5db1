"""What happened to the seven cases, up to the day of the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demo import cast
from demo.people import Coordinator, Peer
from demo.wire import b64

if TYPE_CHECKING:
    from demo.client import Person
    from demo.seeding import Organisation

ASKS = "An answer within three days helps. No is a fine answer."


def tell_everything(org: Organisation) -> None:
    """All but Mei, whose card is new."""
    looking(org)
    asked(org)
    offered(org)
    together(org)
    left(org)
    waiting(org)
    remember(org)


def looking(org: Organisation) -> None:
    """Jonas: claimed, three invited, two have answered."""
    desk, jonas = org.carl, org.peers["Jonas"]
    _claim(desk, jonas)
    _invite(org, desk, jonas, "A physician is under a review and is not told why.", "Kwame", "Ilan", "Sunniva")
    _answer(org, jonas, Kwame="I went through such a review six years ago. I can tell you what I asked for, and when.")
    org.supporter("Sunniva").answer(jonas.case, "possible", "I may have trained with somebody from there.")


def asked(org: Organisation) -> None:
    """Priya: the desk has a question."""
    desk, priya = org.coordinator(cast.INES), org.peers["Priya"]
    _claim(desk, priya)
    words = "Thank you for writing, Priya. Would a weekend suit you for a meeting with live captions?"
    _write(desk, priya, "question", words)


def offered(org: Organisation) -> None:
    """Sara: five were asked, four are offered to her."""
    desk, sara = org.coordinator(cast.INES), org.peers["Sara"]
    _claim(desk, sara)
    summary = "An early-career physician was shouted at, reported it, and is now asked to sign a paper."
    _invite(org, desk, sara, summary, "Nora", "Tomas", "Amara", "Greta", "Ruth")
    _answer(
        org, sara,
        Nora="I left a place like that with my name intact. I would read the paper with you, line by line.",
        Tomas="I have sat on the other side of that table. I know what they hope you don’t ask.",
        Amara="I answer messages at night, since I don’t sleep much either. No advice unless you ask for it.",
        Greta="I was chief of a service for ten years. I can help you to write one calm page.",
    )  # fmt: skip
    org.supporter("Ruth").answer(sara.case, "possible", "I once taught a course there.")
    team = [org.supporter(name).fp for name in ("Nora", "Tomas", "Amara", "Greta")]
    desk.offer(sara.case, *team, note="Four people who know this from inside. Nobody is told why not.")


def together(org: Organisation) -> None:
    """Dario: his team is approved, and they talk."""
    desk, dario = org.carl, org.peers["Dario"]
    summary = "A senior physician lost shifts after speaking for a colleague."
    _team(org, desk, dario, summary, Nora="I would like to help you find the dates.",
          Amara="I have stood up for a nurse too.", Ruth="I listen, and I keep notes only if you want them.",
          Omar="I know how call lists are made. I make one.")  # fmt: skip
    for name in ("Nora", "Amara", "Ruth", "Omar"):
        _read(org.supporter(name), dario.case)
    _say(dario, dario.case, "Thank you all for saying yes. I have not told this to four people at once before.")
    _say(org.supporter("Nora"), dario.case, "Take your time. When was the pump reported, and who has that report now?")
    _say(dario, dario.case, "On the ninth. The nurse has a copy, and so have I.")
    _say(
        org.supporter("Omar"),
        dario.case,
        "Good. Keep yours at home. We can read the old call lists on Tuesday.",
    )
    plan = "1. Dates on one page. 2. Ask in writing why the list was changed. 3. Meet again before you answer anything."
    _say(org.supporter("Ruth"), dario.case, plan, kind="plan")


def left(org: Organisation) -> None:
    """Lena: Yuki has left by himself, and Lena took Pilar out."""
    desk, lena = org.carl, org.peers["Lena"]
    summary = "A physician asked about pay and was given fewer leading roles."
    _team(org, desk, lena, summary, Tomas="I can compare contracts.", Ruth="I have time on most days.",
          Yuki="This happened to me as well.", Pilar="I worked on a pay committee once.")  # fmt: skip
    _say(lena, lena.case, "I have the numbers in a notebook. I don’t know whether I may show them.")
    yuki, pilar = org.supporter("Yuki"), org.supporter("Pilar")
    yuki.say(lena.case, {"kind": "leave"})
    yuki.write("word", {"type": "leaving", "text": ""}, about=lena.case)
    lena.open(lena.case).remove(yuki.fp)
    _say(pilar, lena.case, "I know a reporter who would love this.")
    lena.open(lena.case).remove(pilar.fp)
    _say(lena, lena.case, "Pilar can read nothing from here on. I would rather keep this small.")
    _say(org.supporter("Tomas"), lena.case, "That is yours to decide. We are here.")


def waiting(org: Organisation) -> None:
    """Ade: a kind “not yet”, and his answer."""
    desk, ade = org.coordinator(cast.INES), org.peers["Ade"]
    _claim(desk, ade)
    words = "This is for you too, Ade. Nobody who knows student wards is free now; we expect somebody in three weeks."
    _write(desk, ade, "waiting", words)
    desk.post("/desk/state", case=ade.case, state="waiting")
    ade.write(
        "word", {"type": "reply", "text": "Three weeks is fine. Thank you for the honest answer."}, about=ade.case
    )


def remember(org: Organisation) -> None:
    """The desk's browsers keep, in a coordinator's own notebook, what was read on the cards they opened."""
    for who, names in ((cast.CARL, ("Jonas", "Dario", "Lena")), (cast.INES, ("Priya", "Sara", "Ade"))):
        desk = org.coordinator(who)
        desk.notebook["desk"] = {org.peers[name].case.hex(): _noted(desk, org.peers[name]) for name in names}
        desk.save_notebook()


# -- the steps they share


def _claim(desk: Coordinator, peer: Peer) -> None:
    desk.claim(peer.case)
    desk.post("/desk/state", case=peer.case, state="looking")


def _noted(desk: Coordinator, peer: Peer) -> dict[str, str]:
    card = desk.card(peer.case).payload
    called = next(line["text"] for line in card["lines"] if line["field"] == "name_use")
    return {"deadline": card.get("deadline", ""), "name": called}


def _write(desk: Coordinator, peer: Peer, kind: str, text: str) -> None:
    desk.card(peer.case)  # where a coordinator meets the peer's keys
    desk.write("word", {"type": kind, "text": text}, about=peer.case, to=peer.fp)


def _invite(org: Organisation, desk: Coordinator, peer: Peer, summary: str, *names: str) -> None:
    desk.invite(peer.case, *(org.supporter(name).fp for name in names), summary=summary, asks=ASKS)


def _answer(org: Organisation, peer: Peer, **statements: str) -> None:
    """Each knows nobody there, and writes to the peer."""
    for name, text in statements.items():
        supporter = org.supporter(name)
        (invitation,) = [letter for letter in supporter.invitations() if letter.about == peer.case]
        supporter.answer(peer.case)
        supporter.statement(invitation, text)


def _team(org: Organisation, desk: Coordinator, peer: Peer, summary: str, **statements: str) -> None:
    """The whole way from a card to a team that the peer approved."""
    _claim(desk, peer)
    _invite(org, desk, peer, summary, *statements)
    _answer(org, peer, **statements)
    team = [org.supporter(name).fp for name in statements]
    desk.offer(peer.case, *team, note="")
    peer.approve(*team)


def _read(person: Person, case: bytes) -> None:
    """A supporter's own word that the account was read."""
    (told, *_) = person.open(case).records
    person.say(case, {"kind": "read", "about": b64(told["hash"])})


def _say(person: Person, case: bytes, text: str, kind: str = "message") -> None:
    said: dict[str, Any] = {"kind": kind, "text": text, "at": person.now_s()}
    person.say(case, said)
