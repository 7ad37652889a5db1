"""Nora's side: she chooses a case, reads the account first, writes, and may go without a reason."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.test_case import SLOW_MS, head, press, room, sound
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Stage, device

pytestmark = one_database

Begin = Callable[..., Visit]


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nora_is_told_that_opening_is_noted_before_she_opens(stage: Stage, visit: Begin, viewport: object) -> None:
    sara, nora = stage.together()
    here = device(visit, stage, nora, viewport)
    page = here.page
    head(page, "Cases you are on")
    expect(page.get_by_text("Opening is noted: the person whose case it is sees the day.")).to_be_visible()
    assert not any(sent.url.endswith("/cases/open") for sent in here.record.requests), "nothing was opened yet"
    sound(page)
    page.get_by_role("button", name="Open it").click()
    head(page, "What Sara wrote")
    expect(page.get_by_text("In March I put it in writing.")).to_be_visible()
    expect(page.get_by_role("button", name="Keep a copy")).to_have_count(0)
    sound(page)
    room(page, "Messages")
    expect(page.get_by_text("You, Sara. Nobody else, not the coordinators.").first).to_be_visible()
    page.get_by_label("Write to them").fill("I have read it.")
    press(page, "Seal and send")
    expect(page.locator(".letter.mine")).to_contain_text("I have read it.", timeout=SLOW_MS)
    sound(page)
    kinds = [record["payload"]["kind"] for record in sara.open(sara.case).records]
    assert kinds == ["account", "read", "message"], "her first reading is her own signed word"


def test_the_browsers_back_leads_nora_to_her_cases(stage: Stage, visit: Begin) -> None:
    _sara, nora = stage.together()
    page = device(visit, stage, nora).page
    page.get_by_role("button", name="Open it").click()
    head(page, "What Sara wrote")
    room(page, "Team")
    head(page, "Who is in this case")
    page.go_back()
    head(page, "What Sara wrote")
    page.go_back()
    head(page, "Cases you are on")


def test_nora_knows_someone_here_and_goes_without_a_reason(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.together()
    page = device(visit, stage, nora, PHONE).page
    page.get_by_role("button", name="Open it").click()
    head(page, "What Sara wrote")
    room(page, "Team")
    press(page, "I know someone here")
    sound(page)
    press(page, "Yes, take me out")
    expect(page.get_by_role("heading", name="You are out of that case")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("No case is open to you now.")).to_be_visible()
    (told,) = stage.carl.letters("word")
    assert (told.payload["type"], told.payload["text"], told.sender) == ("leaving", "", nora.fp)

    # The next browser that opens the case makes a key without her.
    seen = device(visit, stage, sara, PHONE).page
    expect(seen.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)
    assert nora.fp not in [member["fp"] for member in sara.open(sara.case).chain.members]
    room(seen, "Messages")
    expect(seen.get_by_text("Nora Lind went out of the case.")).to_be_visible()


def test_when_nora_goes_any_other_members_browser_makes_the_key_without_her(stage: Stage, visit: Begin) -> None:
    sara, nora, tomas = stage.sara(), stage.supporter("Nora Lind"), stage.supporter("Tomas Vega")
    stage.team(sara, nora, tomas)
    page = device(visit, stage, nora).page
    page.get_by_role("button", name="Open it").click()
    room(page, "Team")
    press(page, "I know someone here")
    press(page, "Yes, take me out")
    expect(page.get_by_role("heading", name="You are out of that case")).to_be_visible(timeout=SLOW_MS)

    page = device(visit, stage, tomas).page
    page.get_by_role("button", name="Open it").click()
    head(page, "What Sara wrote")
    assert {member["fp"] for member in sara.open(sara.case).chain.members} == {sara.fp, tomas.fp}


def test_sara_may_ask_nora_back_and_she_stays(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.together()
    nora.say(sara.case, {"kind": "leave"})
    page = device(visit, stage, sara).page
    room(page, "Letters")
    expect(page.get_by_text("and then went by themselves")).to_be_visible()
    press(page, "Approve Nora Lind again")
    press(page, "Yes, approve Nora Lind")
    expect(page.get_by_text("You approved Nora Lind on")).to_be_visible(timeout=SLOW_MS)
    page.reload()
    expect(page.get_by_text("You, Nora Lind", exact=True)).to_be_visible(timeout=SLOW_MS)


def test_a_member_who_comes_late_opens_a_case_with_a_roster_of_someone_suspended_since(
    stage: Stage, visit: Begin
) -> None:
    sara, nora = stage.together()
    late = stage.supporter("Uma Reed")
    leaver = stage.supporter("Vera Vance")
    stage.introduce(sara, leaver, late)
    sara.approve(leaver.fp)
    leaver.say(sara.case, {"kind": "leave"})
    case = nora.open(sara.case)
    case.hand_in(case.make_rekey([one for one in case.members() if one["identity"] != leaver.identity.frame]))
    sara.approve(late.fp)
    stage.carl.list_people(revoke=(nora.fp,))
    page = device(visit, stage, late).page
    page.get_by_role("button", name="Open it").click()
    head(page, "What Sara wrote")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_member_who_has_no_key_to_what_was_before_opens_a_case_that_somebody_left_then(
    stage: Stage, visit: Begin
) -> None:
    sara, nora, leaver, late = (
        stage.sara(),
        *(stage.supporter(name) for name in ("Nora Lind", "Vera Vance", "Uma Reed")),
    )
    stage.introduce(sara, nora, leaver, late)
    sara.approve(nora.fp, leaver.fp)
    leaver.say(sara.case, {"kind": "leave"})
    nora.open(sara.case).remove(leaver.fp)
    case = sara.open(sara.case)
    newcomer = {"identity": late.identity.frame, "lead": False}
    case.hand_in(case.make_rekey([*case.members(), newcomer], history=False), [late.identity.frame])
    page = device(visit, stage, late).page
    page.get_by_role("button", name="Open it").click()
    head(page, "Their account")
    expect(page.get_by_role("alert")).to_have_count(0)
