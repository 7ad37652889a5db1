"""The worker of a page begins before the page has all of its modules. If it never comes, the page says so."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS
from tests.support.browser import PHONE, Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Stage

pytestmark = one_database
WORKER = "**/js/worker/main.js"


def test_a_worker_that_never_comes_is_owned_up_to_and_the_next_load_goes_on(
    server: Server, visit: Callable[..., Visit]
) -> None:
    stage = Stage(server)
    here = visit(server.url, PHONE)
    asked: list[str] = []
    here.page.on("request", lambda request: asked.append(request.url.split("/js/")[-1]))
    page = stage.sit_down(here, stage.sara(), "/case")
    expect(page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)
    assert asked.index("worker/cases.js") < asked.index(f"{server.url}/sign-in/share"), "it waited for the page"

    here.expect("404|ERR_BLOCKED_BY_RESPONSE")
    here.context.route(WORKER, lambda route: route.fulfill(status=404, body=""))
    page.reload()
    expect(page.get_by_text("This page did not start. That is our fault.")).to_be_visible(timeout=SLOW_MS)
    here.context.unroute(WORKER)
    page.reload()
    expect(page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)


@pytest.mark.parametrize("path", ["/desk", "/supporter", "/people", "/instruments"])
def test_a_page_of_staff_whose_beginning_fails_says_so_at_once(
    server: Server, visit: Callable[..., Visit], path: str
) -> None:
    """With or without a worker: whoever stands between two shifts does not wait for a page that will not come."""
    stage, here = Stage(server), visit(server.url, PHONE)
    here.expect("404|ERR_BLOCKED_BY_RESPONSE|ERR_CONNECTION_REFUSED")
    here.context.route(WORKER, lambda route: route.fulfill(status=404, body=""))
    page = stage.sit_down(here, stage.carl, path)
    expect(page.get_by_text("This page did not start. That is our fault.")).to_be_visible(timeout=SLOW_MS)
    here.context.unroute(WORKER)

    here.context.route("**/sign-in/share", lambda route: route.abort("connectionrefused"))
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("The connection dropped before this was done.")).to_be_visible(timeout=SLOW_MS)
    here.context.unroute("**/sign-in/share")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#app .empty, #app h2").first).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
