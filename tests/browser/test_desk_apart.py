"""Letters to the desk, and under no case: what Sara writes about Nora reaches Carl, and his answer reaches her."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from demo.wire import b64
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, Visit
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.layout import assert_fits
from tests.support.server import Server
from tests.support.stage import Stage, device
from tests.support.widths import sound_at_both

pytestmark = one_database

SLOW_MS = 20_000
Begin = Callable[..., Visit]


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_sara_answers_the_desk_her_complaint_leaves_no_trace_in_the_case_and_carl_answers_it_and_no_forged_one(
    stage: Stage, visit: Begin
) -> None:
    complaint, answer = new_canary("complaint"), new_canary("answer")
    sara, nora = stage.together()
    stage.carl.meet(sara.identity.frame)
    stage.carl.write("word", {"type": "question", "text": "Which days suit you?"}, about=sara.case, to=sara.fp)
    hers = device(visit, stage, sara, PHONE, watched=True)
    press(hers.page, "Read it")
    expect(hers.page.get_by_text("Which days suit you?")).to_be_visible()
    hers.page.get_by_label("Write to the desk").fill("Mondays.")
    press(hers.page, "Seal and send to the desk")
    sent = hers.page.get_by_text("Your letter is sealed and sent to the coordinators.").first
    expect(sent).to_be_visible(timeout=SLOW_MS)
    assert [letter.payload["text"] for letter in stage.carl.letters("word")] == ["Which days suit you?", "Mondays."]

    before = len(nora.open(sara.case).acts)
    hers.page.get_by_label("Write to the desk").fill(complaint)
    hers.page.get_by_label("Yes, and they must not find a trace of it").check()
    sound_at_both(hers.page)
    press(hers.page, "Seal and send to the desk")
    expect(hers.page.locator("section[aria-labelledby=desk-head] .letter.mine").last).to_contain_text(
        complaint, timeout=SLOW_MS
    )
    *_, told = stage.carl.letters("word")
    assert (told.payload["type"], told.about, told.sender) == ("complaint", bytes(16), sara.fp)
    assert len(nora.open(sara.case).acts) == before
    omar = stage.peer("Omar Outsider")
    omar.write("word", {"type": "complaint", "text": "I withdraw.", "identity": b64(sara.identity.frame)})
    his = device(visit, stage, stage.carl, path="/desk", watched=True)
    expect(his.page.get_by_role("heading", name="Letters under no case")).to_be_visible(timeout=SLOW_MS)
    expect(his.page.get_by_text(complaint)).to_be_visible()
    expect(his.page.get_by_text("Unreadable here, and we can’t tell who wrote it.")).to_be_visible()
    expect(his.page.get_by_text("I withdraw.")).to_have_count(0)
    expect(his.page.get_by_label("Your answer")).to_have_count(1)  # to Sara's own
    assert_accessible(his.page)
    assert_fits(his.page)
    his.page.get_by_label("Your answer").fill(answer)
    press(his.page, "Seal and send my answer")
    expect(his.page.get_by_text("Your answer is sealed and sent.").first).to_be_visible(timeout=SLOW_MS)
    expect(his.page.get_by_text(answer)).to_be_visible()
    told = sara.letters("word")[-1]
    assert (told.payload["text"], told.about) == (answer, bytes(16))
    assert len(nora.open(sara.case).acts) == before
    search([complaint, answer], [*stage.server.places(), *hers.places(), *his.places()])
