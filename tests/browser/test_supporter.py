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

pytestmark = one_database


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nora_answers_and_writes_a_letter_that_only_sara_opens(
    server: Server, visit: Callable[..., Visit], width: dict[str, int]
) -> None:
    summary, note, letter = (new_canary(what) for what in ("summary", "note", "letter"))
    site = seed(server)
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
