"""Letters under no case: what Sara writes about Nora reaches Carl, and his answer reaches her."""

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

pytestmark = one_database

SLOW_MS = 20_000
Begin = Callable[..., Visit]


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_carl_reads_a_complaint_whose_author_his_browser_has_checked_and_answers_it_and_one_with_saras_identity_is_nobodys(
    stage: Stage, visit: Begin
) -> None:
    complaint, answer = new_canary("complaint"), new_canary("answer")
    sara, nora = stage.together()
    omar = stage.peer("Omar Outsider")
    omar.write("word", {"type": "complaint", "text": "I withdraw.", "identity": b64(sara.identity.frame)})
    hers = device(visit, stage, sara, PHONE, watched=True)
    hers.page.locator("#rooms").get_by_role("button", name="Messages", exact=True).click()
    hers.page.get_by_label("Write to the desk").fill(complaint)
    hers.page.get_by_label("Yes, and they must not find a trace of it").check()
    press(hers.page, "Seal and send to the desk")
    expect(hers.page.locator("section[aria-labelledby=desk-head] .letter.mine")).to_contain_text(
        complaint, timeout=SLOW_MS
    )
    his = device(visit, stage, stage.carl, path="/desk", watched=True)
    expect(his.page.get_by_role("heading", name="Letters under no case")).to_be_visible(timeout=SLOW_MS)
    expect(his.page.get_by_text(complaint)).to_be_visible()
    expect(his.page.get_by_text("Unreadable here, and we can’t tell who wrote it.")).to_be_visible()
    expect(his.page.get_by_text("I withdraw.")).to_have_count(0)
    expect(his.page.get_by_label("Your answer")).to_have_count(1)  # to Sara's own
    assert_accessible(his.page)
    assert_fits(his.page)
    before = len(nora.open(sara.case).acts)
    his.page.get_by_label("Your answer").fill(answer)
    press(his.page, "Seal and send my answer")
    expect(his.page.get_by_text("Your answer is sealed and sent.").first).to_be_visible(timeout=SLOW_MS)
    expect(his.page.get_by_text(answer)).to_be_visible()
    (told,) = sara.letters("word")[1:]
    assert (told.payload["text"], told.about) == (answer, bytes(16))
    assert len(nora.open(sara.case).acts) == before
    search([complaint, answer], [*stage.server.places(), *hers.places(), *his.places()])
