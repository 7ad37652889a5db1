"""While Sara looks at her card the server is busy, so the page can't name who would get it. When she sends, it is there again."""

from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.intake import begin, go_through
from tests.hostile_server.devices import Device
from tests.hostile_server.doors import Answer, Asked, answer
from tests.hostile_server.liar import Check, Liar

CHECK = Check("worker/intake.js", "if (!Array.isArray(named)) throw deskUnread();", "named ??= fps;")


def busy(_asked: Asked) -> Answer:
    return answer({"error": "busy", "words": "Busy."}, 503)


def tell(liar: Liar) -> Device:
    visit = liar.device(watched=True)
    sara = begin(visit, "Short way")
    visit.door.tell("/sign-in/nonce", busy)
    go_through(sara, named=False, contact_ok="inapp")
    visit.until(lambda: bool(visit.sent("/sign-in/nonce")))
    sara.page.wait_for_timeout(1500)
    visit.door.be_honest("/sign-in/nonce")
    button(sara.page, "Send the card and seal my account").click()
    return visit


def sent(visit: Device) -> bool:
    return bool(visit.sent("/intake/submit"))


def refused(visit: Device) -> None:
    expect(visit.page.get_by_text("this page did not show who would get your card").first).to_be_visible(
        timeout=SLOW_MS
    )
    expect(visit.page.locator("#card-readers")).to_contain_text("Carl Coordinator", timeout=SLOW_MS)
    assert not sent(visit)


def believed(visit: Device) -> None:
    visit.until(lambda: sent(visit), timeout_s=20)


def test_a_card_goes_only_to_those_whose_names_were_read(liar: Liar) -> None:
    refused(tell(liar))
