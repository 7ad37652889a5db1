"""The server tells Sara and Carl that it is another day. They say that it is not. What they write or sign then would bear a day that is in doubt."""

from typing import Any

from playwright.sync_api import Page, expect

from demo.client import Person
from demo.people import Supporter
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, approve, approved, not_approved, room, suspend

CHECK = Check("worker/clock.js", "  if (clockIsOff()) {\n    throw", "  if (false) {\n    throw")
DAYS_S = 20 * 86_400
WORDS = "Is anybody there?"


def later(_asked: Any, answer: Any) -> None:
    answer["now"] += DAYS_S


def sits_down_and_says_no(liar: Liar, person: Person, path: str) -> Device:
    wire = {"/sign-in/share": later, "/sign-in/nonce": later}
    visit = liar.sit_down(person, wire=wire, visit=liar.begin(watched=True), wait=False, path=path)
    says_no(visit.page)
    visit.until("document.body.dataset.ready !== undefined", timeout_s=30)
    return visit


def says_no(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="No").click(timeout=SLOW_MS)


def sent(visit: Device, *addresses: str) -> list[bytes]:
    return visit.sent(*addresses)


def tell(liar: Liar) -> Device:
    sara, _nora = liar.stage.introduced()
    visit = sits_down_and_says_no(liar, sara, "/case")
    approve(visit.page, "Nora Lind")
    return visit


def refused(visit: Device) -> None:
    """Approving, adding and writing to the desk: each waits, and what was typed stands where it was."""
    page = visit.page
    asks = page.get_by_role("button", name="No. I will set my clock")
    asks.click(timeout=SLOW_MS)
    not_approved(page, "Nora Lind")
    for where, field, press in (
        ("What I sent", "What you want to add", "Seal and add"),
        ("Messages", "Write to the desk", "Seal and send to the desk"),
    ):
        room(page, where)
        page.get_by_label(field).fill(WORDS)
        page.get_by_role("button", name=press).click()
        asks.click(timeout=SLOW_MS)
        expect(page.get_by_label(field)).to_have_value(WORDS)
    assert not sent(visit, "/cases/rekey", "/cases/append", "/letters")


def believed(visit: Device) -> None:
    approved(visit.page, "Nora Lind")


def test_nothing_is_approved_or_sent_until_sara_knows_the_date(liar: Liar) -> None:
    refused(tell(liar))


def test_nor_does_carl_sign_a_list(liar: Liar) -> None:
    _sara, _nora = liar.stage.introduced()
    uma = Supporter(liar.stage.wire.another(), "Uma Reed", now_s=liar.stage.clock.now_s)
    uma.join(liar.stage.carl.invite_staff("supporter"))
    visit = sits_down_and_says_no(liar, liar.stage.carl, "/people")
    page = visit.page
    for press in (
        lambda: suspend(visit, "Nora Lind"),
        lambda: page.get_by_role("button", name="They match").click(),
    ):
        press()
        says_no(page)
        expect(page.get_by_text("do not agree on the date")).to_be_visible(timeout=SLOW_MS)
    assert not sent(visit, "/people/publish")
    page.get_by_role("button", name="They match").click()
    page.get_by_role("dialog").get_by_role("button", name="Yes, it is").click(timeout=SLOW_MS)
    visit.until(lambda: bool(sent(visit, "/people/publish")), timeout_s=20)  # what he asked for is done after all
