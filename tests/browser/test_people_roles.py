"""Every part that the organisation has can be invited; each comes to a page of their own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cast import (
    ROLES,
    SLOW_MS,
    arrived,
    button,
    call,
    certify,
    invite,
    join,
    settled,
    sign_in,
    waiting_card,
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


def test_each_part_says_what_it_will_see_and_who_needs_the_root_sheet(
    server: Server, visit: Callable[..., Visit]
) -> None:
    page = settled(server, visit(server.url, PHONE)).visit.go("/people")
    for role in ROLES:
        expect(page.locator(f"label[for=roles-{ROLES[role]}]")).to_contain_text(SEES[role], timeout=SLOW_MS)
    said = page.get_by_text("Have the root sheet with you on the day of the call.")
    expect(said).to_have_count(0)
    page.locator("#roles-steward").check()
    expect(said).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize(
    ("role", "sees"), [("Research steward", "Publish a release"), ("Researcher", "Read this first, then sign")]
)
def test_whoever_works_with_research_comes_to_its_page(
    server: Server, visit: Callable[..., Visit], role: str, sees: str
) -> None:
    carl = settled(server, visit(server.url))
    stan = join(visit(server.url, PHONE), invite(carl, role), name="Stan Kim", email="stan@example.org")
    call(carl, stan)
    expect(waiting_card(carl.page, "Stan Kim").get_by_text("you need the root sheet")).to_have_count(
        1 if role == "Research steward" else 0
    )
    assert_accessible(carl.page)
    certify(carl, stan, root_sheet=carl.root_sheet if role == "Research steward" else "")
    page = sign_in(visit(server.url, PHONE), stan)
    assert page.url.endswith("/research")
    expect(page.get_by_role("heading", name=sees)).to_be_visible(timeout=SLOW_MS)
    page.locator("#rooms").get_by_role("link", name="People").click()
    expect(button(page, "Make another sheet")).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("#rooms").get_by_role("link", name="Research")).to_be_visible()
    expect(page.locator("#rooms").get_by_role("link", name="Cases")).to_have_count(0)
    assert_accessible(page)
    assert_fits(page)


def test_an_auditor_finds_the_way_to_the_log(server: Server, visit: Callable[..., Visit]) -> None:
    carl = settled(server, visit(server.url))
    olga = arrived(carl, visit(server.url, PHONE), name="Olga Roth", role="auditor")
    certify(carl, olga)
    page = sign_in(visit(server.url, PHONE), olga)
    expect(page.get_by_role("heading", name="Who is who")).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("#rooms").get_by_role("link", name="Research")).to_have_count(0)
    page.locator("#rooms").get_by_role("link", name="The log").click()
    expect(page.get_by_role("heading", name="What was done, by month")).to_be_visible(timeout=SLOW_MS)
    assert_accessible(page)
    assert_fits(page)


def test_nobody_who_stays_away_from_cases_is_asked_where_they_worked(
    server: Server, visit: Callable[..., Visit]
) -> None:
    carl = settled(server, visit(server.url))
    page = visit(server.url, PHONE).go(invite(carl, "Researcher"))
    expect(page.get_by_text("Sees finished releases")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_label("Your name")).to_be_visible()
    expect(page.get_by_label("Specialty")).to_have_count(0)
    assert_accessible(page)
