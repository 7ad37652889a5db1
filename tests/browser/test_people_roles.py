"""Every part that the organisation has can be invited; each comes to a page of their own."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.cast import (
    ROLES,
    SLOW_MS,
    arrived,
    button,
    call,
    invite,
    join,
    let_in,
    listed,
    settled,
    sign_in,
)  # fmt: skip
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, Visit
from tests.support.databases import one_database
from tests.support.layout import assert_fits
from tests.support.server import Server

pytestmark = one_database
SEES = {
    "Supporter": "only after that peer has said yes",
    "Coordinator": "Letting one in needs the root sheet.",
    "Research steward": "Letting one in needs the root sheet.",
    "Researcher": "Sees finished releases",
    "Auditor": "Sees counts of what was done, by month",
}


def each_part_says_what_it_will_see_and_who_needs_the_root_sheet(page: Page) -> None:
    for role in ROLES:
        expect(page.locator(f"label[for=roles-{ROLES[role]}]")).to_contain_text(SEES[role], timeout=SLOW_MS)
    said = page.get_by_text("Have the root sheet with you on the day of the call.")
    expect(said).to_have_count(0)
    page.locator("#roles-steward").check()
    expect(said).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


def at_the_page_of_research(page: Page, sees: str, sheet: str) -> None:
    """Where they come to, and what else is there for them."""
    assert page.url.endswith("/research")
    expect(page.get_by_role("heading", name=sees)).to_be_visible(timeout=SLOW_MS)
    page.locator("#rooms").get_by_role("link", name="People").click()
    expect(button(page, sheet)).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("#rooms").get_by_role("link", name="Research")).to_be_visible()
    expect(page.locator("#rooms").get_by_role("link", name="Cases")).to_have_count(0)
    assert_accessible(page)
    assert_fits(page)


def test_a_researcher_is_not_asked_where_they_worked_a_steward_needs_the_root_sheet_and_both_come_to_research(
    server: Server, visit: Callable[..., Visit]
) -> None:
    carl, here = settled(server, visit(server.url, PHONE)), visit(server.url, PHONE)
    each_part_says_what_it_will_see_and_who_needs_the_root_sheet(carl.go("/people"))
    page = here.go(invite(carl, "Researcher"))
    expect(page.get_by_text("Sees finished releases")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_label("Your name")).to_be_visible()
    expect(page.get_by_label("Specialty")).to_have_count(0)
    assert_accessible(page)
    stan = arrived(carl, visit(server.url, PHONE), name="Stan Kim", role="steward", words=True)
    rita = join(here, "", name="Rita Roe", email="rita@example.org")
    card = call(carl, rita)
    expect(card.get_by_text("you need the root sheet")).to_have_count(0)
    assert_accessible(carl.page)
    let_in(carl, rita.name)
    at_the_page_of_research(sign_in(visit(server.url, PHONE), rita), "Read this first, then sign", "Make another sheet")

    card = call(carl, stan)
    expect(card.get_by_text("you need the root sheet")).to_have_count(1)
    let_in(carl, stan.name, root_sheet=carl.root_sheet)
    at_the_page_of_research(sign_in(visit(server.url, PHONE), stan), "Publish a release", "Make a recovery sheet")


def test_an_auditor_finds_the_way_to_the_log(server: Server, visit: Callable[..., Visit]) -> None:
    carl = settled(server, visit(server.url))
    olga = arrived(carl, visit(server.url, PHONE), name="Olga Roth", role="auditor", words=True)
    listed(carl, olga)
    page = sign_in(olga.visit, olga)
    expect(page.get_by_role("heading", name="Who is who")).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("#rooms").get_by_role("link", name="Research")).to_have_count(0)
    page.locator("#rooms").get_by_role("link", name="The log").click()
    expect(page.get_by_role("heading", name="What was done, by month")).to_be_visible(timeout=SLOW_MS)
    assert_accessible(page)
    assert_fits(page)
