"""Tomas has been suspended, and the server refuses every key without him: it wants Sara's next words sealed to him too."""

from playwright.sync_api import expect

from tests.hostile_server.doors import Answer, Asked, answer
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, room
from tests.support.browser import Visit

CHECK = Check("worker/case_write.js", "if (!leaves) state = await withoutTheGone(id, state, heals);", "")


def no(_asked: Asked) -> Answer:
    return answer({"error": "busy", "words": "Busy."}, 409)


def tell(liar: Liar) -> Visit:
    sara, _nora, tomas, _uma = liar.team()
    visit = liar.begin()
    visit.door.tell("/cases/rekey", no)
    liar.sit_down(sara, visit=visit)
    room(visit.page, "Messages")
    liar.stage.carl.list_people(revoke=(tomas.fp,))  # her page was open before
    visit.page.get_by_label("Write to them").fill("Only for those who are in")
    visit.page.get_by_role("button", name="Seal and send", exact=True).click()
    return visit


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_text("Somebody who is out of this case could still read it")).to_be_visible(
        timeout=SLOW_MS
    )
    expect(visit.page.get_by_label("Write to them")).to_have_value("Only for those who are in")
    expect(visit.page.locator("li.letter.mine")).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.locator("li.letter.mine").get_by_text("Only for those who are in")).to_be_visible(timeout=SLOW_MS)


def test_nothing_is_sealed_to_somebody_suspended_since(liar: Liar) -> None:
    refused(tell(liar))
