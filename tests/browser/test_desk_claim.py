"""Whoever takes a card invites and writes, one at a time; what goes out half-way is told by name, and goes out once."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from demo.people import Coordinator
from tests.browser.cast import SLOW_MS, button
from tests.browser.seeded import Seeded, come_in, seed
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, Visit
from tests.support.databases import one_database
from tests.support.layout import assert_fits
from tests.support.server import Server

pytestmark = one_database

TEAM = ("Nora Lind", "Tomas Vega", "Ruth Baum")
SUMMARY = "A physician in practice raised a safety problem."


def second(site: Seeded) -> Coordinator:
    dana = Coordinator(site.carl.wire.another(), "Dana Reyes", now_s=site.server.clock.now_s)
    dana.join(site.carl.invite_staff("coordinator"))
    site.carl.certify(dana)
    return dana


def open_card(page: Page) -> None:
    page.get_by_role("button", name="Open the card").click()
    expect(page.get_by_role("heading", name="People who could help")).to_be_visible(timeout=SLOW_MS)


def choose(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("A summary in your words, without names or places").fill(SUMMARY)


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").or_(page.get_by_role("alert")).filter(has_text=words)).to_be_visible(
        timeout=SLOW_MS
    )


def test_nothing_goes_out_before_somebody_has_taken_the_card_and_who_was_suspended_meanwhile_is_named(
    server: Server, visit: Callable[..., Visit]
) -> None:
    site = seed(server, team=TEAM)
    desk = visit(server.url, PHONE)
    page = come_in(desk, site.carl)
    open_card(page)
    expect(page.get_by_text("Nobody has taken it.")).to_be_visible()
    for form in (page.get_by_role("checkbox"), page.get_by_label("Your letter", exact=True)):
        expect(form).to_have_count(0)
    assert_accessible(page)
    assert_fits(page)
    button(page, "I will look after it").click()
    expect(page.get_by_role("checkbox", name="Nora Lind")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_label("Your letter", exact=True)).to_be_visible()

    choose(page, *TEAM)
    site.carl.list_people(revoke=(site.team["Tomas Vega"].fp,))
    button(page, "Invite 3 people").click()
    told(page, "One person is not invited yet")
    expect(page.get_by_text("2 people are invited.")).to_be_visible()  # the others
    assert len(site.nora.invitations()) == 1


def test_a_card_that_another_coordinator_claimed_is_not_taken_twice_until_she_is_gone(
    server: Server, desktop: Visit
) -> None:
    site = seed(server, team=("Nora Lind",))
    dana = second(site)
    site.carl.claim(site.sara.case)
    page = come_in(desktop, site.carl)
    open_card(page)
    choose(page, "Nora Lind")
    site.carl.claim(site.sara.case, release=True)  # on another device
    dana.claim(site.sara.case)
    desktop.expect("409")
    button(page, "Invite one person").click()
    told(page, "Nothing was changed or sent.")
    expect(page.get_by_text("Dana Reyes looks after it, and is the one who invites")).to_be_visible()
    assert site.nora.invitations() == []

    dana.claim(site.sara.case, release=True)
    button(page, "Back to the list").click()
    open_card(page)
    expect(page.get_by_text("Nobody has taken it.")).to_be_visible(timeout=SLOW_MS)
    dana.claim(site.sara.case)
    button(page, "I will look after it").click()
    told(page, "did not go through")
    expect(page.get_by_text("Dana Reyes looks after it, and is the one who invites")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)

    site.carl.list_people(revoke=(dana.fp,))
    page = desktop.go("/desk")
    open_card(page)
    button(page, "I will look after it").click()
    expect(page.get_by_text("You look after it. If you give it back")).to_be_visible(timeout=SLOW_MS)


def test_when_the_connection_drops_half_way_the_rest_is_invited_once_more_and_a_no_that_went_out_is_not_sent_again(
    server: Server, desktop: Visit
) -> None:
    site = seed(server, team=TEAM)
    site.carl.claim(site.sara.case)
    page = come_in(desktop, site.carl)
    open_card(page)
    choose(page, *TEAM)
    sent: list[Route] = []

    def drop(route: Route) -> None:
        sent.append(route)
        if len(sent) == 2:
            route.fetch(max_retries=3)  # it arrives, and its answer is lost
        route.continue_() if len(sent) == 1 else route.abort()

    desktop.expect("failed|Failed to load")
    page.context.route("**/letters", drop)
    button(page, "Invite 3 people").click()
    told(page, "2 people are not invited yet")
    told(page, "One person is invited.")
    page.context.unroute("**/letters", drop)
    button(page, "Invite 2 people").click()
    expect(page.get_by_text("2 people are invited.")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("not invited yet")).to_have_count(0)
    assert [len(site.team[name].invitations()) for name in TEAM] == [1, 1, 1]
    button(page, "Back to the list").click()
    expect(page.get_by_text("Looking for people")).to_be_visible(timeout=SLOW_MS)

    open_card(page)
    page.get_by_label("No, with the reason").check()
    page.get_by_label("Your letter", exact=True).fill("Not before spring. Here is who can.")
    page.context.route("**/desk/state", lambda route: route.abort())
    button(page, "Seal and send my letter").click()
    told(page, "The stage is not changed yet")
    page.context.unroute("**/desk/state")
    button(page, "Change it to “Answered: not with us”").click()
    told(page, "The stage is changed.")
    expect(page.get_by_text("Answered: not with us")).to_be_visible()
    assert len(site.sara.letters("word")) == 1
