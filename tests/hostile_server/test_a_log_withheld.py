"""The server answers everything but questions about its log."""

from playwright.sync_api import expect

from tests.hostile_server.doors import answer
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import quiet, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_settle.js", "if (withheld && current()) mark(state, logTrouble('log-withheld'));", "")
LATE_MS = 4000


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()
    liar.until_logged()
    liar.sooner = ("worker/case_settle.js",)
    visit = liar.device()

    for name in ("public", "since", "proofs", "consistency"):
        visit.door.tell(f"/log/{name}", lambda _asked: answer({"error": "no-log", "words": ""}, 404))
    return liar.sit_down(sara, visit=visit)


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("does not hand out its log")
    expect(visit.page.get_by_text("it could not be checked")).to_be_visible()


def believed(visit: Visit) -> None:
    visit.page.wait_for_timeout(LATE_MS)
    quiet(visit.page)


test_a_log_that_is_not_handed_out_is_no_log = told_twice(CHECK, tell, refused, believed)
