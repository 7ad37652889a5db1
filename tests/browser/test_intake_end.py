"""The last pages of the intake: whom the card goes to, the receipt, and what a locked page still holds."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Route, expect

from crypto import checkpoint, keys, log
from crypto.frame import H, frame, unframe
from demo.wire import b64, unb64
from tests.browser.cast import button, heading
from tests.browser.intake import founded, ready_to_send, send
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.server import Server

pytestmark = one_database

Visits = Callable[..., Visit]


def test_who_came_to_the_desk_in_between_is_named_before_the_card_goes_and_a_receipt_of_the_log_is_shown_with_its_day(
    server: Server, visit: Visits
) -> None:
    cast = founded(server)
    site = cast.carl.site
    sara = ready_to_send(server, visit)
    seed, other = (server.instance / "log.key").read_bytes(), H(b"another leaf")

    def included(receipt: str) -> str:
        fields = unframe("receipt", unb64(receipt))
        leaf = log.leaf_hash(log.leaf(fields["tag"], log.commit(fields["salt"], fields["event"])))
        text = checkpoint.checkpoint_text(site, 1, 2, H(b"\x01" + leaf + other))
        note = keys.sign_note(text, text.split("\n", 1)[0], seed)
        return b64(frame("receipt", {**fields, "index": 0, "proof": [other], "checkpoint": note}))

    def handle(route: Route) -> None:
        response = route.fetch(max_retries=3)
        answer: dict[str, Any] = response.json()
        answer["receipts"] = {name: included(one) for name, one in answer["receipts"].items()}
        route.fulfill(response=response, json=answer)

    expect(sara.page.locator("#card-readers")).to_contain_text("Carl Coordinator")
    cast.coordinator("Dana Reyes")
    button(sara.page, "Send the card and seal my account").click()
    expect(sara.page.get_by_text("Another coordinator has come since you opened this page.").first).to_be_visible()
    expect(sara.page.locator("#card-readers")).to_contain_text("Dana Reyes")
    assert not cast.carl.queue()
    sara.visit.context.route("**/intake/submit", handle)
    send(sara)
    expect(sara.page.locator("#sent-day")).to_contain_text(time.strftime("%Y", time.gmtime(server.clock.now_s())))


def test_a_locked_page_holds_no_line_of_the_card(server: Server, visit: Visits) -> None:
    founded(server)
    sara = ready_to_send(server, visit)
    lines = [line for line in sara.page.locator("#card dd[translate=no]").all_inner_texts() if line]
    assert lines
    sara.visit.expect("401")
    sara.visit.context.clear_cookies()
    sara.page.locator("#card button").last.click()  # something to keep, and nobody to keep it
    heading(sara.page, "Locked, and nothing is lost")
    assert not [line for line in lines if line in sara.page.locator("section[data-step=review]").inner_html()]
