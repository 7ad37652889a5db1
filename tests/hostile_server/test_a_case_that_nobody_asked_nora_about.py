"""The server makes a case of its own with somebody it calls Sara and with Nora, and hopes that Nora writes there."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.doors import answer
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import open_first, quiet, room, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_load.js", "  if (me().role === 'peer' || state.invited) return null;", "  return null;")


def goes_on(visit: Visit) -> None:
    open_first(visit.page)


def tell(liar: Liar) -> Visit:
    nora = liar.stage.supporter("Nora Lind")
    case, made = liar.whole_case(nora)

    def mine(_asked: Any, told: Any) -> None:
        told["cases"] = [{"case": b64(case), "seq": 2, "epoch": 1, "owner": False}]

    visit = liar.begin()
    visit.door.tell("/cases/open", lambda asked: answer(liar.after(asked.fields(), made)))
    liar.sit_down(nora, wire={"/cases/mine": mine}, visit=visit)
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("coordinator has asked you about this case")
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_have_count(0)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible()


test_nora_writes_in_no_case_that_she_was_not_asked_about = told_twice(CHECK, tell, refused, believed, goes_on)
