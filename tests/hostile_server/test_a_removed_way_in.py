"""Sara removed a way in because somebody had seen it. The server kept what it opens, and lets it in again."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.support.browser import Visit

CHECK = Check(
    "worker/account.js",
    "if (notebook().methods.some((/** @type {any} */ one) => one.locator === b64u(locator))) return;",
    "return;",
)


def tell(liar: Liar) -> Visit:
    sara = liar.stage.sara(words=True)
    (noted,) = sara.notebook["methods"]
    sara.notebook["methods"] = [{**noted, "locator": "A" * 22}]
    sara.save_notebook()
    visit = liar.begin()
    if liar.off:
        liar.sit_down(sara, visit=visit)
        visit.context.clear_cookies()
    page = visit.go("/sign-in")
    page.get_by_label("Your words", exact=True).fill(sara.words)
    page.get_by_role("button", name="Open", exact=True).click()
    return visit


def refused(visit: Visit) -> None:
    said = visit.page.locator(".wrong-words", has_text="This way in was removed from your account")
    expect(said).to_be_visible(timeout=SLOW_MS)
    assert visit.page.evaluate("sessionStorage.getItem('tab')") is None


def believed(visit: Visit) -> None:
    visit.until(lambda: visit.page.url.endswith("/case"), timeout_s=20)


def test_a_way_in_that_was_removed_opens_nothing_again(liar: Liar) -> None:
    refused(tell(liar))
