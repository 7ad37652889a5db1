"""Somebody who mistypes an address is shown a page; a page's worker is told in JSON."""

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import Route

from app.shells import ERRORS, error_path
from tests.support.browser import PHONE
from tests.support.databases import ROOT
from tests.support.widths import sound_at_both


def test_an_address_without_a_page_shows_one_that_says_so(shared_server, visit) -> None:
    lost = visit(shared_server.url, PHONE)
    lost.expect("404")
    page = lost.go("/no-such-page")
    page.get_by_role("heading", level=1, name="There is no page at this address").wait_for()
    sound_at_both(page)


def answering(status: int) -> Callable[[Route], None]:
    """The page for this status, in place of the server's answer."""
    page = error_path(ROOT / "build", status).read_bytes()
    return lambda route: route.fulfill(status=status, body=page, content_type="text/html; charset=utf-8")


def test_every_page_that_says_what_went_wrong_or_nothing_at_all_is_sound(shared_server, visit) -> None:
    """In one visit, each page loaded once: those that the server answers with when it can't, and those that ask for nothing."""
    here = visit(shared_server.url, PHONE)
    here.expect("429|50[03]")
    headings = {429: "We ask you to wait", 500: "This page did not work", 503: "No connection right now"}
    assert headings.keys() == ERRORS.keys() - {404}
    for status, words in headings.items():
        here.context.route(f"**/gives-{status}", answering(status))
        here.go(f"/gives-{status}").get_by_role("heading", level=1, name=words).wait_for()
        sound_at_both(here.page)
    for address, words in (("/accessibility", "Made to be used your way"), ("/exit", "Blank page")):
        here.go(address).get_by_role("heading", level=1, name=words).wait_for(state="attached")
        sound_at_both(here.page)


def test_a_worker_that_asks_for_an_address_without_a_view_is_told_in_json(shared_server) -> None:
    answer = requests.get(f"{shared_server.url}/no-such-page", timeout=10)
    assert (answer.status_code, answer.json()["error"]) == (404, "not-found")


@pytest.mark.parametrize("address", ["/log/x", "/research/x", "/viewer"])
def test_rooms_that_do_not_exist_yet_are_not_there(shared_server, address) -> None:
    answer = requests.get(shared_server.url + address, headers={"Accept": "text/html"}, timeout=10)
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.text
    assert "Content-Security-Policy" in answer.headers
