"""Nora wrote, and Sara's notes have since seen more of the log, as they do where somebody has two cases. The server keeps the message
back, and refuses the log at the moment at which the case is held against it: later it is asked for from those notes on."""

from typing import Any

from playwright.sync_api import expect

from crypto.checkpoint import read_checkpoint
from demo.wire import b64
from tests.hostile_server.came_late import log_comes_late
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_settle.js",
    "await follow({ from: before?.log ? readSeen(before.log) : claimedLog(state) })",
    "await follow()",
)
WORDS = "Call me tonight."


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.seen()
    nora.say(sara.case, {"kind": "message", "text": WORDS})
    seq = nora.open(sara.case).chain.seq
    liar.until_logged()
    note = read_checkpoint(sara.post("/log/proofs", leaves=[])["checkpoint"])
    sara.read_notebook()
    sara.notebook["log"] = {"log": 1, "size": note["size"], "root": b64(note["root"])}
    sara.save_notebook()
    liar.until_logged()

    def change(_asked: Any, answer: Any) -> None:
        for name in ("entries", "entry_events"):
            answer[name] = [one for one in answer[name] if one["seq"] < seq]

    visit = liar.device()
    log_comes_late(visit)
    return liar.sit_down(sara, wire={"/cases/open": change}, visit=visit)


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("holds a line about this case that the site does not show")


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


test_it_is_looked_for_from_where_the_case_was_proven = told_twice(CHECK, tell, refused, believed)
