"""Carl wrote to Sam. Sam, with the server's help, has the letter handed to Sara, as if it were for her."""

from typing import Any

from playwright.sync_api import expect

from crypto.letter import add_stanza
from crypto.people import read_identity
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, delivered, quiet, room
from tests.support.browser import Visit

CHECK = Check(
    "crypto/letter.js",
    "if (!equal(read.from, reader.fp) && !mine.some((address) => equal(address, read.to))) throw new NotAllowed('a letter to someone else');",
    "",
)
WORDS = "We can do nothing for you."


def tell(liar: Liar) -> Visit:
    sara, sam, carl = liar.stage.sara(), liar.stage.peer("Sam"), liar.stage.carl
    carl.meet(sam.identity.frame)
    letter = carl.seal("word", {"type": "refusal", "text": WORDS}, to=sam.fp)
    again = add_stanza(letter, sam.identity, read_identity(sara.identity.frame))

    def change(asked: Any, answer: Any) -> None:
        if "word" in asked["kinds"]:
            answer["letters"].append(delivered(again, sara))

    visit = liar.sit_down(sara, wire={"/letters/mine": change})
    room(visit.page, "Messages")
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_text("Unreadable, handed in as Carl Coordinator.")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


def test_sara_is_not_told_what_was_said_to_sam(liar: Liar) -> None:
    refused(tell(liar))
