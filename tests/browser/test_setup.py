"""The ceremony: Carl opens the link that the server printed and leaves with two sheets and a site."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.cast import (
    SLOW_MS,
    button,
    give_words_back,
    heading,
    keep_sheet,
    printed_link,
    sheet_words,
)  # fmt: skip
from tests.support import canary
from tests.support.axe import assert_accessible
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.widths import sound_at_both

pytestmark = one_database

EMAIL = "carl.qvkzwtrnblm@example.org"


def test_carl_founds_the_site_every_step_forgives_nothing_that_opens_his_key_leaves_his_device_and_no_link_founds_twice(
    server: Server, phone: Visit, visit: Callable[..., Visit]
) -> None:
    link = printed_link(server)
    stranger = visit(server.url)
    stranger.expect("404|410")
    before = stranger.go("/setup#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    expect(before.get_by_text("This link does not open the ceremony")).to_be_visible(timeout=SLOW_MS)
    assert_accessible(before)

    page = phone.go(link)
    heading(page, "You are the first one here")
    sound_at_both(page)
    page.get_by_label("Your name, as others will see it").fill("Carl Brandt")
    page.get_by_label("Your e-mail address").fill("carl at example")
    button(page, "Make the keys").click()
    expect(page.get_by_text("such as name@example.org")).to_be_visible()
    expect(page.get_by_label("Your name, as others will see it")).to_have_value("Carl Brandt")
    page.get_by_label("Your e-mail address").fill(f"{EMAIL.title()} ")
    button(page, "Make the keys").click()

    heading(page, "The root sheet")
    sound_at_both(page)
    prints_alone_and_names_no_service(page)
    root_sheet = keep_sheet(page, "Go on")
    page.get_by_label("Last group of five").fill("AAAAA")
    button(page, "Go on").click()
    expect(page.get_by_text("This does not match the last group.")).to_be_visible()
    sound_at_both(page)
    page.get_by_label("Last group of five").fill(root_sheet.split()[-1].lower())
    button(page, "Go on").click()

    heading(page, "These six words are your key")
    sound_at_both(page)
    words = sheet_words(page)
    assert len(words) == 6
    button(page, "I have kept them").click()
    give_words_back(page, ["abacus"] * 6)
    expect(page.get_by_text("Look at your sheet again.").first).to_be_visible()
    sound_at_both(page)
    button(page, "Show me the words again").click()
    assert sheet_words(page) == words
    button(page, "I have kept them").click()
    a_connection_that_drops_here_costs_nothing(phone, words)
    sound_at_both(page)
    sheet = keep_sheet(page, "I have kept it")
    heading(page, "The site stands")
    expect(
        page.get_by_text("Until there is a second coordinator, letting someone in needs the root sheet.")
    ).to_be_visible()
    sound_at_both(page)
    page.get_by_role("link", name="Invite people").click()
    expect(page.get_by_text("Two coordinators must agree on who is let in.")).to_be_visible(timeout=SLOW_MS)
    assert "#" not in page.url
    places = [*phone.places(), *server.places()]
    canary.search([EMAIL, *("".join(code.split()) for code in (sheet, root_sheet))], places)
    two = " ".join(words[:2]).encode()
    assert not [place.name for place in places for piece in place.pieces.values() if two in piece]

    stranger.page.goto("about:blank")
    late = stranger.go(link)
    expect(late.get_by_text("This link was used, and the site stands.")).to_be_visible(timeout=SLOW_MS)


def a_connection_that_drops_here_costs_nothing(carl: Visit, words: list[str]) -> None:
    """The site is founded with his words, and he hears of it at the second try."""
    dropped = []

    def drop_once(route: Route) -> None:
        if route.request.method == "POST" and not dropped:
            route.fetch(max_retries=3)  # it reaches the server, and the answer gets lost
            dropped.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    carl.expect("ERR_CONNECTION_RESET")
    carl.context.route("**/setup", drop_once)
    give_words_back(carl.page, words)
    expect(carl.page.get_by_text("The connection dropped before this was done.")).to_be_visible(timeout=SLOW_MS)
    button(carl.page, "Try again").click()
    heading(carl.page, "Your recovery sheet")
    assert dropped
    carl.context.unroute("**/setup", drop_once)


def prints_alone_and_names_no_service(page: Page) -> None:
    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    assert "Keep this sheet" in printed and page.locator(".keysheet > p.mono").inner_text() in printed
    for word in ("Alongside", "coordinator", "root sheet", "988", "Carl"):
        assert word not in printed, word
    page.emulate_media(media="screen")
