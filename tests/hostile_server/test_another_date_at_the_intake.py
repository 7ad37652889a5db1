"""The server tells Sara that it is another day, while she looks at her card. She says that it is not, and sends all the same."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.intake import SHORT_WAY, drafted, goes_on
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar

CHECK = Check(
    "worker/intake.js",
    "    if (date) throw new Trouble('Input', 'date',",
    "    if (false) throw new Trouble('Input', 'date',",
)
DAYS_S = 20 * 86_400


def tell(liar: Liar) -> Device:
    assert liar.stage.carl
    lying: list[bool] = []

    def later(_asked: Any, answer: Any) -> None:
        answer["now"] += DAYS_S if lying else 0

    visit = liar.device(watched=True)
    liar.tells(visit, {"/sign-in/nonce": later})
    page = goes_on(drafted(liar.stage.server, step="review", path="short", **SHORT_WAY), visit).page
    expect(page.locator("#card-readers[data-taken='1']")).to_be_attached(timeout=SLOW_MS)
    lying.append(True)
    button(page, "Send the card and seal my account").click()
    return visit


def sent(visit: Device) -> bool:
    return bool(visit.sent("/intake/submit"))


def refused(visit: Device) -> None:
    page = visit.page
    page.get_by_role("dialog").get_by_role("button", name="No").click(timeout=SLOW_MS)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not sent(visit)
    button(page, "Send the card and seal my account").click()  # as long as it is in doubt, she is asked
    expect(page.get_by_role("dialog")).to_contain_text("Is today", timeout=SLOW_MS)
    assert not sent(visit)


def believed(visit: Device) -> None:
    visit.until(lambda: sent(visit), timeout_s=20)


def test_no_account_goes_out_under_a_day_in_doubt(liar: Liar) -> None:
    refused(tell(liar))
