"""The ceremony: Carl opens the link that the server printed and leaves with two sheets and a site."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS, button, found, founding_link, give_words_back, heading, keep_sheet, sheet_words
from tests.support.axe import assert_accessible
from tests.support.browser import Visit
from tests.support.server import Server


def test_carl_founds_the_site_on_a_phone_and_it_says_that_one_person_decides(server: Server, phone: Visit) -> None:
    carl = found(server, phone, coordinators=1)
    page = carl.page
    expect(page.get_by_text("For now one person decides here")).to_be_visible()
    page.get_by_role("link", name="Invite people").click()
    heading(page, "People")
    expect(page.get_by_text("One coordinator decides here who is let in.")).to_be_visible(timeout=SLOW_MS)
