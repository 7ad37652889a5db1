"""Carl knew Nora under another key. He proposes her to Sara, who has never met her and would take the key from him."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, pin
from tests.hostile_server.twice import told_twice

CHECK = Check("worker/desk_letters.js", "  await checkPin(binding);\n", "")


def goes_on(visit: Device) -> None:
    page = visit.page
    page.get_by_role("button", name="Open the card").click(timeout=SLOW_MS)
    page.get_by_role("group", name="Who is on it?").get_by_label("Nora Lind").check(timeout=SLOW_MS)
    page.get_by_role("button", name="Propose this team").click()


def tell(liar: Liar) -> Device:
    sara, nora = liar.stage.introduced()
    liar.stage.carl.claim(sara.case)
    pin(liar.stage.carl, nora)

    def a_team_of_one(_asked: Any, answer: Any) -> None:
        answer["offer"]["least"] = 1

    wire = {"/static/site.json": a_team_of_one}
    visit = liar.sit_down(liar.stage.carl, visit=liar.begin(watched=True), wire=wire, path="/desk")
    goes_on(visit)
    return visit


def proposed(visit: Device) -> bool:
    return bool(visit.sent("/letters"))


def refused(visit: Device) -> None:
    expect(visit.page.get_by_text("key is not the one you knew")).to_be_visible(timeout=SLOW_MS)
    assert not proposed(visit)


def believed(visit: Device) -> None:
    expect(visit.page.get_by_text("The team is proposed.").first).to_be_visible(timeout=SLOW_MS)
    assert proposed(visit)


test_carl_proposes_only_the_key_that_he_knew = told_twice(CHECK, tell, refused, believed, goes_on)
