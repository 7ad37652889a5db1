"""A device whose date is wrong: its owner says which date is right, and is asked again when the site says another."""

from playwright.sync_api import Page, expect

from tests.browser.cast import SLOW_MS, button
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin, Stage

pytestmark = one_database


def asked(page: Page) -> str:
    expect(page.get_by_role("dialog")).to_be_visible(timeout=SLOW_MS)
    return page.get_by_role("dialog").get_by_role("heading").inner_text()


def test_a_date_once_confirmed_is_not_followed_wherever_the_site_moves_it(server: Server, visit: Begin) -> None:
    stage, device = Stage(server), visit(server.url)

    def comes_back_after_days(days: int) -> Page:
        server.clock.move(days=days)
        stage.carl.sign_in()
        return stage.sit_down(device, stage.carl, "/people")

    page = comes_back_after_days(5)
    first = asked(page)
    button(page, "Yes, it is").click()
    expect(page.locator("#waiting")).to_be_hidden(timeout=SLOW_MS)  # the room has opened: the answer is kept
    page.goto("/people")
    expect(page.get_by_role("heading", name="Who is who")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("dialog")).to_have_count(0)  # not twice for one answer
    assert asked(comes_back_after_days(5)) != first
