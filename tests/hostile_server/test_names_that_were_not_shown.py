"""While Sara looks at her card the server is busy, so the page can't name who would get it. When she sends, it is there again."""

import json

from playwright.sync_api import Route, expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.intake import begin, go_through
from tests.hostile_server.liar import Check, Liar
from tests.support.browser import Visit

CHECK = Check("worker/intake.js", "if (!Array.isArray(named)) throw deskUnread();", "named ??= fps;")


def busy(route: Route) -> None:
    route.fulfill(status=503, body=json.dumps({"error": "busy", "words": "Busy."}), content_type="application/json")


def tell(liar: Liar) -> Visit:
    visit = liar.device(watched=True)
    sara = begin(visit, "Short way")
    visit.context.route("**/sign-in/nonce", busy)
    go_through(sara, named=False, contact_ok="inapp")
    visit.until(lambda: any(one.url.endswith("/sign-in/nonce") for one in visit.record.requests))
    sara.page.wait_for_timeout(1500)
    visit.context.unroute("**/sign-in/nonce", busy)
    button(sara.page, "Send the card and seal my account").click()
    return visit


def sent(visit: Visit) -> bool:
    return any(one.url.endswith("/intake/submit") for one in visit.record.requests)


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_text("this page did not show who would get your card").first).to_be_visible(
        timeout=SLOW_MS
    )
    expect(visit.page.locator("#card-readers")).to_contain_text("Carl Coordinator", timeout=SLOW_MS)
    assert not sent(visit)


def believed(visit: Visit) -> None:
    visit.until(lambda: sent(visit), timeout_s=20)


def test_a_card_goes_only_to_those_whose_names_were_read(liar: Liar) -> None:
    refused(tell(liar))
