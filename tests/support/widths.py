"""A page as it stands, looked at on a phone and on a wide screen: nobody walks the same way twice to see both."""

from playwright.sync_api import Page

from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE
from tests.support.layout import assert_fits


def sound(page: Page) -> None:
    """Fail with what is wrong with the page at the width that it has."""
    assert_accessible(page)
    assert_fits(page)


def sound_at_both(page: Page) -> None:
    """The same at 360 and at 1280 pixels; the screen is as it was before when this returns."""
    before = page.viewport_size
    assert before
    for width in (PHONE, DESKTOP) if before == DESKTOP else (DESKTOP, PHONE):
        page.set_viewport_size(width)
        sound(page)
