"""Carl opened the card. Of that number the server hands Sara the leaf alone, as it may of a letter between others."""

from typing import Any

from playwright.sync_api import expect

from crypto import log
from crypto.frame import unframe
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, marked, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_lanes.js", "if (!said && equal(chain.owner, me().fp)) throw leftOut('act-kept-back');", "")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()

    def change(_asked: Any, answer: Any) -> None:
        for act in [act for act in answer.get("acts", []) if "event" in act]:
            if unframe("event", unb64(act["event"]))["type"] == "visit":
                act["commit"] = b64(log.commit(unb64(act.pop("salt")), unb64(act.pop("event"))))

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Who opened it")
    expect(visit.page.get_by_text("lines here fit the log")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("opened your card")).to_have_count(0)


test_sara_is_told_what_each_number_stands_for = told_twice(CHECK, tell, refused, believed)


def test_numbers_whose_key_did_not_come_are_said_not_to_be_checked(liar: Liar) -> None:
    sara, _nora = liar.stage.together()
    case = sara.open(sara.case)
    case.hand_in(case.make_rekey(case.members(), history=False))

    def change(_asked: Any, answer: Any) -> None:
        answer["grants"] = [one for one in answer["grants"] if one["epoch"] == 3]

    page = liar.sit_down(sara, wire={"/cases/open": change}).page
    quiet(page)
    room(page, "Who opened it")
    expect(page.get_by_text("Part of this could not be checked")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("did not hand out 2 of your keys")).to_be_visible()
    expect(page.get_by_text("lines here fit the log")).to_have_count(0)
