"""The number that tells this site from one that looks like it: the same on sheets and on pages, for staff and for Sara."""

import pytest
from playwright.sync_api import Locator, Page, expect

from demo.people import Supporter
from tests.browser.cast import SLOW_MS, sheet_code
from tests.browser.intake import founded
from tests.browser.test_intake_failing import ready_to_send
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE
from tests.support.databases import one_database
from tests.support.layout import assert_fits
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device

pytestmark = one_database


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def number(stage: Stage) -> str:
    """128 bits of the site's id: nobody makes another site that begins alike."""
    digits = stage.carl.site.hex()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def shown(place: Locator | Page, words: str) -> None:
    expect(place.locator("p.mono").filter(has_text=words)).to_be_visible(timeout=SLOW_MS)


def test_it_is_on_the_page_of_people_and_on_a_sheet_made_there(stage: Stage, visit: Begin) -> None:
    nora = stage.supporter("Nora Lind")
    page = device(visit, stage, nora, PHONE, "/people").page
    place = page.get_by_role("region", name="Is this the right site?")
    shown(place, number(stage))
    expect(place).to_contain_text("on each of your sheets")
    assert_accessible(page)
    page.get_by_role("button", name="Make a recovery sheet").click()
    sheet_code(page)
    expect(page.locator(".keysheet .small .mono")).to_have_text(number(stage))
    assert_accessible(page)
    assert_fits(page)


def test_a_newcomer_is_asked_to_compare_it_on_the_call(stage: Stage, visit: Begin) -> None:
    uma = Supporter(stage.carl.wire.another(), "Uma Reed", now_s=stage.carl.now_s)
    uma.join(stage.carl.invite_staff("supporter"))
    place = device(visit, stage, uma, PHONE, "/people").page.get_by_role("region", name="Is this the right site?")
    shown(place, number(stage))
    expect(place).to_contain_text("Let the coordinator read theirs to you on the call")


def test_sara_finds_it_folded_away_on_her_page(stage: Stage, visit: Begin) -> None:
    page = device(visit, stage, stage.sara(), PHONE).page
    page.get_by_text("Is this the same site as on your sheet?").click(timeout=SLOW_MS)
    shown(page, number(stage))
    assert_accessible(page)
    assert_fits(page)


def test_it_is_folded_away_beside_the_card_before_anything_is_sent(server: Server, visit: Begin) -> None:
    site = founded(server).carl.site.hex()[:32]
    page = ready_to_send(server, visit).page
    page.get_by_text("Is this the right site?").click()
    shown(page.locator("#review-site"), " ".join(site[at : at + 4] for at in range(0, 32, 4)))
    assert_accessible(page)
    assert_fits(page)
