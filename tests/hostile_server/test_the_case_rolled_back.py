"""Sara has read what Nora wrote. The next day the server hands out the case as it was before."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.grounds import SEEN
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_proof.js", "if (!then || b64u(then.hash) !== pin.head) {", "if (false) {")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.seen()
    case = nora.open(sara.case)
    assert case.records[-1]["payload"]["text"] == SEEN
    seq = case.chain.seq

    def change(_asked: Any, answer: Any) -> None:
        for name in ("entries", "entry_events"):
            answer[name] = [one for one in answer[name] if one["seq"] < seq]

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible()
    expect(visit.page.get_by_text(SEEN)).to_have_count(0)


test_what_was_seen_before_must_still_be_there = told_twice(CHECK, tell, refused, believed)
