"""The letters of those who would like to help: whom Sara lets in, to whom she says no, and who was on her team before."""

from typing import Any

import pytest
from playwright.sync_api import expect

from crypto.people import read_binding
from demo.wire import b64
from tests.browser.safety_call import call_between, read_in_turn, unfold
from tests.browser.test_case import SLOW_MS, head, press, room
from tests.support.browser import PHONE
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device
from tests.support.widths import sound_at_both

pytestmark = one_database
NOTE = "Both know hospitals well.\n\nTake the time you need."
CANNOT_UNREAD = "What was read by then can’t be unread."


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def test_sara_lets_nora_in_by_name_and_says_no_to_tomas_for_now(stage: Stage, visit: Begin) -> None:
    """Nora wrote twice, Carl beside his offer; a further offer of his names nobody, and closes no other letter."""
    sara, nora, tomas = stage.sara(), stage.supporter("Nora Lind"), stage.supporter("Tomas Vega")
    stage.introduce(sara, nora, tomas)
    stage.carl.offer(sara.case, nora.fp, tomas.fp, note=NOTE)
    crooked: dict[str, Any] = {"case": b64(sara.case), "people": [{}, None, 5], "note": ""}
    stage.carl.write("offer", crooked, about=sara.case, to=sara.fp)
    (invitation,) = nora.invitations()
    stage.clock.move(minutes=1)
    nora.statement(invitation, "I have thought again.")

    page = device(visit, stage, sara, PHONE).page
    head(page, "Your page")
    expect(page.get_by_text("Only you. Nobody else can open this, not the coordinators.")).to_be_visible(
        timeout=SLOW_MS
    )
    sound_at_both(page)

    press(page, "Read their letters")
    head(page, "Letters to you")
    written = page.get_by_role("region", name="With their proposal the coordinators wrote")
    expect(written.get_by_text("Both know hospitals well.")).to_be_visible(timeout=SLOW_MS)
    expect(written.get_by_text("Carl Coordinator, coordinator")).to_be_visible()
    expect(written.get_by_role("listitem")).to_have_count(1)  # the offer without words is no empty letter
    expect(page.get_by_role("button", name="Approve Tomas Vega", exact=True)).to_be_visible()
    letter = page.locator("li.person", has_text="Nora Lind")
    expect(letter.locator("blockquote")).to_have_text(["I have thought again.", "I was there once."])
    expect(letter.get_by_text("wrote on")).to_be_visible()
    expect(letter.get_by_text("They wrote before, on")).to_be_visible()
    call = unfold(letter, "Make sure that it is really Nora Lind")
    assert read_in_turn(call) == call_between(sara, nora)
    expect(call).to_contain_text("Nora Lind finds the same words on their page “Letters”, where they write to you.")
    sound_at_both(page)

    press(page, "Approve Nora Lind")
    expect(page.get_by_text(CANNOT_UNREAD)).to_be_visible()
    sound_at_both(page)
    press(page, "Not now")
    press(page, "Approve Nora Lind")
    press(page, "Yes, approve Nora Lind")
    expect(page.get_by_text("You approved Nora Lind on")).to_be_visible(timeout=SLOW_MS)
    expect(call).to_contain_text("Nora Lind finds the same words on the page of this case, under “Team”.")
    sound_at_both(page)
    assert nora.open(sara.case).records[0]["payload"]["kind"] == "account", "approving is the grant"
    room(page, "Your page")
    expect(page.get_by_text("You, Nora Lind", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Someone wrote to you")).to_be_visible()  # Tomas

    room(page, "Letters")
    page.get_by_role("button", name="No, thank you").click()
    expect(page.get_by_text("You said no on")).to_be_visible(timeout=SLOW_MS)
    (told,) = [letter for letter in stage.carl.letters("word") if letter.payload["type"] == "decline"]
    assert told.payload["text"] == ""
    page.get_by_role("button", name="I have changed my mind").click()
    press(page, "Yes, approve Tomas Vega")
    expect(page.get_by_text("You approved Tomas Vega on")).to_be_visible(timeout=SLOW_MS)


def test_whom_sara_removed_reads_nothing_new_has_not_written_to_her_anew_and_can_come_back(
    stage: Stage, visit: Begin
) -> None:
    sara, nora = stage.together(tomas=True)
    uma = stage.supporter("Uma Reed")
    stage.introduce(sara, uma)
    person = read_binding(uma.binding)["person"].hex()
    sara.notebook["pins"].setdefault("people", {})[person] = "ab" * 32  # she knew Uma under another key
    sara.save_notebook()
    page = device(visit, stage, sara, PHONE).page
    expect(page.get_by_role("heading", name="Someone wrote to you")).to_be_visible(timeout=SLOW_MS)
    room(page, "Team")
    sound_at_both(page)
    press(page, "Remove Nora Lind")
    expect(page.get_by_text("What was read can’t be unread.")).to_be_visible()
    press(page, "Yes, remove Nora Lind")
    expect(page.get_by_role("heading", level=3, name="Nora Lind")).to_have_count(0, timeout=SLOW_MS)
    expect(page.get_by_role("heading", level=3, name="Tomas Vega")).to_be_visible()
    assert nora.fp not in [member["fp"] for member in sara.open(sara.case).chain.members]

    page.reload()
    expect(page.get_by_role("heading", name="Someone wrote to you")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("heading", name="2 people wrote to you")).to_have_count(0)
    room(page, "Letters")
    were = page.get_by_role("region", name="They were on your team")
    expect(were.get_by_text("Nora Lind was on your team until")).to_contain_text("when you removed them")
    would = page.get_by_role("region", name="They would like to be on your team").locator("li.person")
    expect(would.filter(has_text="Nora Lind")).to_have_count(0)
    expect(would.filter(has_text="Uma Reed")).to_have_count(1)
    expect(were.get_by_role("button", name="No, thank you")).to_have_count(0)
    sound_at_both(page)

    expect(would.get_by_text("This is not the key you knew")).to_be_visible()
    press(page, "They differ")
    expect(page.get_by_role("heading", name="Don’t approve. Tell a coordinator by phone")).to_be_in_viewport()
    expect(page.locator(".notice.kept")).to_have_count(0)  # no tick beside it
    sound_at_both(page)

    press(page, "Approve Nora Lind again")
    expect(page.get_by_text(CANNOT_UNREAD)).to_be_visible()
    assert nora.fp not in [one["fp"] for one in sara.open(sara.case).chain.members], "it asks once more"
    press(page, "Yes, approve Nora Lind")
    expect(page.get_by_text("You approved Nora Lind on")).to_be_visible(timeout=SLOW_MS)
    expect(were).to_have_count(0)
    assert nora.fp in [one["fp"] for one in sara.open(sara.case).chain.members]


def test_whoever_is_off_the_list_was_not_removed_by_sara_and_cannot_be_let_in(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.together()
    stage.carl.list_people(revoke=(nora.fp,))
    page = device(visit, stage, sara).page
    expect(page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("heading", name="Someone wrote to you")).to_have_count(0)
    room(page, "Letters")
    expect(page.get_by_text("was on your team until")).not_to_contain_text("removed")
    expect(page.get_by_text("is no longer in the list")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    sound_at_both(page)
