"""A site that stands already: made over HTTP by the Python client, to be continued by hand in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from demo.client import Person
from demo.people import Coordinator, Peer, Supporter
from demo.wire import Over
from tests.browser.cast import SLOW_MS, button
from tests.support.browser import Visit
from tests.support.people import founding_token
from tests.support.server import Server
from tests.support.stage import sit_down

HOME: dict[type[Person], str] = {Coordinator: "/desk", Supporter: "/supporter", Peer: "/case"}
PLACES = {"Nora Lind": "or", "Tomas Vega": "nm", "Amara Osei": "oh", "Ruth Baum": "ny", "Omar Haddad": "tx"}
EVERYONE = ("Carl Brandt", *PLACES, "Sara")


@dataclass
class Seeded:
    """Carl, five supporters or fewer, and Sara."""

    server: Server
    carl: Coordinator
    team: dict[str, Supporter]
    sara: Peer

    @property
    def nora(self) -> Supporter:
        return self.team["Nora Lind"]

    @property
    def omar(self) -> Supporter:
        return self.team["Omar Haddad"]

    def introduce(self, *names: str, summary: str = "A physician in practice raised a safety problem.",
                  letters: dict[str, str] | None = None, note: str = "") -> None:  # fmt: skip
        """As far as the offer: Sara can approve these. Args: letters: by name, what they write to her; note: Carl's words."""
        people = [self.team[name] for name in names]
        self.carl.invite(self.sara.case, *(one.fp for one in people), summary=summary)
        for one in people:
            (invitation,) = [letter for letter in one.invitations() if letter.about == self.sara.case]
            one.answer(self.sara.case)
            one.statement(invitation, (letters or {}).get(one.name, f"I am {one.name}. I was there once."))
        self.carl.offer(self.sara.case, *(one.fp for one in people), note=note)


def seed(
    server: Server, *, account: dict[str, Any] | None = None, card: dict[str, Any] | None = None,
    words: tuple[str, ...] = (), team: tuple[str, ...] = tuple(PLACES),
) -> Seeded:  # fmt: skip
    """Found the site, list five supporters with profiles, and have Sara send her account and card.

    Args: team: of the five, only these; words: the names of those who have words, which cost a quarter of a second each, to sign in with by hand.
    """
    wire, now_s = Over(server.url), server.clock.now_s
    carl = Coordinator(wire.another(), "Carl Brandt", now_s=now_s)
    carl.found(founding_token(server.database), email="carl@example.org" if carl.name in words else "")
    listed = {}
    for number, (name, state) in enumerate(PLACES.items()):
        if name not in team:
            continue
        one = Supporter(wire.another(), name, now_s=now_s)
        if name in words:
            one.use_words(email=f"supporter{number}@example.org")
        profile = {
            "specialty": "Emergency medicine",
            "state": state,
            "stage": "mid",
            "availability": "Evenings",
        }
        employers = ["Lakeside Medical Center"] if name == "Amara Osei" else ["Cascade General"]
        one.join(carl.invite_staff("supporter"), {"kind": "profile", **profile, "employers": employers})
        listed[name] = one
    if listed:
        carl.certify(*listed.values())
    sara = Peer(wire.another(), "Sara", now_s=now_s)
    if sara.name in words:
        sara.use_words()
    sara.enrol()
    shown = {
        "lines": [{"field": "name_use", "label": "What should we call you?", "text": "Sara"}],
        "deadline": "2027-01-08",
        "excluded": {"people": "Dr. Wilde", "employer": "Lakeside Medical Center", "states": ["tx"]},
    }
    sara.submit(
        account or {"answers": {"narrative": "What happened."}, "instrument": "intake.v1"}, {**shown, **(card or {})}
    )
    return Seeded(server, carl, listed, sara)


def come_in(visit: Visit, who: Coordinator | Supporter | Peer, path: str = "") -> Page:
    """Sign in by hand with the words that the Python client made, if it made any; ends where the person belongs.

    Args: path: given, a tab at this page that was signed in before.
    """
    page = by_hand(visit, who) if who.words and not path else sit_down(visit, who, path or HOME[type(who)])
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)
    return page


def by_hand(visit: Visit, who: Coordinator | Supporter | Peer) -> Page:
    page = visit.go("/sign-in")
    if who.role == "staff":
        button(page, "I am a volunteer or on staff").click()
        page.get_by_label("Your e-mail address here").fill(who.email)
    page.get_by_label("Your words", exact=True).fill(who.words)
    button(page, "Open").click()
    visit.until(lambda: "/sign-in" not in page.url, timeout_s=20)
    return page
