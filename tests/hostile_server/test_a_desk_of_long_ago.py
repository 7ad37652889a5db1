"""The server hands Sara a list of coordinators that ran out long ago. Who has left the desk since would read her card."""

from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.intake import SHORT_WAY, drafted, goes_on
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists

CHECK = Check("worker/intake.js", "const late = nowS() - state.expires > LATE_DAYS * DAY_S;", "const late = false;")
DAY_S = 86_400


def tell(liar: Liar, *, days: int = 31) -> Device:
    """Args: days: since it ran out."""
    lists = Lists(liar)
    ended = liar.stage.carl.now_s() - days * DAY_S
    lists.begin(issued=ended - 7 * DAY_S, expires=ended)
    visit = liar.device(watched=True)
    liar.tells(visit, lists.wire)
    page = goes_on(drafted(liar.stage.server, step="review", path="short", **SHORT_WAY), visit).page
    expect(page.locator("#card-readers[data-taken='1']")).to_be_attached(timeout=SLOW_MS)
    button(page, "Send the card and seal my account").click()
    return visit


def sent(visit: Device) -> bool:
    return bool(visit.sent("/intake/submit"))


def refused(visit: Device) -> None:
    expect(visit.page.get_by_text("nobody has renewed the list of coordinators").first).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("Your account is kept, sealed.").first).to_be_visible()
    assert not sent(visit)


def believed(visit: Device) -> None:
    visit.until(lambda: sent(visit), timeout_s=20)


def test_no_card_is_sealed_to_a_desk_of_long_ago(liar: Liar) -> None:
    refused(tell(liar))


def test_for_thirty_days_it_is(liar: Liar) -> None:
    believed(tell(liar, days=29))
