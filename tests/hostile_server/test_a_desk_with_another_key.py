"""Nora knew Carl under another key. What she tells the desk is not sealed to the one who is in the list as Carl now."""

from playwright.sync_api import expect

from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, pin
from tests.hostile_server.twice import told_twice

CHECK = Check("worker/letters.js", "if (isSignedIn()) for (const one of desk) await checkPin(one);", "")


def goes_on(visit: Device) -> None:
    page = visit.page
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Seal and send my answer").click()


def tell(liar: Liar) -> Device:
    sara, nora, carl = liar.stage.sara(), liar.stage.supporter("Nora Lind"), liar.stage.carl
    carl.invite(sara.case, nora.fp, summary="a colleague")
    pin(nora, carl)
    visit = liar.sit_down(nora, visit=liar.begin(watched=True), path="/supporter")
    goes_on(visit)
    return visit


def sent(visit: Device) -> bool:
    return bool(visit.sent("/letters"))


def refused(visit: Device) -> None:
    expect(visit.page.get_by_role("alert")).to_contain_text("key is not the one you knew", timeout=SLOW_MS)
    assert not sent(visit)


def believed(visit: Device) -> None:
    expect(visit.page.get_by_text("Your answer is sent.")).to_be_visible(timeout=SLOW_MS)
    assert sent(visit)


test_nothing_is_sealed_to_a_key_that_nora_did_not_know = told_twice(CHECK, tell, refused, believed, goes_on)
