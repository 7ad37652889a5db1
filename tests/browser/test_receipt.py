"""Sara's receipt: a wrong one does not open what was taken, and one that came too late is still hers."""

import json
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser.cast import SLOW_MS, button, heading
from tests.browser.intake import founded, ready_to_send
from tests.support.axe import assert_accessible
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.layout import assert_fits
from tests.support.server import Server

Visits = Callable[..., Visit]
pytestmark = one_database
SEND = "Send the card and seal my account"


def test_after_a_receipt_that_does_not_fit_the_same_bytes_go_again(server: Server, visit: Visits) -> None:
    carl = founded(server).carl
    sara = ready_to_send(server, visit)
    bodies: list[bytes] = []
    wrong = ["record", "card"]  # first the one, then the other

    def another(route: Route) -> None:
        bodies.append(route.request.post_data_buffer or b"")
        response = route.fetch(max_retries=3)
        answer = response.json()
        if len(bodies) <= len(wrong):
            name = wrong[len(bodies) - 1]
            answer["receipts"][name] = answer["receipts"]["roster"]
        route.fulfill(response=response, json=answer)

    sara.visit.context.route("**/intake/submit", another)
    button(sara.page, SEND).click()
    expect(sara.page.get_by_role("heading", name="It was taken, and its receipt does not fit")).to_be_visible()
    expect(sara.page.get_by_text("It was not sent")).to_have_count(0)
    expect(sara.page.get_by_role("button", name="Take off Call me")).to_have_count(0)
    assert_accessible(sara.page)
    button(sara.page, "Ask again").click()
    sara.visit.until(lambda: len(bodies) == 2)
    expect(sara.page.get_by_role("heading", name="It was taken, and its receipt does not fit")).to_be_visible()
    button(sara.page, "Ask again").click()
    heading(sara.page, "It is sealed, and we have it")
    assert len(bodies) == 3 and len(set(bodies)) == 1
    assert len(carl.queue()) == 1


def test_who_closed_the_tab_before_the_answer_finds_the_receipt_on_her_page(server: Server, visit: Visits) -> None:
    carl = founded(server).carl
    sara = ready_to_send(server, visit)
    sent: list[dict[str, str]] = []
    sara.visit.context.route(
        "**/intake/submit", lambda route: sent.append(route.fetch(max_retries=3).json()["receipts"])
    )
    button(sara.page, SEND).click()
    sara.visit.until(lambda: bool(sent))
    page = sara.visit.go("/case")
    page.locator("#rooms").get_by_role("button", name="What I sent").click()
    button(page, "Check and show it").click()
    expect(page.get_by_text("it stands in our log")).to_be_visible(timeout=SLOW_MS)
    assert_accessible(page)
    assert_fits(page)
    with page.expect_download() as saved:
        button(page, "Save the receipt").click()
    kept = json.loads(saved.value.path().read_text())["receipts"]
    for name in ("record", "roster"):
        mine, theirs = (carl.check_receipt(one[name]) for one in (kept, sent[0]))
        assert (mine["object"], mine["leaf_hash"]) == (theirs["object"], theirs["leaf_hash"]), name
