"""Carl has the same keys at another site, and wrote to Sara there. The server hands her the letter here."""

import os
from typing import Any

from playwright.sync_api import expect

from crypto.letter import seal_letter
from crypto.people import read_identity
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, delivered, quiet, room
from tests.support.browser import Visit

CHECK = Check(
    "crypto/letter.js",
    "if (!equal(read.site, site)) throw new WrongPlace('a letter of another site');",
    "",
)
WORDS = "We can do nothing for you."


def tell(liar: Liar) -> Visit:
    sara, carl = liar.stage.sara(), liar.stage.carl
    letter = seal_letter(
        carl.identity, site=os.urandom(32), kind="word", to=sara.fp, about=sara.case, day=carl.today,
        payload={"kind": "word", "at_ms": 0, "type": "refusal", "text": WORDS}, recipients=[read_identity(sara.identity.frame)],
    )  # fmt: skip

    def change(asked: Any, answer: Any) -> None:
        if "word" in asked["kinds"]:
            answer["letters"].append(delivered(letter, sara))

    visit = liar.sit_down(sara, wire={"/letters/mine": change})
    room(visit.page, "Messages")
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_text("Unreadable, handed in as Carl Coordinator.")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


def test_what_was_said_at_one_site_is_not_said_at_another(liar: Liar) -> None:
    refused(tell(liar))
