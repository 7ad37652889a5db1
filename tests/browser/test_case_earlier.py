"""A long thread: its newest hundred entries at once, the earlier ones when they are asked for."""

from playwright.sync_api import expect

from tests.browser.test_case import SLOW_MS, press, room
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device
from tests.support.widths import sound_at_both

pytestmark = one_database
WRITTEN = 104


def test_a_long_thread_begins_with_its_newest_hundred(server: Server, visit: Begin) -> None:
    stage = Stage(server)
    sara, nora = stage.together()
    case = nora.open(sara.case)
    for number in range(WRITTEN):
        entry = case.seal({"kind": "message", "text": f"Number {number}."})
        nora.post("/cases/append", case=case.case, entry=entry)
        case.chain.accept(entry, case.identities, left=None)  # nobody else writes, so nothing has to be read
    page = device(visit, stage, sara).page
    room(page, "Messages")
    entries = page.locator("#thread > li")
    expect(entries).to_have_count(100, timeout=SLOW_MS)
    expect(entries.last).to_contain_text(f"Number {WRITTEN - 1}.")
    sound_at_both(page)

    press(page, "Show earlier ones")
    expect(entries).to_have_count(WRITTEN + 1)  # the roster that let Nora in comes first
    expect(entries.first).to_be_focused()
    expect(page.get_by_text("Number 0.", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Show earlier ones")).to_have_count(0)
    page.get_by_label("Write to them").fill("I have read it all.")
    press(page, "Seal and send")
    expect(entries.last).to_contain_text("I have read it all.", timeout=SLOW_MS)
    expect(entries).to_have_count(WRITTEN + 2)  # what was asked for stays
