"""Sara has erased what Nora wrote. The server now says that Tomas had written it, and keeps its own event of it back."""

from typing import Any

from playwright.sync_api import expect

from crypto import log
from crypto.frame import frame, unframe
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_lanes.js", "if (!event.event) throw leftOut('event-kept-back');", "if (!event.event) return;"
)


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, _uma = liar.team()
    nora.say(sara.case, {"kind": "message", "text": "Call me tonight."})
    case = sara.open(sara.case)
    seq = case.chain.seq
    author = [m["fp"] for m in case.chain.members].index(tomas.fp)
    case.erase(case.chain.head)

    def change(_asked: Any, answer: Any) -> None:
        for one in [one for one in answer["entries"] if one["seq"] == seq]:
            one["header"] = b64(frame("record", {**unframe("record", unb64(one["header"])), "author": author}))
        for one in [one for one in answer["entry_events"] if one["seq"] == seq]:
            salt, event = unb64(one.pop("salt")), unb64(one.pop("event"))
            one["commit"] = b64(log.commit(salt, event))

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(
        visit.page.locator("li").filter(has_text="Erased. Whoever read it").get_by_text("Tomas Vega")
    ).to_be_visible()


test_who_wrote_what_was_erased_is_not_told_otherwise = told_twice(CHECK, tell, refused, believed)
