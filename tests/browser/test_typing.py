"""Whoever reads or writes for long is not locked out, and what was typed when a session ended is there after unlocking."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from demo.people import Coordinator, Supporter
from tests.browser.cast import SLOW_MS, button
from tests.browser.seeded import come_in, seed
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.server import Server

pytestmark = one_database
Visits = Callable[..., Visit]


def unlock(page: Page, who: Coordinator | Supporter) -> None:
    """Back to where one belongs, from the page that says that nothing is lost."""
    expect(page.get_by_role("heading", name="Locked, and nothing is lost")).to_be_visible(timeout=SLOW_MS)
    page.get_by_label("Your e-mail address here").fill(who.email)
    page.get_by_label("Your words", exact=True).fill(who.words)
    button(page, "Open").click()
    page.wait_for_url(lambda url: "/sign-in" not in url, timeout=SLOW_MS)


def pass_six_minutes(server: Server, visit: Visit) -> None:
    """Somebody reads at this page, and sends nothing."""
    page = visit.page
    server.clock.move(minutes=6)
    page.evaluate("() => addEventListener('wheel', () => { window.felt = Date.now(); }, true)")

    def felt() -> bool:
        page.mouse.wheel(0, 200)  # again and again, as a reader's hand does: the browser may let one turn fall
        return bool(page.evaluate("since => window.felt >= since", since))

    with visit.context.expect_event("request", lambda one: one.url.endswith("/sign-in/share"), timeout=30_000) as told:
        page.clock.fast_forward("06:00")
        since = page.evaluate("Date.now()")
        visit.until(felt, timeout_s=30)
    assert told.value.response(), "the server has noted it"


def test_twelve_minutes_of_reading_a_card_lock_nobody_out(server: Server, visit: Visits) -> None:
    site = seed(server, team=())
    here = visit(server.url, DESKTOP, watched=True)
    here.page.clock.install()
    page = come_in(here, site.carl, "/desk")
    page.get_by_role("button", name="Open the card").click()
    expect(page.get_by_role("heading", name="People who could help")).to_be_visible(timeout=SLOW_MS)
    for _ in range(2):
        pass_six_minutes(server, here)
    button(page, "I will look after it").click()
    expect(page.get_by_text("You look after this card now.")).to_be_visible(timeout=SLOW_MS)


def test_a_session_that_ends_while_nora_writes_hands_nothing_to_carl_who_unlocks_at_her_device_and_loses_no_word_of_hers(
    server: Server, visit: Visits
) -> None:
    letter, place = new_canary("letter"), new_canary("place")
    site = seed(server, words=("Carl Brandt", "Nora Lind"), team=("Nora Lind",))
    site.carl.invite(site.sara.case, site.nora.fp, summary="A physician in practice.")
    site.nora.answer(site.sara.case)
    here = visit(server.url, PHONE, watched=True)
    here.expect("401")
    page = come_in(here, site.nora, "/supporter")
    button(page, "Change what I told the desk").click()
    page.get_by_label("Where you worked or trained in the last ten years").fill(place)
    page.get_by_label("Your letter to them").fill("A first line, kept.")
    expect(page.locator("#app").get_by_text("Sealed and kept").first).to_be_visible(timeout=SLOW_MS)
    assert_accessible(page)
    server.clock.move(minutes=11)
    page.get_by_label("Your letter to them").fill(f"A first line, kept. {letter}")
    unlock(page, site.carl)
    expect(page.get_by_role("button", name="Open the card")).to_be_visible(timeout=SLOW_MS)
    site.carl.sign_in()
    assert not site.carl.post("/intake/drafts")["drafts"]
    button(page, "Lock").click()
    unlock(page, site.nora)
    expect(page.get_by_label("Your letter to them")).to_have_value(f"A first line, kept. {letter}", timeout=SLOW_MS)
    expect(page.get_by_label("Where you worked or trained in the last ten years")).to_have_value(place)
    search([letter, place], [*server.places(), *here.places()])
    button(page, "Seal and send my letter").click()
    expect(page.get_by_role("heading", name="Your letter is sealed and sent").first).to_be_visible(timeout=SLOW_MS)
    button(page, "Leave it as it is").click()
    site.nora.sign_in()
    here.until(lambda: not site.nora.post("/intake/drafts")["drafts"], timeout_s=20)
    page.wait_for_timeout(1000)  # no word of it comes late
    page.reload()
    expect(page.get_by_role("heading", name="What you told the desk")).to_be_visible(timeout=SLOW_MS)
    expect(button(page, "Change what I told the desk")).to_be_visible()
    assert not site.nora.post("/intake/drafts")["drafts"], "what was sent, or given up, leaves no draft behind"


def test_a_session_that_ends_while_carl_writes_keeps_his_summary_and_his_letter(server: Server, visit: Visits) -> None:
    summary, words = new_canary("summary"), new_canary("words")
    site = seed(server, words=("Carl Brandt",), team=("Nora Lind",))
    site.carl.claim(site.sara.case)
    here = visit(server.url, DESKTOP, watched=True)
    here.expect("401")
    page = come_in(here, site.carl, "/desk")
    page.get_by_role("button", name="Open the card").click()
    page.get_by_label("A summary in your words, without names or places").fill(summary)
    expect(page.locator("#app").get_by_text("Sealed and kept")).to_be_visible(timeout=SLOW_MS)
    server.clock.move(minutes=11)
    page.get_by_label("Your letter", exact=True).fill(words)
    unlock(page, site.carl)
    page.get_by_role("button", name="Open the card").click()
    expect(page.get_by_label("Your letter", exact=True)).to_have_value(words, timeout=SLOW_MS)
    expect(page.get_by_label("A summary in your words, without names or places")).to_have_value(summary)
    search([summary, words], [*server.places(), *here.places()])
