"""A supporter's letters: Nora answers, and writes to Sara alone."""

import os

from playwright.sync_api import expect

from crypto import keys
from demo.client import Person
from tests.browser.cast import SLOW_MS, button
from tests.browser.safety_call import call_between, read_in_turn, unfold
from tests.browser.seeded import come_in, seed
from tests.support.browser import PHONE
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device
from tests.support.widths import sound, sound_at_both

pytestmark = one_database


def begin_twenty(person: Person) -> list[bytes]:
    """As many letters begun as are kept of one person."""
    drafts = [os.urandom(16) for _ in range(20)]
    for draft in drafts:
        sealed = keys.seal_draft(person.account_key, person.site, person.fp, draft, {"texts": {}})
        person.octets("/intake/draft", draft + sealed)
    return drafts


def test_nora_answers_writes_a_letter_that_only_sara_opens_and_puts_right_what_she_told_the_desk(
    server: Server, visit: Begin
) -> None:
    summary, note, letter, place = (new_canary(what) for what in ("summary", "note", "letter", "employer"))
    site = seed(server, team=("Nora Lind",))
    sara, nora, carl = site.sara, site.nora, site.carl
    carl.invite(sara.case, nora.fp, summary=summary)
    here = visit(server.url, PHONE, watched=True)
    page = come_in(here, nora)
    expect(page.get_by_text(summary)).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("These are the coordinator’s words, not the peer’s.")).to_be_visible()
    expect(page.get_by_label("Your letter to them")).to_have_count(0)
    expect(page.locator(".safety")).to_have_count(0)  # nobody calls before it is known whom she knows
    expect(
        page.get_by_text("The coordinators. The peer and the other people asked are told nothing of your answer.")
    ).to_be_visible()
    sound_at_both(page)
    page.get_by_label("Possibly").check()
    page.get_by_label("Anything the coordinator should know before calling you?").fill(note)
    button(page, "Seal and send my answer").click()
    expect(page.get_by_text("You answered: possibly.")).to_be_visible()
    drafts = begin_twenty(nora)
    here.expect("409")
    page.get_by_label("Your letter to them").fill("A first line.")
    expect(page.get_by_text("What you wrote last is on this page only.")).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("#app").get_by_text("Sealed and kept")).to_have_count(0)
    expect(page.get_by_label("Your letter to them")).to_have_value("A first line.")
    nora.post("/intake/drop", draft=drafts[0])
    page.get_by_label("Your letter to them").fill(letter)
    expect(page.locator("#app").get_by_text("Sealed and kept")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("What you wrote last is on this page only.")).to_have_count(0)
    button(page, "Seal and send my letter").click()
    expect(page.get_by_role("heading", name="Your letter is sealed and sent").first).to_be_visible()
    call = unfold(page, "If they call to make sure that it is you")
    assert read_in_turn(call) == call_between(sara, nora)
    expect(call).to_contain_text("They find the same words on their page “Letters”")
    expect(call).to_contain_text("If a word differs, on your page or on theirs, stop.")
    sound_at_both(page)
    (statement,) = sara.letters("statement")
    assert statement.payload["text"] == letter
    (answer,) = carl.letters("answer")
    assert (answer.payload["conflict"], answer.payload["note"]) == ("possible", note)
    assert not carl.letters("statement"), "the desk can’t read what a supporter writes to a peer"

    own = page.get_by_role("region", name="What you told the desk")
    expect(own).to_contain_text("Cascade General")
    button(own, "Change what I told the desk").click()
    expect(page.get_by_label("Where you worked or trained in the last ten years")).to_have_value("Cascade General")
    expect(page.get_by_label("State where you work")).to_have_value("or")
    expect(page.get_by_role("heading", name="The desk does not know")).to_have_count(0)
    page.get_by_label("Where you worked or trained in the last ten years").fill("")
    page.get_by_label("State where you work").select_option("")
    expect(page.get_by_role("heading", name="The desk does not know where you worked, nor your state")).to_be_visible()
    sound(page)
    page.get_by_label("Where you worked or trained in the last ten years").fill(f"Cascade General\n{place}")
    page.get_by_label("State where you work").select_option("tx")
    button(page, "Seal and send to the desk").click()
    expect(page.get_by_role("heading", name="The desk has what you told it now.")).to_be_visible()
    expect(own).to_contain_text("Texas")
    sound(page)
    newest = [one for one in carl.letters("profile") if one.sender == nora.fp][-1]
    assert newest.payload["employers"] == ["Cascade General", place]
    carl.claim(sara.case)
    desk = come_in(visit(server.url), carl)
    button(desk.locator("main"), "Open the card of Someone").click()
    row = desk.locator(f"label[for=s-{nora.fp.hex()}]")
    expect(row).to_contain_text(place)
    expect(row).to_contain_text("In a state to be kept out: TX")
    search([summary, note, letter, place], [*server.places(), *here.places()])


def test_nora_who_told_nothing_is_asked_kindly_sees_only_an_invitation_that_fits_and_says_not_this_time(
    server: Server, visit: Begin
) -> None:
    """One that names another case is not shown; one that says it is Sara's is shown as Carl's, who wrote it."""
    stage = Stage(server)
    sara, nora, carl = stage.sara(), stage.supporter("Nora Lind"), stage.carl
    card = carl.card(sara.case).payload
    forged = {name: card[name] for name in ("case", "identity")} | {
        "nonce": "A" * 22,
        "summary": "x",
        "by": "coordinator",
    }
    carl.write("invite", forged, about=sara.case, to=nora.fp)
    page = device(visit, stage, nora, PHONE, "/supporter").page
    expect(page.get_by_text("Nothing is asked of you now.")).to_be_visible(timeout=SLOW_MS)
    missing = page.get_by_role("heading", name="The desk does not know where you worked, nor your state")
    expect(missing).to_be_visible()  # she joined without a word about her work
    sound(page)

    posing = {name: card[name] for name in ("case", "identity", "nonce")} | {"summary": "I was there.", "by": "peer"}
    carl.write("invite", posing, about=sara.case, to=nora.fp)
    page.reload()
    expect(page.get_by_text("I was there.")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("These are the coordinator’s words, not the peer’s.")).to_be_visible()
    expect(page.get_by_text("the peer’s own words")).to_have_count(0)

    page.get_by_label("No", exact=True).check()
    button(page, "Seal and send my answer").click()
    button(page, "Change my answer").click()
    page.get_by_label("I can’t say").check()
    button(page, "Seal and send my answer").click()
    expect(page.get_by_text("You answered: I can’t say.")).to_contain_text("The coordinators see that answer.")
    assert carl.letters("answer")[-1].payload["conflict"] == "cannot"
    button(page, "Change my answer").click()
    page.get_by_label("No", exact=True).check()
    button(page, "Seal and send my answer").click()
    button(page, "Not this time").click()
    expect(page.get_by_text("You said: not this time.")).to_be_visible()
    expect(page.get_by_label("Your letter to them")).to_have_count(0)
    assert carl.letters("answer")[-1].payload["declines"] is True

    page = device(visit, stage, carl, path="/supporter").page  # a coordinator is asked for nothing
    expect(page.get_by_text("Nothing is asked of you now.")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("heading", name="What you told the desk")).to_have_count(0)
