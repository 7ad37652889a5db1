"""A device whose date is wrong: its owner says which date is right, and is asked again when the site says another."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.cast import SLOW_MS, button, settled, sign_in
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.server import Server

pytestmark = one_database


def asked(page: Page) -> str:
    expect(page.get_by_role("dialog")).to_be_visible(timeout=SLOW_MS)
    return page.get_by_role("dialog").get_by_role("heading").inner_text()


def test_a_date_once_confirmed_is_not_followed_wherever_the_site_moves_it(
    server: Server, visit: Callable[..., Visit]
) -> None:
    carl = settled(server, visit(server.url), words=True)
    server.clock.move(days=5)
    device = visit(server.url)
    page = sign_in(device, carl)
    first = asked(page)
    button(page, "Yes, it is").click()
    expect(page.locator("#waiting")).to_be_hidden(timeout=SLOW_MS)  # the room has opened: the answer is kept
    page.goto("/people")
    expect(page.get_by_role("heading", name="Who is who")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("dialog")).to_have_count(0)  # not twice for one answer
    server.clock.move(days=5)
    assert asked(sign_in(device, carl)) != first
