"""What the first pages say that we can't promise: nothing there may lean on what is not built."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.browser import PHONE, Visit
from tests.support.server import Server
from tests.support.widths import sound_at_both


@pytest.mark.parametrize("address", ["/", "/privacy"])
def test_a_page_says_that_a_changed_page_is_not_noticed_yet(
    shared_server: Server, visit: Callable[..., Visit], address: str
) -> None:
    page = visit(shared_server.url, PHONE).go(address)
    said = page.locator("section[aria-labelledby=cannot] li").filter(has_text="Whoever serves a")
    expect(said).to_contain_text("so that it reads what you type")
    expect(said).to_contain_text("yet.")
    expect(said).not_to_contain_text("can be noticed")
    sound_at_both(page)
