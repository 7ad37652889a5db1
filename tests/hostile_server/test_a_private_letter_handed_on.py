"""In place of Sara's card the server hands Carl what he wrote to Sara alone, while he hands the desk's letters to Dana."""

from typing import Any

from playwright.sync_api import expect

from crypto.frame import H, unframe
from demo.wire import b64
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS, delivered


def test_carl_hands_nothing_on_that_was_not_for_the_desk(liar: Liar) -> None:
    sara, carl, dana = liar.stage.sara(), liar.stage.carl, liar.stage.coordinator("Dana Reyes")
    carl.meet(sara.identity.frame)
    private = carl.seal("word", {"type": "reply", "text": "For you alone."}, to=sara.fp)
    parts = unframe("mail", private)
    digest = b64(H(parts["header"] + parts["body"]))
    sent: list[str] = []

    def change(_asked: Any, answer: Any) -> None:
        answer.update(delivered(private, carl))

    visit = liar.sit_down(carl, wire={"/desk/card": change}, path="/people")
    visit.page.on("request", lambda one: sent.append(one.post_data or "") if one.url.endswith("/stanzas") else None)
    page = visit.page
    page.get_by_role("button", name=f"Hand on letters to {dana.name}").click()
    expect(page.get_by_role("heading", name=f"{dana.name} can open")).to_be_visible(timeout=SLOW_MS)
    assert "/desk/card" in liar.told
    assert not [one for one in sent if digest in one]
