"""Nora has written. The server keeps that from Sara, and forgets to keep back the log's word of it."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_lanes.js",
    "if ([...given.keys()].some((seq) => seq > state.chain.seq)) throw leftOut('entry-hidden');",
    "",
)
WORDS = "Call me tonight."


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    nora.say(sara.case, {"kind": "message", "text": WORDS})
    seq = nora.open(sara.case).chain.seq

    def change(asked: Any, answer: Any) -> None:
        answer["entries"] = [one for one in answer["entries"] if one["seq"] < seq]
        if asked["after"]:  # told once: twice would be a number told twice
            answer["entry_events"] = []

    hidden = liar.tags("case_id = :c and lane = 'entry' and n >= :n", c=sara.case, n=seq)
    return liar.sit_down(sara, wire={"/cases/open": change}, fork=liar.fork(*hidden))


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible()
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


test_what_the_log_knows_of_is_there = told_twice(CHECK, tell, refused, believed)
