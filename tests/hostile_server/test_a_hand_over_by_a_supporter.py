"""Nora writes to the desk what only a coordinator says who gives a card back: that Ruth was asked. So nobody would ask Ruth."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/desk_letters.js", "payload?.type === TYPE && roles.includes('coordinator')", "payload?.type === TYPE"
)


def goes_on(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Open the card").click(timeout=SLOW_MS)


def tell(liar: Liar) -> Visit:
    (sara, nora), ruth = liar.stage.introduced(), liar.stage.supporter("Ruth Baum")
    liar.stage.carl.claim(sara.case)
    nora.write("word", {"type": "handover", "invited": [ruth.fp.hex()], "proposed": []}, about=sara.case)
    visit = liar.sit_down(liar.stage.carl, path="/desk")
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("checkbox", name="Ruth Baum")).to_be_enabled(timeout=SLOW_MS)
    expect(visit.page.get_by_text("Had invited: Ruth Baum.")).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text("Had invited: Ruth Baum.")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_role("checkbox", name="Ruth Baum")).to_be_disabled()


test_only_a_coordinator_hands_a_card_over = told_twice(CHECK, tell, refused, believed, goes_on)
