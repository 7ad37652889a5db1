"""Somebody who mistypes an address is shown a page; a page's worker is told in JSON."""

import pytest
import requests

from tests.support.browser import PHONE
from tests.support.widths import sound_at_both


def test_an_address_without_a_page_shows_one_that_says_so(shared_server, visit) -> None:
    lost = visit(shared_server.url, PHONE)
    lost.expect("404")
    page = lost.go("/no-such-page")
    page.get_by_role("heading", level=1, name="There is no page at this address").wait_for()
    sound_at_both(page)


def test_a_worker_that_asks_for_an_address_without_a_view_is_told_in_json(shared_server) -> None:
    answer = requests.get(f"{shared_server.url}/no-such-page", timeout=10)
    assert (answer.status_code, answer.json()["error"]) == (404, "not-found")


@pytest.mark.parametrize("address", ["/log/x", "/research/x", "/viewer"])
def test_rooms_that_do_not_exist_yet_are_not_there(shared_server, address) -> None:
    answer = requests.get(shared_server.url + address, headers={"Accept": "text/html"}, timeout=10)
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.text
    assert "Content-Security-Policy" in answer.headers
