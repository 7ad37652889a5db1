"""Tomas, who was invited, knows what Sara's case is made of. He signs a card for it that keeps nobody out."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.at_the_desk import open_card, opens_card
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, delivered
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/desk_letters.js", "const right = hex(fp) === from && nonce", "const right = nonce")
WORDS = "Dr. Wilde may be on my team."


def tell(liar: Liar) -> Visit:
    sara, carl, tomas = liar.stage.sara(), liar.stage.carl, liar.stage.supporter("Tomas Vega")
    shown = {"case": b64(sara.case), "nonce": b64(sara.nonce), "identity": b64(sara.identity.frame)}
    lines = [{"field": "goals", "label": "What do you want?", "text": WORDS}]
    card = tomas.seal("card", {**shown, "lines": lines}, about=sara.case)

    def change(_asked: Any, answer: Any) -> None:
        answer.update(delivered(card, carl))

    return open_card(liar, sara, card=change)


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_role("alert")).to_contain_text("put where it does not belong", timeout=SLOW_MS)
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


test_a_card_is_signed_by_the_very_owner = told_twice(CHECK, tell, refused, believed, opens_card)
