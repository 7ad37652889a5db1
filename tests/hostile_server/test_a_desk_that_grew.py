"""Sara has read who would get her card. While she thinks, the server lets it be one more."""

from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.intake import SHORT_WAY, drafted, goes_on
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar

CHECK = Check("worker/intake.js", "if (fps.some((fp) => !named.includes(fp))) throw deskGrew();", "")


def tell(liar: Liar) -> Device:
    assert liar.stage.carl
    visit = liar.device(watched=True)
    page = goes_on(drafted(liar.stage.server, step="review", path="short", **SHORT_WAY), visit).page
    expect(page.locator("#card-readers[data-taken='1']")).to_contain_text("Carl Coordinator", timeout=SLOW_MS)
    liar.stage.coordinator("Dana Reyes")
    button(page, "Send the card and seal my account").click()
    return visit


def sent(visit: Device) -> bool:
    return bool(visit.sent("/intake/submit"))


def refused(visit: Device) -> None:
    expect(visit.page.get_by_text("Another coordinator has come since").first).to_be_visible(timeout=SLOW_MS)
    assert not sent(visit)


def believed(visit: Device) -> None:
    visit.until(lambda: sent(visit), timeout_s=20)


def test_a_card_goes_to_nobody_more_than_was_read(liar: Liar) -> None:
    refused(tell(liar))
