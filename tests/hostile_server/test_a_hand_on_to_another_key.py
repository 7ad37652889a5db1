"""Fay knew Erin under another key. The desk's letters are not handed on to the one who is in the list as Erin now."""

from playwright.sync_api import expect

from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, pin
from tests.hostile_server.twice import told_twice

CHECK = Check("worker/certify.js", "  await checkPin(to);\n", "")


def goes_on(visit: Device) -> None:
    visit.page.get_by_role("button", name="Hand on letters to Erin Hale").last.click()


def tell(liar: Liar) -> Device:
    fay, erin = (liar.stage.coordinator(name) for name in ("Fay Olsen", "Erin Hale"))
    liar.stage.sara()  # whose card Fay can open
    pin(fay, erin)
    visit = liar.sit_down(fay, visit=liar.begin(watched=True), path="/people")
    goes_on(visit)
    return visit


def handed_on(visit: Device) -> bool:
    return bool(visit.sent("/letters/stanzas"))


def refused(visit: Device) -> None:
    expect(visit.page.get_by_text("key is not the one you knew")).to_be_visible(timeout=SLOW_MS)
    assert not handed_on(visit)


def believed(visit: Device) -> None:
    expect(visit.page.get_by_role("heading", name="Erin Hale can open")).to_be_visible(timeout=SLOW_MS)


test_no_letter_is_handed_on_to_a_key_that_dana_did_not_know = told_twice(CHECK, tell, refused, believed, goes_on)
