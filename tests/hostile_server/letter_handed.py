"""Sara is handed a letter by Carl that is none to her, and looks at what the desk wrote."""

from typing import Any

from playwright.sync_api import expect

from demo.people import Peer
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS, delivered, quiet, room
from tests.support.browser import Visit

WORDS = "We can do nothing for you."


def handed(liar: Liar, sara: Peer, letter: bytes) -> Visit:
    """Args: letter: a frame `mail` with a stanza for Sara, in which Carl says WORDS."""

    def change(asked: Any, answer: Any) -> None:
        if "word" in asked["kinds"]:
            answer["letters"].append(delivered(letter, sara))

    visit = liar.sit_down(sara, wire={"/letters/mine": change})
    goes_on(visit)
    return visit


def goes_on(visit: Visit) -> None:
    room(visit.page, "Messages")


def refused(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_text("Unreadable, handed in as Carl Coordinator.")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)
