"""A page that the browser keeps whole for Back shows nothing when it comes back, and holds no key meanwhile."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cast import SLOW_MS, button, founding_link, heading
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device

pytestmark = one_database

KEPT = "name => dispatchEvent(new PageTransitionEvent(name, { persisted: true }))"


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def workers(page: Page, many: int) -> None:
    """The page has so many. The browser tells of them a moment later."""
    end = time.monotonic() + 10
    while len(page.workers) != many:
        assert time.monotonic() < end, f"it has these workers, and not {many}: {page.workers}"
        page.wait_for_timeout(25)


def shows_nothing(page: Page) -> None:
    """Neither on the screen nor in the title; and the worker with the keys is gone."""
    page.wait_for_function(
        "document.body.childElementCount === 0 && document.documentElement.classList.contains('gone')"
    )
    assert page.evaluate("document.body.textContent") == ""
    expect(page).to_have_title("Blank page")
    workers(page, 0)


def test_a_page_is_blank_before_the_browser_keeps_it_and_is_loaded_anew_when_it_comes_back(
    stage: Stage, visit: Begin
) -> None:
    sara, nora = stage.together()
    for person, path in ((sara, "/case"), (nora, "/supporter"), (stage.carl, "/desk"), (stage.carl, "/people")):
        page = device(visit, stage, person, path=path).page
        expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)
        workers(page, 1)
        page.evaluate(KEPT, "pagehide")
        shows_nothing(page)
        with page.expect_navigation():
            page.evaluate(KEPT, "pageshow")
        expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)
        expect(page.locator("#app > *").first).to_be_visible(timeout=SLOW_MS)
        if path == "/case":
            back_to_a_case_that_was_left_for_another_page_asks_the_keys_anew(page)


def back_to_a_case_that_was_left_for_another_page_asks_the_keys_anew(page: Page) -> None:
    expect(page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)
    page.evaluate("document.body.dataset.first = 'yes'")
    page.goto("/privacy")
    page.go_back()
    expect(page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)
    assert page.evaluate("document.body.dataset.first") is None


def test_the_root_sheet_is_not_there_when_the_first_coordinator_comes_back(
    server: Server, visit: Callable[..., Visit]
) -> None:
    page = visit(server.url).go(founding_link(server))
    page.get_by_label("Your name, as others will see it").fill("Carl Brandt")
    page.get_by_label("Your e-mail address").fill("carl@example.org")
    button(page, "Make the keys").click()
    heading(page, "The root sheet")
    page.evaluate(KEPT, "pagehide")
    shows_nothing(page)
