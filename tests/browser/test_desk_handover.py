"""A card changes hands: the next coordinator knows who was asked and what they answered, and nobody is asked twice."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from demo.people import Coordinator, Peer
from tests.browser.cast import SLOW_MS, button
from tests.browser.seeded import Seeded, come_in, seed
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, Visit
from tests.support.databases import one_database
from tests.support.layout import assert_fits
from tests.support.server import Server

pytestmark = one_database
TEAM = ("Nora Lind", "Tomas Vega", "Ruth Baum")


def maya_and_dana(site: Seeded) -> tuple[Peer, Coordinator]:
    """Dana is at the desk when Maya sends, whom Carl looks after; Carl has invited Nora and Tomas, and Nora has answered."""
    dana = Coordinator(site.carl.wire.another(), "Dana Reyes", now_s=site.server.clock.now_s)
    dana.join(site.carl.invite_staff("coordinator"))
    site.carl.certify(dana)
    maya = Peer(site.carl.wire.another(), "Maya", now_s=site.server.clock.now_s)
    maya.enrol()
    named = {"field": "name_use", "label": "What should we call you?", "text": "Maya"}
    maya.submit({"answers": {}, "instrument": "intake.v1"}, {"lines": [named]})
    site.carl.claim(maya.case)
    site.carl.invite(maya.case, site.nora.fp, site.team["Tomas Vega"].fp, summary="A physician in practice.")
    site.nora.invitations()
    site.nora.answer(maya.case)
    return maya, dana


def open_card(page: Page) -> None:
    """Maya's: the one that people are invited to."""
    page.get_by_role("row").filter(has_text="2 invited").get_by_role("button", name="Open the card").click()
    expect(page.get_by_role("heading", level=1, name="Find a team for Maya")).to_be_visible(timeout=SLOW_MS)


def test_dana_goes_on_where_carl_stopped(server: Server, visit: Callable[..., Visit]) -> None:
    site = seed(server, team=TEAM)
    maya, dana = maya_and_dana(site)
    his = come_in(visit(server.url), site.carl)
    open_card(his)
    button(his, "Give it back").click()
    expect(his.get_by_text("Any coordinator can take this card now.")).to_be_visible(timeout=SLOW_MS)

    desk = visit(server.url, PHONE)
    hers = come_in(desk, dana)
    open_card(hers)
    before = hers.get_by_role("region", name="What other coordinators did")
    expect(before.get_by_text("Had invited: Nora Lind, Tomas Vega.")).to_be_visible(timeout=SLOW_MS)
    expect(before.get_by_text("invited 2 people")).to_be_visible()
    expect(hers.get_by_text("Knows nobody in this")).to_be_visible()
    expect(hers.get_by_text("Can help, and has not written to Maya yet: Nora Lind")).to_be_visible()
    assert_accessible(hers)
    assert_fits(hers)
    button(hers, "I will look after it").click()
    asked = hers.get_by_role("group", name="Choose whom to invite")
    expect(asked.get_by_role("checkbox", name="Nora Lind")).to_be_disabled(timeout=SLOW_MS)
    expect(asked.get_by_role("checkbox", name="Tomas Vega")).to_be_disabled()
    expect(asked.get_by_role("checkbox", name="Ruth Baum")).to_be_enabled()
    assert maya.letters("word") == []  # between coordinators
