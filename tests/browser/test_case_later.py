"""What Sara left for later: asked at a later visit, and put off again if she likes."""

from playwright.sync_api import expect

from demo.people import Peer
from tests.browser.cast import SLOW_MS, button
from tests.browser.test_case import head, press
from tests.browser.test_case_research import LATER, SAVE
from tests.support.browser import PHONE
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device
from tests.support.widths import sound_at_both

pytestmark = one_database


def earlier(server: Server) -> tuple[Stage, Peer]:
    """Sara sent her account three days ago, and comes back."""
    server.clock.move(days=-3)
    stage = Stage(server)
    sara = stage.sara(LATER)
    server.clock.move(days=3)
    sara.sign_in()
    return stage, sara


def test_what_was_left_for_later_is_asked_at_a_later_visit_and_can_be_put_off(server: Server, visit: Begin) -> None:
    stage, sara = earlier(server)
    here = device(visit, stage, sara, PHONE, watched=True)
    page = here.page
    left = page.locator("section[aria-labelledby=later-head]")
    expect(left).to_contain_text("Research", timeout=SLOW_MS)
    expect(left).to_contain_text("Asking me later")
    expect(left).not_to_contain_text("Sorting")
    sound_at_both(page)
    button(left, "Look at the choices").click()
    head(page, "What you agreed to")
    press(page, "Back to your page")
    left.get_by_role("button", name="Not now").click()
    expect(left).to_have_count(0)
    press(page, "Read or add to what I sent")
    page.get_by_label("What you want to add").fill("One thing more.")
    with here.context.expect_event("request", lambda one: one.url.endswith(SAVE), timeout=SLOW_MS) as saved:
        button(page, "Seal and add").click()
        expect(page.get_by_text("Added on")).to_be_visible(timeout=SLOW_MS)
    assert saved.value.response()  # "not now" is noted with a save that happens anyway, and it has arrived
    page.reload()
    here.until("document.body.dataset.log === 'proven'", timeout_s=20)
    page.wait_for_timeout(500)
    expect(left).to_have_count(0)
