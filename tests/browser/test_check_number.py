"""The number that tells this site from one that looks like it: the same on sheets and on pages, for staff and for Sara."""

import pytest
from playwright.sync_api import Locator, Page, expect

from demo.people import Supporter
from tests.browser.cast import SLOW_MS, sheet_code
from tests.support.browser import PHONE
from tests.support.databases import one_database
from tests.support.people import Cast
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device
from tests.support.widths import sound

pytestmark = one_database


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def number(stage: Cast) -> str:
    """128 bits of the site's id: nobody makes another site that begins alike."""
    digits = stage.carl.site.hex()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def shown(place: Locator | Page, words: str) -> None:
    expect(place.locator("p.mono").filter(has_text=words)).to_be_visible(timeout=SLOW_MS)


def test_it_is_on_the_page_of_people_on_a_sheet_made_there_and_a_newcomer_compares_it_on_the_call(
    stage: Stage, visit: Begin
) -> None:
    nora = stage.supporter("Nora Lind")
    page = device(visit, stage, nora, PHONE, "/people").page
    place = page.get_by_role("region", name="Is this the right site?")
    shown(place, number(stage))
    expect(place).to_contain_text("on each of your sheets")
    sound(page)
    page.get_by_role("button", name="Make a recovery sheet").click()
    sheet_code(page)
    expect(page.locator(".keysheet .small .mono")).to_have_text(number(stage))
    sound(page)

    uma = Supporter(stage.carl.wire.another(), "Uma Reed", now_s=stage.carl.now_s)
    uma.join(stage.carl.invite_staff("supporter"))
    place = device(visit, stage, uma, PHONE, "/people").page.get_by_role("region", name="Is this the right site?")
    shown(place, number(stage))
    expect(place).to_contain_text("Let the coordinator read theirs to you on the call")
