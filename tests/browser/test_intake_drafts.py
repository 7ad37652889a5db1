"""A closed tab, a dead session, a hand on the shoulder: nothing Sara wrote is lost, and nothing is left on the screen."""

import time
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS, button, heading
from tests.browser.intake import (
    Sara,
    answer,
    drafted,
    founded,
    go_through,
    goes_on,
    keep,
    question,
    sign_in,
    wait_until_kept,
    wait_until_stored,
    writing,
)  # fmt: skip
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, Visit
from tests.support.canary import new_canary
from tests.support.databases import one_database
from tests.support.server import Server

Visits = Callable[..., Visit]
pytestmark = one_database


def drafts_sent(sara: Sara) -> int:
    return sum(sent.url.endswith("/intake/draft") for sent in sara.visit.record.requests)


def sign_ins_sent(sara: Sara) -> int:
    return sum("/sign-in" in sent.url for sent in sara.visit.record.requests)


def test_what_sara_types_is_kept_sealed_within_two_seconds_when_she_stops_or_loads_the_page_again_and_is_not_skipped(
    server: Server, visit: Visits
) -> None:
    founded(server)
    sara = writing(server, visit, watched=True)
    wait_until_kept(sara)
    skip = button(sara.page, "Skip this one")
    expect(skip).to_be_visible()
    before = drafts_sent(sara)
    sara.page.clock.install()
    sara.page.clock.pause_at(time.time() + 60)
    sara.page.locator("#answer").press_sequentially("what happened", delay=20)
    sara.page.clock.run_for(2000)  # by the page's clock, which stands still from here on: a busy machine takes longer
    sara.visit.until(lambda: drafts_sent(sara) > before, timeout_s=20)
    sara.page.clock.resume()
    expect(skip).to_be_hidden()  # beside "Keep", it would throw words away
    button(sara.page, "Stop for now").click()
    heading(sara.page, "Kept, and sealed")
    assert_accessible(sara.page)
    button(sara.page, "Go on writing").click()
    expect(sara.page.locator("#answer")).to_have_value("what happened")
    expect(skip).to_be_hidden()
    wait_until_stored(sara)
    sara.page.reload()
    expect(sara.page.locator("#answer")).to_have_value("what happened", timeout=20_000)
    keep(sara.page)
    assert question(sara.page) != "narrative"


def test_words_written_without_a_connection_follow_later_and_sara_comes_back_to_the_very_question(
    server: Server, visit: Visits
) -> None:
    founded(server)
    sara = writing(server, visit, words=True, watched=True)
    text = sara.typed["narrative"] = new_canary("account")
    sara.visit.expect("ERR_INTERNET_DISCONNECTED")
    sara.visit.context.set_offline(True)
    sara.page.locator("#answer").fill(text)
    expect(sara.page.locator("#question-kept")).to_contain_text("Not kept yet")
    sara.visit.context.set_offline(False)
    wait_until_kept(sara)
    sara.page.close()
    sign_in(sara, visit(server.url, watched=True))
    heading(sara.page, "Tell us in your own words what happened. You can stop and come back.")
    expect(sara.page.locator("#answer")).to_have_value(text)
    button(sara.page, "Back one page").click()
    expect(sara.page.locator("#question h1")).to_have_text("What do you have on record?")
    sara.search([*server.places(), *sara.visit.places()])


def test_leave_takes_the_last_words_along_and_back_does_not_show_them(server: Server, visit: Visits) -> None:
    founded(server)
    sara = writing(server, visit, watched=True)
    page, text = sara.page, new_canary("last words")
    sara.typed["narrative"] = text
    page.locator("#answer").fill(text)
    page.wait_for_timeout(150)  # less than the autosave waits
    page.locator("#leave").click()
    sara.visit.until(lambda: page.url.endswith("/exit"))
    sara.search(sara.visit.places())
    page.go_back()
    page.wait_for_timeout(500)
    assert text not in page.content() and "/intake" not in page.url, "Back leads to the page before the site"
    page.goto("/intake")
    heading(page, "First, a minute about staying private")
    assert sara.peer
    sara.peer.sign_in()
    sara = goes_on(sara.peer, visit(server.url))
    expect(sara.page.locator("#answer")).to_have_value(text, timeout=20_000)


def test_a_session_that_ends_while_sara_writes_loses_nothing_and_a_second_tab_goes_on_and_the_first_steps_aside(
    server: Server, visit: Visits
) -> None:
    founded(server)
    sara = writing(server, visit, words=True, watched=True)
    page = sara.page
    sara.visit.expect("401")
    wait_until_kept(sara)
    server.clock.move(minutes=11)
    page.locator("#answer").fill("typed after the session had ended")
    heading(page, "Locked, and nothing is lost")
    expect(page.get_by_text("typed after")).to_have_count(0)
    assert page.locator("#answer").count() == 0, "no word of it stays on the page"
    assert_accessible(page)
    field = page.get_by_label("Your seven words")

    def tried(words: str, said: str) -> None:
        field.fill(words)
        button(page, "Open it again").click()
        expect(page.locator("#unlock-words-wrong")).to_have_text(said, timeout=SLOW_MS)
        expect(field).to_have_value(words)
        expect(field).to_be_focused()

    sign_ins = sign_ins_sent(sara)
    tried("acorn mop mopq acorn", "Word 3 is not in our list. Did you mean mop, cope, or copy?")
    assert_accessible(page)
    tried("acorn acorn", "There are 2 words here. Yours are seven.")
    tried("", "There are 0 words here. Yours are seven.")
    assert sign_ins_sent(sara) == sign_ins, "words that can’t be right are not tried"
    tried(" ".join(["acorn"] * 7), "These words did not open anything. Check their order.")
    field.fill(" ".join(sara.words))
    button(page, "Open it again").click()
    expect(page.locator("#answer")).to_have_value("typed after the session had ended", timeout=20_000)
    wait_until_kept(sara)

    page.locator("#answer").fill("from the first tab")
    wait_until_stored(sara)
    sara.visit.page = sara.visit.context.new_page()
    sign_in(sara)
    expect(sara.page.locator("#answer")).to_have_value("from the first tab", timeout=20_000)
    heading(page, "Kept, and sealed")


def test_the_short_way_asks_what_the_desk_needs_and_enter_in_a_field_sends_nothing(
    server: Server, visit: Visits
) -> None:
    founded(server)
    peer = drafted(server, step="question", path="short", question="urgent_deadline")
    sara = goes_on(peer, visit(server.url, PHONE))
    heading(sara.page, "Is anything happening soon?")
    put = [answer(sara)]
    keep(sara.page)
    sara.page.locator("#answer").fill("Sara")
    sara.page.keyboard.press("Enter")
    sara.page.wait_for_timeout(300)
    assert sara.page.url == f"{server.url}/intake"
    expect(sara.page.locator("#answer")).to_have_value("Sara")
    put += go_through(sara, contact_ok="call", phone_safe="555 010 0199")
    assert put == [
        "urgent_deadline", "name_use", "contact_ok", "phone_safe", "contact_times", "employer_org", "exclude_people",
        "wi_type", "goals",
    ]  # fmt: skip
    expect(sara.page.locator("#card")).to_contain_text("555 010 0199")
