"""Sara has read what Nora wrote. The server gives another tab of hers the notes from before, and that tab writes on from there.
Then the first tab is handed those notes, which have a higher number than its own, and the case as it was."""

import os
from typing import Any

from playwright.sync_api import expect

from demo.people import Peer
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet, room
from tests.hostile_server.test_a_log_shorter_than_this_tab_saw import SAW
from tests.hostile_server.test_the_notebook_rolled_back import refused
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/notebook.js",
    "if (found ? hex(unb64u(found[1])) !== before.hash : version - before.version <= PAST) throw rolledBack();",
    "",
    elsewhere=("worker/log.js", SAW),
)
WORDS = "Call me tonight."


def written_on(sara: Peer, times: int) -> dict[str, Any]:
    """What another tab of hers makes of the notes that Sara's client last read."""
    for _ in range(times):
        body = sara.next_notebook()
    return {"version": sara.version, "box": b64(body[40:])}


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.seen()
    sara.read_notebook()
    nora.say(sara.case, {"kind": "message", "text": WORDS})
    seq = nora.open(sara.case).chain.seq
    visit = liar.sit_down(sara)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    forked = written_on(sara, 3)

    def share(_asked: Any, answer: Any) -> None:
        answer["notebook"] = forked

    def change(_asked: Any, answer: Any) -> None:
        for name in ("entries", "entry_events"):
            answer[name] = [one for one in answer[name] if one["seq"] < seq]

    hidden = liar.tags("case_id = :c and lane = 'entry' and n >= :n", c=sara.case, n=seq)
    others = [(os.urandom(32), os.urandom(32)) for _ in hidden]  # as long as the one that this tab saw
    wire = {"/sign-in/share": share, "/cases/open": change}
    return liar.sit_down(sara, visit=visit, wire=wire, fork=liar.fork(*hidden).add(*others))


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible()
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


test_newer_notes_that_grew_out_of_others_are_refused = told_twice(CHECK, tell, refused, believed)
