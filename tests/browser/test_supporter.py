"""A supporter's letters: Nora answers, and writes to Sara alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cast import button
from tests.browser.seeded import come_in, seed
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.layout import assert_fits
from tests.support.server import Server
from tests.support.stage import Stage

pytestmark = one_database


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nora_answers_and_writes_a_letter_that_only_sara_opens(
    server: Server, visit: Callable[..., Visit], width: dict[str, int]
) -> None:
    summary, note, letter = (new_canary(what) for what in ("summary", "note", "letter"))
    site = seed(server, words=("Nora Lind",))
    site.carl.invite(site.sara.case, site.nora.fp, summary=summary)
    device = visit(server.url, width)
    page = come_in(device, site.nora)
    expect(page.get_by_text(summary)).to_be_visible()
    expect(page.get_by_text("These are the coordinator’s words, not the peer’s.")).to_be_visible()
    expect(page.get_by_label("Your letter to them")).to_have_count(0)
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Possibly").check()
    page.get_by_label("Anything the coordinator should know before calling you?").fill(note)
    button(page, "Seal and send my answer").click()
    expect(page.get_by_text("You answered: possibly.")).to_be_visible()
    page.get_by_label("Your letter to them").fill(letter)
    button(page, "Seal and send my letter").click()
    expect(page.get_by_role("heading", name="Your letter is sealed and sent").first).to_be_visible()
    assert_accessible(page)
    (statement,) = site.sara.letters("statement")
    assert statement.payload["text"] == letter
    (answer,) = site.carl.letters("answer")
    assert (answer.payload["conflict"], answer.payload["note"]) == ("possible", note)
    assert not site.carl.letters("statement"), "the desk can’t read what a supporter writes to a peer"
    search([summary, note, letter], [*server.places(), *device.places()])


def test_nora_says_not_this_time_and_nobody_asks_why(server: Server, desktop: Visit) -> None:
    site = seed(server)
    site.carl.invite(site.sara.case, site.nora.fp, summary="A physician in practice.")
    page = come_in(desktop, site.nora)
    page.get_by_label("No", exact=True).check()
    button(page, "Seal and send my answer").click()
    button(page, "Not this time").click()
    expect(page.get_by_text("You said: not this time.")).to_be_visible()
    expect(page.get_by_label("Your letter to them")).to_have_count(0)
    assert site.carl.letters("answer")[-1].payload["declines"] is True


def test_an_invitation_to_another_case_than_it_names_is_not_shown(server: Server, desktop: Visit) -> None:
    site = seed(server)
    card = site.carl.card(site.sara.case).payload
    forged = {name: card[name] for name in ("case", "identity")} | {
        "nonce": "A" * 22,
        "summary": "x",
        "by": "coordinator",
    }
    site.carl.write("invite", forged, about=site.sara.case, to=site.nora.fp)
    page = come_in(desktop, site.nora)
    expect(page.get_by_text("Nothing is asked of you now.")).to_be_visible()


def test_carls_words_are_shown_as_carls_even_if_he_says_that_they_are_saras(server: Server, desktop: Visit) -> None:
    site = seed(server)
    card = site.carl.card(site.sara.case).payload
    posing = {name: card[name] for name in ("case", "identity", "nonce")} | {"summary": "I was there.", "by": "peer"}
    site.carl.write("invite", posing, about=site.sara.case, to=site.nora.fp)
    page = come_in(desktop, site.nora)
    expect(page.get_by_text("I was there.")).to_be_visible()
    expect(page.get_by_text("These are the coordinator’s words, not the peer’s.")).to_be_visible()
    expect(page.get_by_text("the peer’s own words")).to_have_count(0)


def test_nora_puts_right_what_she_told_the_desk_and_the_desk_sees_the_newest(
    server: Server, visit: Callable[..., Visit]
) -> None:
    place = new_canary("employer")
    site = seed(server)
    device = visit(server.url, PHONE)
    page = come_in(device, site.nora)
    own = page.get_by_role("region", name="What you told the desk")
    expect(own).to_contain_text("Cascade General")
    button(own, "Change what I told the desk").click()
    expect(page.get_by_label("Where you worked or trained in the last ten years")).to_have_value("Cascade General")
    expect(page.get_by_label("State where you work")).to_have_value("or")
    expect(page.get_by_role("heading", name="The desk does not know")).to_have_count(0)
    page.get_by_label("Where you worked or trained in the last ten years").fill("")
    page.get_by_label("State where you work").select_option("")
    expect(page.get_by_role("heading", name="The desk does not know where you worked, nor your state")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Where you worked or trained in the last ten years").fill(f"Cascade General\n{place}")
    page.get_by_label("State where you work").select_option("tx")
    button(page, "Seal and send to the desk").click()
    expect(page.get_by_role("heading", name="The desk has what you told it now.")).to_be_visible()
    expect(own).to_contain_text("Texas")
    assert_accessible(page)
    newest = [one for one in site.carl.letters("profile") if one.sender == site.nora.fp][-1]
    assert newest.payload["employers"] == ["Cascade General", place]
    site.carl.claim(site.sara.case)
    desk = come_in(visit(server.url), site.carl)
    button(desk.locator("main"), "Open the card of Someone").click()
    row = desk.locator(f"label[for=s-{site.nora.fp.hex()}]")
    expect(row).to_contain_text(place)
    expect(row).to_contain_text("In a state to be kept out: TX")
    search([place], [*server.places(), *device.places()])


def test_a_supporter_who_told_nothing_is_asked_kindly_and_a_coordinator_is_not(
    server: Server, visit: Callable[..., Visit]
) -> None:
    stage = Stage(server)
    nora = stage.supporter("Nora Lind")  # joined without a word about her work
    page = visit(server.url, PHONE)
    stage.sit_down(page, nora, "/supporter")
    missing = page.page.get_by_role("heading", name="The desk does not know where you worked, nor your state")
    expect(missing).to_be_visible(timeout=20_000)
    assert_accessible(page.page)
    carls = visit(server.url)
    stage.sit_down(carls, stage.carl, "/supporter")
    expect(carls.page.get_by_text("Nothing is asked of you now.")).to_be_visible(timeout=20_000)
    expect(carls.page.get_by_role("heading", name="What you told the desk")).to_have_count(0)
