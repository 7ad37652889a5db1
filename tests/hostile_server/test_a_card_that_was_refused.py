"""The server refused what Sara sent. She takes a line off her card. When she comes back the server hands out the bytes from before,
as if they might have arrived: sent again as they are, the line would be on the card."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.browser.cast import SLOW_MS, button
from tests.browser.intake import begin, go_through
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.test_somebody_gone_who_is_still_in import no

CHECK = Check(
    "worker/intake_seal.js", "return b64u(H(submission)) === notebook().sending ?", "return submission.length ?"
)
SENDING = bytes(15) + b"\x01"


def tell(liar: Liar) -> Device:
    visit = liar.device(watched=True)
    sara = begin(visit, "Short way")
    go_through(sara, contact_ok="inapp")
    expect(sara.page.locator("#card-readers")).to_contain_text("Carl Coordinator", timeout=SLOW_MS)
    visit.door.tell("/intake/submit", no)
    button(sara.page, "Send the card and seal my account").click()
    expect(sara.page.get_by_role("heading", name="It was not sent")).to_be_visible(timeout=SLOW_MS)
    (before,) = [body for body in visit.sent("/intake/draft") if body.startswith(SENDING)]
    sara.page.get_by_role("button", name="Take off").first.click()

    def change(_asked: Any, answer: Any) -> None:
        answer["drafts"].append({"draft": b64(SENDING), "box": b64(before[16:])})

    liar.tells(visit, {"/intake/drafts": change})
    sara.page.wait_for_timeout(2500)  # what changed is kept
    sara.page.reload()
    return visit


def refused(visit: Device) -> None:
    expect(visit.page.get_by_role("button", name="Send the card and seal my account")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("Kept, and we don’t know yet")).to_have_count(0)


def believed(visit: Device) -> None:
    expect(visit.page.get_by_role("heading", name="Kept, and we don’t know yet")).to_be_visible(timeout=SLOW_MS)


def test_what_was_refused_is_not_on_its_way(liar: Liar) -> None:
    refused(tell(liar))
