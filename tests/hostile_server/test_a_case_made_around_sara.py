"""The server says that another case is Sara's: one of its own making, with her in it, to have her write there."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.doors import answer
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_load.js",
    "if (me().role === 'peer' && !equal(chain.owner, me().fp)) throw new WrongPlace('a case of somebody else');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara = liar.stage.sara()
    case, made = liar.whole_case(sara)

    def mine(_asked: Any, told: Any) -> None:
        told["cases"] = [{"case": b64(case), "seq": 2, "epoch": 1, "owner": True}]

    visit = liar.begin()
    visit.door.tell("/cases/open", lambda asked: answer(liar.after(asked.fields(), made)))
    return liar.sit_down(sara, wire={"/cases/mine": mine}, visit=visit)


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible()


test_sara_is_shown_no_case_but_her_own = told_twice(CHECK, tell, refused, believed)
