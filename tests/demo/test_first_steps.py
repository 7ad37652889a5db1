"""What the README says to do first, done by hand with the words that are printed."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.cast import SLOW_MS, button
from tests.demo.conftest import Demo, one_database
from tests.support.browser import DESKTOP, PHONE, Visit

ACCOUNT = "My chief shouts at me"


def come_in(visit: Visit, demo: Demo, name: str) -> Page:
    entry, page = demo.entry(name), visit.go("/sign-in")
    if entry.email:
        button(page, "I am a volunteer or on staff").click(timeout=SLOW_MS)
        page.get_by_label("Your e-mail address here").fill(entry.email)
    page.get_by_label("Your words", exact=True).fill(entry.words)
    button(page, "Open").click()
    visit.until(lambda: "/sign-in" not in page.url, timeout_s=30)
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)
    return page


@one_database
def test_carl_sees_the_cards_and_no_account_and_when_sara_approves_nora_it_opens_to_her(
    own_demo: Demo, visit: Callable[..., Visit]
) -> None:
    demo = own_demo
    page = come_in(visit(demo.server.url, DESKTOP), demo, "Carl")
    expect(page.get_by_text("You can’t open an account")).to_be_visible()
    expect(page.get_by_role("button", name="Open the card")).to_have_count(7, timeout=SLOW_MS)
    page.get_by_role("button", name="Open the card").first.click()
    expect(page.get_by_role("heading", name="The card of")).to_be_visible(timeout=SLOW_MS)
    assert ACCOUNT not in page.content()

    nora = come_in(visit(demo.server.url, DESKTOP), demo, "Nora")
    expect(nora.get_by_text("The site says that you were approved", exact=True)).to_have_count(1)

    page = come_in(visit(demo.server.url, PHONE), demo, "Sara")
    button(page, "Read their letters").click()
    button(page, "Approve Nora Lind").click()
    button(page, "Yes, approve Nora Lind").click()
    expect(page.get_by_text("You approved Nora Lind").or_(button(page, "Remove Nora Lind")).first).to_be_visible(
        timeout=SLOW_MS
    )

    nora.reload()
    expect(nora.get_by_text("The site says that you were approved", exact=True)).to_have_count(2, timeout=SLOW_MS)
    case = demo.come_in("Nora").open(demo.seeded_case("Sara"))
    assert ACCOUNT in case.records[0]["payload"]["answers"]["narrative"]
