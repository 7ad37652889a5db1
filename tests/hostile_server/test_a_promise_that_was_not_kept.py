"""The log stands still for Sara: the server signs that things will come into it, and they never do."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import quiet, room, stopped
from tests.support.browser import Visit

CHECK = Check("worker/case_settle.js", "if (overdue(id, waiting)) throw logTrouble('promise-broken');", "")
LATE_MS = 6000


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    liar.until_logged()
    frozen = liar.fork().freeze()
    nora.say(sara.case, {"kind": "message", "text": "Call me tonight."})
    if liar.off:
        liar.sooner = ("worker/clock.js",)
    return liar.sit_down(sara, fork=frozen)


def refused(visit: Visit) -> None:
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Call me tonight.")).to_be_visible()  # what she has is shown at once
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text(
        "signed that it would put something on its log, and did not"
    )
    expect(visit.page.get_by_label("Write to them")).to_have_count(0)


def believed(visit: Visit) -> None:
    visit.page.wait_for_timeout(LATE_MS)
    quiet(visit.page)


def test_sara_hears_of_it_within_seconds(liar: Liar) -> None:
    refused(tell(liar))
