"""A site that stands already: made over HTTP by the Python client, to be continued by hand in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from demo.client import Person
from demo.people import Coordinator, Peer, Staff, Supporter
from demo.wire import Over
from tests.browser.cast import SLOW_MS
from tests.support.browser import Visit
from tests.support.people import founding_token
from tests.support.server import Server
from tests.support.stage import sit_down

PLACES = {"Nora Lind": "or", "Tomas Vega": "nm", "Amara Osei": "oh", "Ruth Baum": "ny", "Omar Haddad": "tx"}

ROOMS = {"coordinator": "/desk", "supporter": "/supporter", "steward": "/research", "researcher": "/research"}


@dataclass
class Seeded:
    """Carl, five supporters and Sara."""

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
    server: Server, *, account: dict[str, Any] | None = None, card: dict[str, Any] | None = None, words: bool = False
) -> Seeded:
    """Found the site, list five supporters with profiles, and have Sara send her account and card.

    Args: words: all have words to sign in with, which cost each of them a second.
    """
    wire, now_s = Over(server.url), server.clock.now_s
    carl = Coordinator(wire.another(), "Carl Brandt", now_s=now_s)
    carl.found(founding_token(server.database), email="carl@example.org" if words else "")
    team = {}
    for number, (name, state) in enumerate(PLACES.items()):
        one = Supporter(wire.another(), name, now_s=now_s)
        if words:
            one.use_words(email=f"supporter{number}@example.org")
        profile = {
            "specialty": "Emergency medicine",
            "state": state,
            "stage": "mid",
            "availability": "Evenings",
        }
        employers = ["Lakeside Medical Center"] if name == "Amara Osei" else ["Cascade General"]
        one.join(carl.invite_staff("supporter"), {"kind": "profile", **profile, "employers": employers})
        team[name] = one
    carl.certify(*team.values())
    sara = Peer(wire.another(), "Sara", now_s=now_s)
    if words:
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
    return Seeded(server, carl, team, sara)


def come_in(visit: Visit, who: Person) -> Page:
    """The browser of this visit goes on as this person, where they belong; signing in by hand is told in test_sign_in.py."""
    page = sit_down(visit, who, ROOMS[who.roles] if isinstance(who, Staff) else "/case")
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)
    return page
