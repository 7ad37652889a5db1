"""What Sara agreed to: she reads it again, and changes any of it in two clicks."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from demo.people import Peer
from tests.browser.test_case import SLOW_MS, head, press, room
from tests.support.browser import PHONE
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import ACCOUNT, Begin, Stage, device
from tests.support.widths import sound, sound_at_both

pytestmark = one_database
AGREED = {**ACCOUNT, "consents": {"consent_service": "yes", "consent_research": "later", "consent_version": 1}}


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def choose(page: Page, group: str, answer: str) -> None:
    page.locator(f"#consent-{group}").get_by_label(answer).check()
    page.locator(f"#consent-{group}").get_by_role("button", name="Keep this choice").click()


def said(sara: Peer) -> list[dict[str, Any]]:
    """What her own devices noted that she agreed to."""
    own = [record["payload"] for record in sara.open(sara.case).records if record["author"] == sara.fp]
    return [payload for payload in own if payload["kind"] == "consent"]


def test_sara_sees_what_she_alone_answered_changes_one_in_two_clicks_and_her_no_to_help_reaches_the_team(
    stage: Stage, visit: Begin
) -> None:
    sara, nora = stage.sara(AGREED), stage.supporter("Nora Lind")
    stage.team(sara, nora)
    nora.say(sara.case, {"kind": "consent", "consents": {"consent_research": "yes"}, "consent_version": 1})
    page = device(visit, stage, sara, PHONE).page
    press(page, "What you agreed to")
    head(page, "What you agreed to")
    expect(page.locator("#consent-service")).to_contain_text("You agreed on")
    expect(page.get_by_label("Yes, I agree").first).to_be_checked()
    expect(page.locator("#consent-research")).to_contain_text("ask me later")  # what Nora says of it counts for nothing
    expect(page.locator("#consent-quotes")).to_contain_text("Asked only after a yes to research.")
    expect(page.locator("#consent-followup")).to_contain_text("Not answered yet.")
    expect(page.locator("#consent-followup input:checked")).to_have_count(0)
    sound_at_both(page)

    choose(page, "research", "Yes, I agree")
    expect(page.locator("#consent-research")).to_contain_text("You agreed on", timeout=SLOW_MS)
    expect(page.locator("#consent-quotes input:checked")).to_have_count(0)
    choose(page, "quotes", "Yes, I agree")
    expect(page.locator("#consent-quotes")).to_contain_text("You agreed on", timeout=SLOW_MS)
    choose(page, "research", "No")
    expect(page.locator("#consent-research")).to_contain_text("You said no on", timeout=SLOW_MS)
    expect(page.locator("#consent-quotes")).to_contain_text("Asked only after a yes to research.")
    last = said(sara)[-1]
    assert last["consents"] == {"consent_service": "yes", "consent_research": "no"}
    assert (len(said(sara)), last["consent_version"]) == (3, 1)

    page.reload()
    press(page, "What you agreed to")
    expect(page.locator("#consent-research")).to_contain_text("You said no on", timeout=SLOW_MS)
    elsewhere = {"consent_service": "yes", "consent_research": "later"}
    sara.say(sara.case, {"kind": "consent", "consents": elsewhere, "consent_version": 1})
    choose(page, "followup", "Yes, I agree")
    expect(page.locator("#consent-followup")).to_contain_text("You agreed on", timeout=SLOW_MS)
    assert said(sara)[-1]["consents"] == {**elsewhere, "consent_followup": "yes"}, "another device's choice stands"

    before = len(said(sara))
    page.locator("#consent-service").get_by_label("No").check()
    expect(page.get_by_text("Nothing is deleted by it.")).to_be_visible()
    sound(page)
    assert len(said(sara)) == before, "nothing is sealed before she keeps it"
    choose(page, "service", "No")
    expect(page.get_by_role("heading", name="You took back your yes to being helped")).to_be_visible(timeout=SLOW_MS)
    sound(page)
    press(page, "Write to the desk")
    expect(page.get_by_label("Write to the desk")).to_be_visible()

    theirs = device(visit, stage, nora, PHONE).page
    theirs.get_by_role("button", name="Open it").click()
    head(theirs, "What Sara wrote")
    expect(theirs.get_by_text("Please stop. Sara no longer wants to be helped here.")).to_be_visible()
    sound(theirs)
    room(theirs, "Messages")
    expect(theirs.get_by_text("Please stop. Sara no longer wants to be helped here.")).to_be_visible()
