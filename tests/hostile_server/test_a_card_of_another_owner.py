"""In the place of Sara's card the server hands Carl one of its own, signed by a key that it calls hers."""

import os
from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.at_the_desk import open_card, opens_card
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, delivered
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/desk_letters.js", "!right || hex(caseId(me().site, fp, new Uint8Array(16), nonce)) !== id", "!right"
)
WORDS = "I need nobody any more."


def tell(liar: Liar) -> Visit:
    sara, carl, ghost = liar.stage.sara(), liar.stage.carl, liar.stranger()
    ghost.known_desk = carl.directory().holders("coordinator")
    shown = {"case": b64(sara.case), "nonce": b64(os.urandom(16)), "identity": b64(ghost.identity.frame)}
    lines = [{"field": "goals", "label": "What do you want?", "text": WORDS}]
    card = ghost.seal("card", {**shown, "lines": lines}, about=sara.case)

    def change(_asked: Any, answer: Any) -> None:
        answer.update(delivered(card, carl), identity=b64(ghost.identity.frame))

    return open_card(liar, sara, card=change)


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_role("alert")).to_contain_text("put where it does not belong", timeout=SLOW_MS)
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


test_a_card_counts_for_the_case_that_its_key_makes = told_twice(CHECK, tell, refused, believed, opens_card)
