"""Nora wrote to the desk, under no case. Carl knew her under another key, and his answer would be for whoever has this one."""

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, pin
from tests.hostile_server.twice import told_twice

CHECK = Check("worker/letters.js", "  if (to && 'person' in to) await checkPin(", "  if (false) await checkPin(")
WORDS = "I will call you tonight."


def goes_on(visit: Device) -> None:
    visit.page.get_by_label("Your answer").fill(WORDS, timeout=SLOW_MS)
    visit.page.get_by_role("button", name="Seal and send my answer").click()


def tell(liar: Liar) -> Device:
    _sara, nora = liar.stage.introduced()
    nora.write("word", {"type": "complaint", "text": "Call me.", "identity": b64(nora.identity.frame)})
    pin(liar.stage.carl, nora)
    visit = liar.sit_down(liar.stage.carl, visit=liar.begin(watched=True), path="/desk")
    goes_on(visit)
    return visit


def answered(visit: Device) -> bool:
    return bool(visit.sent("/letters"))


def refused(visit: Device) -> None:
    expect(visit.page.get_by_text("key is not the one you knew")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_label("Your answer")).to_have_value(WORDS)
    assert not answered(visit)


def believed(visit: Device) -> None:
    expect(visit.page.get_by_text("Your answer is sealed and sent.").first).to_be_visible(timeout=SLOW_MS)
    assert answered(visit)


test_carl_answers_only_the_key_that_he_knew = told_twice(CHECK, tell, refused, believed, goes_on)
