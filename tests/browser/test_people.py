"""From an invitation to the list: keys made by Nora, words compared on a call, the list signed by Carl."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from crypto import keys
from demo import people
from demo.wire import b64
from tests.browser.cast import (
    SLOW_MS,
    arrived,
    button,
    call,
    heading,
    invite,
    join,
    let_in,
    link_of,
    listed,
    newcomer,
    settled,
    sign_by_root,
    sign_in,
    waiting_card,
)  # fmt: skip
from tests.support import canary
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Stage
from tests.support.widths import sound_at_both

pytestmark = one_database


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible(timeout=SLOW_MS)


def test_nora_joins_is_compared_by_voice_and_comes_in_as_a_supporter(
    server: Server, visit: Callable[..., Visit]
) -> None:
    where, when = canary.new_canary("employer"), canary.new_canary("evenings")
    carl = settled(server, visit(server.url, DESKTOP, watched=True))
    nora = join(
        visit(server.url, PHONE, watched=True), invite(carl), name="Nora Lind", email="nora.qvkzwtrnblm@example.org",
        employers=f"Lakeside Clinic\n{where}", availability=when,
    )  # fmt: skip
    assert "#" not in nora.page.url
    sound_at_both(nora.page)
    card = call(carl, nora)
    expect(card.get_by_text(where)).to_be_visible()
    sound_at_both(carl.page)
    let_in(carl, nora.name)
    sound_at_both(carl.page)
    button(nora.page, "Look again").click()
    says(nora.page, "Who is who")
    assert sign_in(visit(server.url, PHONE), nora).url.endswith("/supporter")
    assert sign_in(visit(server.url, DESKTOP), nora, by_sheet=True).url.endswith("/supporter")
    canary.search([where, when, nora.email], [*nora.visit.places(), *carl.visit.places(), *server.places()])


def test_words_that_differ_keep_a_key_out_and_one_coordinator_suspends_at_once_whom_the_page_tells(
    server: Server, visit: Callable[..., Visit]
) -> None:
    carl = settled(server, visit(server.url, PHONE))
    nora, tomas = arrived(carl, visit(server.url), words=True), arrived(carl, visit(server.url), name="Tomas Vega")
    listed(carl, nora)
    card, page = call(carl, tomas), carl.page
    expect(card).to_contain_text("Nobody comes in before this.")
    button(card, "They differ").click()
    says(page, "Then do not let this key in")
    assert_accessible(page)
    button(card, "Remove this key").click()
    says(page, "The key is removed.")
    expect(waiting_card(page, "Tomas Vega")).to_have_count(0)

    page.get_by_role("button", name="Suspend for Nora Lind").or_(
        page.get_by_role("button", name="Suspend Nora Lind")
    ).click()
    sound_at_both(page)
    button(page, "Suspend Nora Lind").click()
    says(page, "Nora Lind is suspended.")
    nora.go("/people")
    says(nora.page, "Your key is suspended")
    assert sign_in(visit(server.url), nora).url.endswith("/people")


def test_two_coordinators_must_both_hear_the_words_and_a_coordinator_needs_the_root_sheet(
    server: Server, visit: Callable[..., Visit]
) -> None:
    carl = settled(server, visit(server.url), coordinators=2)
    newcomer(carl, "Tomas Vega")
    cora = arrived(carl, visit(server.url), name="Cora Vale", role="coordinator")
    nora = arrived(carl, visit(server.url))
    carl.go("/people")
    let_in(carl, "Tomas Vega", root_sheet=carl.root_sheet)
    button(call(carl, cora), "They match").click()
    assert carl.person
    sign_by_root(carl.page, keys.sheet_text(keys.new_sheet(), carl.person.site))
    expect(carl.page.get_by_text("not the forty letters of a root sheet")).to_be_visible()
    assert_accessible(carl.page)
    sign_by_root(carl.page, carl.root_sheet)
    says(carl.page, "Cora Vale is in the list.")
    expect(carl.page.get_by_text("Two coordinators must agree on who is let in.")).to_be_visible()

    button(call(carl, nora), "They match").click()
    says(carl.page, "You have signed for Nora Lind.")
    nora.go("/people")
    says(nora.page, "One step left: a call")
    call(cora, nora)
    says(cora.page, "Carl Brandt has signed for Nora Lind")
    assert_accessible(cora.page)

    # What Tomas told the desk before Cora came was sealed to Carl alone, and was handed on with her certification.
    row = cora.page.get_by_role("row").filter(has_text="Tomas Vega")
    row.get_by_text("Profile").click()
    expect(row.get_by_text("Lakeside Clinic")).to_be_visible()

    button(waiting_card(cora.page, "Nora Lind"), "They match").click()
    says(cora.page, "Nora Lind is in the list.")
    nora.go("/people")
    says(nora.page, "This list is current")


def test_a_list_that_ends_soon_is_renewed_by_a_coordinators_visit_and_says_so_to_others(
    server: Server, visit: Callable[..., Visit]
) -> None:
    carl = settled(server, visit(server.url))
    nora = arrived(carl, visit(server.url))
    listed(carl, nora)
    assert carl.person and nora.person
    saw_the_list(carl.person)
    server.clock.move(days=8)
    nora.person.sign_in()
    page = nora.go("/people")
    answer_the_date(page)
    says(page, "This list has run out")
    assert_accessible(page)
    carl.person.sign_in()
    carls = carl.go("/people")
    answer_the_date(carls)
    renewed = carls.get_by_role("heading", name=re.compile("^This list (was renewed just now|is current)$"))
    expect(renewed).to_be_visible(timeout=SLOW_MS)  # by this page, or as he came in
    page.reload()
    says(page, "This list is current")


def test_a_list_that_has_been_over_for_long_is_signed_only_after_a_coordinator_looked(
    server: Server, visit: Callable[..., Visit]
) -> None:
    carl = settled(server, visit(server.url, PHONE))
    server.clock.move(days=20)
    assert carl.person
    carl.person.sign_in()
    page = carl.go("/desk")
    answer_the_date(page)
    says(page, "The list of people waits for your eyes")  # at the desk, before anything is written in vain
    page.get_by_role("link", name="Look at the list").click()
    says(page, "Nothing was signed. This list waits for your eyes")
    expect(page.get_by_text("Version 1 ran out on")).to_be_visible()
    expect(page.get_by_text("It lets nobody in and takes nobody out. One person is in the list.")).to_be_visible()
    assert_accessible(page)
    button(page, "Renew this list").click()
    says(page, "This list was renewed just now")
    page.goto("/desk")
    expect(page.get_by_role("heading", level=1, name="Nobody is waiting for us")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("heading", name="The list of people waits for your eyes")).to_have_count(0)


def saw_the_list(person: people.Staff) -> None:
    """Their notes say how far the list was when they last looked."""
    state = person.directory().state
    person.notebook["pins"]["directory"] = {"version": state.version, "hash": b64(state.hash)}
    person.save_notebook()


def answer_the_date(page: Page) -> None:
    """The device is days behind the site; its owner looks at a calendar."""
    expect(page.get_by_role("dialog")).to_be_visible(timeout=SLOW_MS)
    assert_accessible(page)
    button(page, "Yes, it is").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    while page.evaluate("sessionStorage.getItem('date-trusted')") is None:  # kept a moment later, for her next pages
        page.wait_for_timeout(25)


def test_an_invitation_that_does_not_open_says_why_and_a_bad_address_is_said_next_to_the_field_and_loses_nothing(
    server: Server, visit: Callable[..., Visit]
) -> None:
    carl = Stage(server).carl
    one, old = carl.invite_staff(), link_of(carl.invite_staff())
    people.Supporter(carl.wire.another(), "Nora Lind", now_s=server.clock.now_s).join(one)
    used = link_of(one)
    omar = visit(server.url, PHONE)
    omar.expect("40[04]|410")
    page = omar.go(used)
    says(page, "This invitation was used")
    omar.page.goto("about:blank")
    page = omar.go(old[:-2])
    says(page, "This invitation does not open")
    expect(page.get_by_text("A part of the link is missing.")).to_be_visible()
    assert_accessible(page)
    omar.page.goto("about:blank")
    a_bad_address_is_said_next_to_the_field_and_nothing_typed_is_lost(omar.go(old))
    server.clock.move(days=7)
    omar.page.goto("about:blank")
    page = omar.go(old)
    expect(page.get_by_text("This invitation ended after seven days.")).to_be_visible(timeout=SLOW_MS)


def a_bad_address_is_said_next_to_the_field_and_nothing_typed_is_lost(page: Page) -> None:
    heading(page, "Thank you for coming to help")
    assert "#" not in page.url  # the secret of the link
    assert_accessible(page)
    page.get_by_label("Your name").fill("N<3ra")
    page.get_by_label("When you can help").fill("Sundays")
    button(page, "Make my key").click()
    expect(page.get_by_text("Type your name in letters")).to_be_visible()
    page.get_by_label("Your name").fill("Nora Lind")
    button(page, "Make my key").click()
    expect(page.get_by_text("such as name@example.org")).to_be_visible()
    expect(page.get_by_label("When you can help")).to_have_value("Sundays")
    assert_accessible(page)
