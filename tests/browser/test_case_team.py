"""Nora's side: she chooses a case, reads the account first, writes, and may go without a reason."""

import re

import pytest
from playwright.sync_api import expect

from demo.people import Peer, Supporter
from tests.browser.safety_call import call_between, read_in_turn, unfold
from tests.browser.test_case import SLOW_MS, head, press, room
from tests.support.browser import PHONE
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device
from tests.support.widths import sound, sound_at_both

pytestmark = one_database


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def test_nora_is_told_before_she_opens_that_it_is_noted_reads_writes_goes_without_a_reason_and_may_be_asked_back(
    stage: Stage, visit: Begin
) -> None:
    sara, nora = stage.together()
    sara.say(sara.case, {"kind": "plan", "text": "First, dates on one page."})
    here = device(visit, stage, nora, PHONE, watched=True)
    page = here.page
    head(page, "Cases you are on")
    expect(page.get_by_text("Not opened yet")).to_be_visible()
    expect(page.get_by_text("Opening is noted: the person whose case it is sees the day.")).to_be_visible()
    assert not any(sent.url.endswith("/cases/open") for sent in here.record.requests), "nothing was opened yet"
    sound_at_both(page)
    page.get_by_role("button", name="Open it").click()
    head(page, "What Sara wrote")
    expect(page.get_by_text("In March I put it in writing.")).to_be_visible()
    agreed = page.get_by_text("I agree that you may arrange support for me.")
    expect(agreed).to_be_hidden()  # what happened comes first
    page.get_by_text("What was agreed to").click()
    expect(agreed).to_be_visible()
    expect(page.get_by_role("button", name="Keep a copy")).to_have_count(0)
    sound_at_both(page)

    room(page, "Team")  # the browser's Back leads to her cases
    head(page, "Who is in this case")
    page.go_back()
    head(page, "What Sara wrote")
    page.go_back()
    head(page, "Cases you are on")
    page.get_by_role("button", name="Open it").click()

    press(page, "Go to the messages")  # Sara wrote a plan meanwhile
    expect(page.get_by_text("You, Sara. Nobody else, not the coordinators.").first).to_be_visible()
    expect(page.get_by_text("Sara, the plan")).to_be_visible()
    page.get_by_label("Write to them").fill("I have read it.")
    press(page, "Seal and send")
    expect(page.locator(".letter.mine")).to_contain_text("I have read it.", timeout=SLOW_MS)
    sound_at_both(page)
    kinds = [record["payload"]["kind"] for record in sara.open(sara.case).records]
    assert kinds == ["account", "plan", "read", "message"], "her first reading is her own signed word"

    room(page, "Team")
    call = unfold(page, "If they call to make sure that it is you")
    assert read_in_turn(call) == call_between(sara, nora)
    expect(call).to_contain_text("They find the same words on their page, under “Team”.")
    sound_at_both(page)
    press(page, "I know someone here")
    sound(page)
    press(page, "Yes, take me out")
    expect(page.get_by_role("heading", name="You are out of that case")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("No case is open to you now.")).to_be_visible()
    (told,) = stage.carl.letters("word")
    assert (told.payload["type"], told.payload["text"], told.sender) == ("leaving", "", nora.fp)
    page.goto(f"{stage.server.url}/supporter")
    expect(page.get_by_role("heading", name="You were on this team")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_label("Your letter to them")).to_have_count(0)

    # The next browser that opens the case makes a key without her.
    seen = device(visit, stage, sara, PHONE).page
    expect(seen.get_by_role("heading", name="One message that you have not read")).to_be_visible(timeout=SLOW_MS)
    assert nora.fp not in [member["fp"] for member in sara.open(sara.case).chain.members]
    room(seen, "Messages")
    expect(seen.get_by_text("Nora Lind went out of the case.")).to_be_visible()
    room(seen, "Letters")
    expect(seen.get_by_text("and then went by themselves")).to_be_visible()
    expect(seen.get_by_text("A coordinator has to ask Nora Lind again first.")).to_be_attached()
    press(seen, "Approve Nora Lind again")
    press(seen, "Yes, approve Nora Lind")
    expect(seen.get_by_text("You approved Nora Lind on")).to_be_visible(timeout=SLOW_MS)
    seen.reload()
    expect(seen.get_by_text("You, Nora Lind", exact=True)).to_be_visible(timeout=SLOW_MS)  # she stays
    expect(seen.get_by_role("heading", name="that you have not read")).to_have_count(0)


def left_by(nora: Supporter, stage: Stage, uma: Supporter) -> Peer:
    """Nora went, and nobody has made a key without her yet."""
    sara = stage.sara()
    stage.team(sara, nora, uma)
    nora.say(sara.case, {"kind": "leave"})
    return sara


def with_a_roster_of_someone_suspended_since(stage: Stage, leaver: Supporter, late: Supporter) -> None:
    sara, omar = stage.sara(), stage.supporter("Omar Haddad")
    stage.introduce(sara, omar, leaver, late)
    sara.approve(omar.fp, leaver.fp)
    leaver.say(sara.case, {"kind": "leave"})
    case = omar.open(sara.case)
    case.hand_in(case.make_rekey([one for one in case.members() if one["identity"] != leaver.identity.frame]))
    sara.approve(late.fp)
    stage.carl.list_people(revoke=(omar.fp,))


def without_a_key_to_what_was_before(stage: Stage, nora: Supporter, leaver: Supporter, late: Supporter) -> None:
    """Somebody left then."""
    sara = stage.sara()
    stage.introduce(sara, nora, leaver, late)
    sara.approve(nora.fp, leaver.fp)
    leaver.say(sara.case, {"kind": "leave"})
    nora.open(sara.case).remove(leaver.fp)
    case = sara.open(sara.case)
    newcomer = {"identity": late.identity.frame, "lead": False}
    case.hand_in(case.make_rekey([*case.members(), newcomer], history=False), [late.identity.frame])


def test_uma_opens_cases_that_others_left_and_her_browser_makes_the_key_without_one_who_went(
    stage: Stage, visit: Begin
) -> None:
    nora, vera, uma = (stage.supporter(name) for name in ("Nora Lind", "Vera Vance", "Uma Reed"))
    sara = left_by(nora, stage, uma)
    without_a_key_to_what_was_before(stage, nora, vera, uma)
    with_a_roster_of_someone_suspended_since(stage, vera, uma)
    page = device(visit, stage, uma).page
    opened = page.get_by_role("heading", level=1, name=re.compile("^(What Sara wrote|Their account)$"))
    heads = []
    for number in range(3):
        expect(page.get_by_role("button", name="Open it")).to_have_count(3, timeout=SLOW_MS)
        page.get_by_role("button", name="Open it").nth(number).click()
        expect(opened).to_be_visible(timeout=SLOW_MS)
        expect(page.get_by_role("alert")).to_have_count(0)
        heads.append(opened.inner_text())
        page.go_back()
    assert sorted(heads) == ["Their account", "What Sara wrote", "What Sara wrote"]
    assert {member["fp"] for member in sara.open(sara.case).chain.members} == {sara.fp, uma.fp}
