"""A page as it stands, sound on a phone and at a desk: whoever walks at one width need not walk again for the other."""

from playwright.sync_api import Page

from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE
from tests.support.layout import assert_fits


def sound_at_both_widths(page: Page) -> None:
    """Fail with what somebody would trip over, at 360 or at 1280 pixels; the page is left at its own width."""
    own = page.viewport_size
    assert own in (PHONE, DESKTOP)
    for width in (PHONE, DESKTOP) if own == DESKTOP else (DESKTOP, PHONE):
        page.set_viewport_size(width)
        assert_accessible(page)
        assert_fits(page)
