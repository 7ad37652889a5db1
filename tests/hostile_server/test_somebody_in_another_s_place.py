"""Omar was invited, and joins under Nora's number, which the server told him. Carl compares Omar's words, and they match. Listed like
that, Omar's key would be Nora's to everybody who knows hers."""

from playwright.sync_api import expect

from crypto.people import read_binding
from demo.people import Staff
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS

CHECK = Check("worker/certify.js", "if (takesAPlace(one, known)) throw taken();", "")


def tell(liar: Liar) -> Device:
    name = f"Omar Odd {int.from_bytes(liar.nonce[:4], 'big')}"
    nora, omar = (
        liar.stage.supporter("Nora Lind"),
        Staff(liar.stage.wire.another(), name, now_s=liar.stage.clock.now_s),
    )
    omar.join(liar.stage.carl.invite_staff("supporter"))
    omar.person = read_binding(nora.binding)["person"]
    signed = omar.make_binding(omar.site)  # an honest server takes no such binding when somebody joins
    row = {"fp": omar.fp, "person": omar.person, "hash": read_binding(signed)["hash"], "signed": signed}
    liar.change("update bindings set person = :person, hash = :hash, signed = :signed where fp = :fp", **row)
    visit = liar.sit_down(liar.stage.carl, visit=liar.begin(watched=True), path="/people")
    card = visit.page.locator("article", has=visit.page.get_by_role("heading", name=name, exact=True))
    card.get_by_role("button", name="They match").click()
    return visit


def signed(visit: Device) -> bool:
    return bool(visit.sent("/people/publish"))


def refused(visit: Device) -> None:
    expect(visit.page.get_by_text("joined under the number of somebody else").first).to_be_visible(timeout=SLOW_MS)
    assert not signed(visit)


def believed(visit: Device) -> None:
    """The signed list left this device: only an honest server stood in the way."""
    visit.until(lambda: signed(visit), timeout_s=20)


def test_nobody_is_listed_in_the_place_of_another(liar: Liar) -> None:
    refused(tell(liar))
