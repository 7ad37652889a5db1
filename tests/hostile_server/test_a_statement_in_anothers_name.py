"""Sara waits for what Nora says of herself. The server writes it, in Nora's name, and seals it to Sara."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, delivered, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/letter.js",
    "return fromJson(readSaid(unbox(key, read.header, read.body), read.header, senderEdPk));",
    "return fromJson(unbox(key, read.header, read.body).slice(64));",
)
WORDS = "Call me first, at 555 0100."


def goes_on(visit: Visit) -> None:
    room(visit.page, "Letters")


def tell(liar: Liar) -> Visit:
    (sara, nora), ghost = liar.stage.introduced(), liar.stranger()
    ghost.meet(sara.identity.frame)
    vars(ghost.identity)["fp"] = nora.fp  # for the header; the signature is of another key
    said = {"case": b64(sara.case), "text": WORDS, "name": "Nora Lind"}
    forged = ghost.seal("statement", said, about=sara.case, to=sara.fp)

    def change(asked: Any, answer: Any) -> None:
        if "statement" in asked["kinds"]:
            answer["letters"].append(delivered(forged, sara))

    visit = liar.sit_down(sara, wire={"/letters/mine": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_text("I was there once.")).to_be_visible(timeout=SLOW_MS)  # what Nora did write
    expect(visit.page.get_by_text("Unreadable, handed in as Nora Lind.")).to_be_visible()
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


test_nora_says_only_what_she_signed = told_twice(CHECK, tell, refused, believed, goes_on)
