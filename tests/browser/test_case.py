"""Sara's own page: who wrote to her, whom she lets in, what she writes, and what she takes away again."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from crypto import keys
from demo.wire import b64
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.canary import new_canary, search
from tests.support.databases import ROOT, one_database
from tests.support.layout import assert_fits
from tests.support.server import Server
from tests.support.stage import Stage, device

pytestmark = one_database

SLOW_MS = 20_000
Begin = Callable[..., Visit]


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def room(page: Page, name: str) -> None:
    page.locator("#rooms").get_by_role("button", name=name, exact=True).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def head(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1, name=words)).to_be_visible(timeout=SLOW_MS)


def sound(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_sara_comes_back_with_her_words_and_lets_nora_in_by_name(stage: Stage, visit: Begin, viewport: Any) -> None:
    sara, nora = stage.sara(words=True), stage.supporter("Nora Lind")
    stage.introduce(sara, nora)
    here = visit(stage.server.url, viewport)
    page = here.go("/sign-in")
    page.get_by_label("Your words", exact=True).fill(sara.words)
    press(page, "Open")
    head(page, "Your page")
    expect(page.get_by_text("Only you. Nobody else can open this, not the coordinators.")).to_be_visible(
        timeout=SLOW_MS
    )
    sound(page)

    press(page, "Read their letters")
    head(page, "Letters to you")
    expect(page.get_by_text("I was there once.")).to_be_visible()
    press(page, "Approve Nora Lind")
    expect(page.get_by_text("What was read by then can’t be unread.")).to_be_visible()
    sound(page)
    press(page, "Not now")
    press(page, "Approve Nora Lind")
    press(page, "Yes, approve Nora Lind")
    expect(page.get_by_text("You approved Nora Lind on")).to_be_visible(timeout=SLOW_MS)
    sound(page)

    assert nora.open(sara.case).records[0]["payload"]["kind"] == "account", "approving is the grant"
    room(page, "Your page")
    expect(page.get_by_text("You, Nora Lind", exact=True)).to_be_visible()


def test_sara_says_no_without_a_reason_and_can_change_her_mind(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.sara(), stage.supporter("Nora Lind")
    stage.introduce(sara, nora)
    page = device(visit, stage, sara, PHONE).page
    room(page, "Letters")
    page.get_by_role("button", name="No, thank you").click()
    expect(page.get_by_text("You said no on")).to_be_visible(timeout=SLOW_MS)
    (told,) = [letter for letter in stage.carl.letters("word") if letter.payload["type"] == "decline"]
    assert told.payload["text"] == ""
    page.get_by_role("button", name="I have changed my mind").click()
    press(page, "Yes, approve Nora Lind")
    expect(page.get_by_text("You approved Nora Lind on")).to_be_visible(timeout=SLOW_MS)


def test_sara_and_nora_write_to_each_other_and_the_word_is_found_nowhere(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.together()
    canary = new_canary("I slept")
    here = device(visit, stage, sara, PHONE)
    page = here.page
    room(page, "Messages")
    expect(page.get_by_text("You, Nora Lind. Nobody else, not the coordinators.").first).to_be_visible()
    page.get_by_label("Write to them").fill(canary)
    press(page, "Seal and send")
    expect(page.locator(".letter.mine")).to_contain_text(canary, timeout=SLOW_MS)
    expect(page.get_by_label("Write to them")).to_have_value("")
    sound(page)
    assert nora.open(sara.case).records[-1]["payload"]["text"] == canary

    nora.say(sara.case, {"kind": "message", "text": "I am glad."})
    page.get_by_label("Write to them").fill("And you?")
    press(page, "Seal and send")
    expect(page.get_by_role("heading", name="Others wrote before you")).to_have_count(0)
    expect(page.get_by_text("I am glad.")).to_be_visible(timeout=SLOW_MS)
    search([canary], [*stage.server.places(), *here.places()])


def test_what_others_wrote_in_the_same_moment_comes_first_and_nothing_is_lost(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.together()
    here = device(visit, stage, sara)
    page = here.page
    here.expect("409")
    room(page, "Messages")
    said: list[int] = []

    def just_before(route: Any) -> None:
        if not said:
            said.append(1)
            nora.say(sara.case, {"kind": "message", "text": "I was first."})
        route.continue_()

    here.context.route("**/cases/append", just_before)
    page.get_by_label("Write to them").fill("I was second.")
    press(page, "Seal and send")
    expect(page.get_by_role("heading", name="Others wrote before you")).to_be_visible(timeout=SLOW_MS)
    texts = [record["payload"].get("text") for record in sara.open(sara.case).records[1:]]
    assert texts[-2:] == ["I was first.", "I was second."]


def test_when_the_answer_is_lost_the_words_stay_and_land_once(stage: Stage, visit: Begin) -> None:
    sara, _nora = stage.together()
    here = device(visit, stage, sara)
    here.expect("ERR_|Failed to load|failed:")
    page = here.page
    room(page, "Messages")
    lost: list[int] = []

    def swallow(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(1)
        route.fetch(max_retries=3)  # it reaches the server; the answer does not come back
        route.abort()

    here.context.route("**/cases/append", swallow)
    page.get_by_label("Write to them").fill("Once.")
    press(page, "Seal and send")
    expect(page.get_by_role("heading", name="You are not connected")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_label("Write to them")).to_have_value("Once.")
    press(page, "Seal and send")
    expect(page.get_by_label("Write to them")).to_have_value("", timeout=SLOW_MS)
    texts = [record["payload"].get("text") for record in sara.open(sara.case).records]
    assert texts.count("Once.") == 1


def test_words_not_sent_are_there_again_after_a_lock(stage: Stage, visit: Begin) -> None:
    sara, _nora = stage.together()
    sara_words = new_canary("not yet")
    here = device(visit, stage, sara)
    page = here.page
    room(page, "Messages")
    page.get_by_label("Write to them").fill(sara_words)
    press(page, "Lock")
    head(page, "Come back with your words")
    expect(page.get_by_text("Locked, and nothing is lost")).to_be_visible()
    sara.sign_in()
    stage.sit_down(here, sara)
    room(page, "Messages")
    expect(page.get_by_label("Write to them")).to_have_value(sara_words, timeout=SLOW_MS)
    search([sara_words], [*stage.server.places(), *here.places()])


def test_sara_removes_nora_at_once_and_nora_reads_nothing_new(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.together(tomas=True)
    page = device(visit, stage, sara, PHONE).page
    room(page, "Team")
    sound(page)
    press(page, "Remove Nora Lind")
    expect(page.get_by_text("What was read can’t be unread.")).to_be_visible()
    press(page, "Yes, remove Nora Lind")
    expect(page.get_by_role("heading", level=3, name="Nora Lind")).to_have_count(0, timeout=SLOW_MS)
    expect(page.get_by_role("heading", level=3, name="Tomas Vega")).to_be_visible()
    assert nora.fp not in [member["fp"] for member in sara.open(sara.case).chain.members]


def test_sara_adds_to_her_account_and_erases_one_record(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.together()
    page = device(visit, stage, sara).page
    room(page, "What I sent")
    expect(page.get_by_text("In March I put it in writing.")).to_be_visible()
    expect(page.get_by_text("Friday, January 8")).to_be_visible()
    page.get_by_label("What you want to add").fill("It was April.")
    press(page, "Seal and add")
    added = page.locator("section.sheet").filter(has_text="It was April.")
    expect(added).to_be_visible(timeout=SLOW_MS)
    sound(page)
    added.get_by_role("button", name="Erase").click()
    expect(page.get_by_text("Whoever read it has read it.")).to_be_visible()
    press(page, "Erase it")
    expect(added).to_have_count(0, timeout=SLOW_MS)
    room(page, "Messages")
    expect(page.get_by_text("Erased. Whoever read it has read it.")).to_be_visible()
    assert [record["erased"] for record in nora.open(sara.case).records] == [False, True, False]


def test_who_opened_it_tells_the_readers_word_from_the_sites(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.together()
    omar = stage.supporter("Omar Haddad")
    stage.carl.invite(sara.case, omar.fp, summary="a colleague")
    omar.answer(sara.case, "yes")
    account = nora.open(sara.case).records[0]["hash"]
    nora.say(sara.case, {"kind": "read", "about": account.hex()})
    page = device(visit, stage, sara, PHONE).page
    room(page, "Who opened it")
    own = page.locator("section[aria-labelledby=own-head]")
    expect(own.locator("li")).to_have_count(1, timeout=SLOW_MS)
    expect(own.locator("li")).to_contain_text("Nora Lind read your account")
    site = page.locator("section[aria-labelledby=server-head]")
    expect(site.get_by_text("This is the site’s word")).to_be_visible()
    expect(site.locator("li").filter(has_text="Carl Coordinator opened your card")).to_be_visible()
    expect(site.locator("li").filter(has_text="Nora Lind opened it")).to_be_visible()
    expect(site.locator("li").filter(has_text="Someone whom the desk asked sent a letter about it")).to_have_count(1)
    sound(page)


def test_sara_writes_to_the_desk_and_a_complaint_leaves_no_trace_in_the_case(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.together()
    page = device(visit, stage, sara, PHONE).page
    room(page, "Messages")
    before = len(nora.open(sara.case).acts)
    page.get_by_label("Write to the desk").fill("Please call me about Nora.")
    page.get_by_label("Yes, and they must not find a trace of it").check()
    sound(page)
    press(page, "Seal and send to the desk")
    expect(page.locator("section[aria-labelledby=desk-head] .letter.mine")).to_contain_text(
        "Please call me about Nora.", timeout=SLOW_MS
    )
    (told,) = stage.carl.letters("word")
    assert (told.payload["type"], told.about, told.sender) == ("complaint", bytes(16), sara.fp)
    assert len(nora.open(sara.case).acts) == before


def test_sara_answers_the_desk(stage: Stage, visit: Begin) -> None:
    sara = stage.sara()
    stage.carl.meet(sara.identity.frame)
    stage.carl.write("word", {"type": "question", "text": "Which days suit you?"}, about=sara.case, to=sara.fp)
    page = device(visit, stage, sara).page
    press(page, "Read it")
    expect(page.get_by_text("Which days suit you?")).to_be_visible()
    page.get_by_label("Write to the desk").fill("Mondays.")
    press(page, "Seal and send to the desk")
    expect(page.get_by_text("Your letter is sealed and sent to the coordinators.").first).to_be_visible(timeout=SLOW_MS)
    assert [letter.payload["text"] for letter in stage.carl.letters("word")][-1] == "Mondays."


def test_every_view_of_a_peer_leaves_no_history_and_has_a_way_back(stage: Stage, visit: Begin) -> None:
    sara, _nora = stage.together()
    here = device(visit, stage, sara)
    page = here.page
    head(page, "Your page")
    before = page.evaluate("history.length")
    for name in ("Letters", "Messages", "What I sent", "Team", "Who opened it"):
        room(page, name)
        press(page, "Back to your page")
        head(page, "Your page")
    assert page.evaluate("history.length") == before
    assert page.url == f"{stage.server.url}/case"
    assert set(here.record.titles[-1].split(" http")[:1]) == {"Your page · Alongside"}


def test_the_copy_opens_offline_with_the_words_and_with_nothing_else(
    stage: Stage, visit: Begin, tmp_path: Path
) -> None:
    sara, nora = stage.sara(words=True), stage.supporter("Nora Lind")
    stage.team(sara, nora)
    nora.say(sara.case, {"kind": "message", "text": "I am here."})
    here = device(visit, stage, sara)
    page = here.page
    press(page, "Keep a copy")
    sound(page)
    press(page, "Make the file")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the file").click(timeout=SLOW_MS)
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert file.name == "copy.sealed"
    opened = run_open(file, sara.words)
    assert opened.returncode == 0, opened.stderr
    for told in (
        "In March I put it in writing.",
        "I am here.",
        "I was there once.",
        "by Nora Lind",
        "signatures: checked",
    ):
        assert told in opened.stdout
    wrong = run_open(file, keys.new_words(7))
    assert wrong.returncode == 1
    assert "does not open" in wrong.stderr
    room(page, "Who opened it")
    expect(page.locator(".trail li").filter(has_text="You took a copy")).to_be_visible(timeout=SLOW_MS)


def run_open(file: Path, words: str) -> Any:
    command = [sys.executable, "-m", "crypto", "open", str(file)]
    return subprocess.run(command, input=words + "\n", capture_output=True, text=True, cwd=ROOT, check=False)


def test_an_offer_that_names_nobody_closes_no_other_letter(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.sara(), stage.supporter("Nora Lind")
    stage.introduce(sara, nora)
    offer = {"case": b64(sara.case), "people": [{}, None, 5], "note": ""}
    stage.carl.write("offer", offer, about=sara.case, to=sara.fp)
    page = device(visit, stage, sara).page
    room(page, "Letters")
    expect(page.get_by_role("button", name="Approve Nora Lind", exact=True)).to_be_visible(timeout=SLOW_MS)


def test_sara_reads_both_letters_of_nora_each_with_its_day(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.sara(), stage.supporter("Nora Lind")
    stage.introduce(sara, nora)
    (invitation,) = nora.invitations()
    stage.clock.move(minutes=1)
    nora.statement(invitation, "I have thought again.")
    page = device(visit, stage, sara).page
    room(page, "Letters")
    card = page.locator("li.person", has_text="Nora Lind")
    expect(card.locator("blockquote")).to_have_text(["I have thought again.", "I was there once."], timeout=SLOW_MS)
    expect(card.get_by_text("wrote on")).to_be_visible()
    expect(card.get_by_text("They wrote before, on")).to_be_visible()
    sound(page)
