"""Sara has read what Nora wrote. The next day the server hands out the case as it was before."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet, room
from tests.support.browser import Visit

CHECK = Check("worker/case_proof.js", "if (!then || b64u(then.hash) !== pin.head) {", "if (false) {")
WORDS = "Call me tonight."


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    nora.say(sara.case, {"kind": "message", "text": WORDS})
    seq = nora.open(sara.case).chain.seq
    first = liar.sit_down(sara)
    room(first.page, "Messages")
    expect(first.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)

    first.until("document.body.dataset.log === 'proven'", timeout_s=20)

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
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


def test_what_was_seen_before_must_still_be_there(liar: Liar) -> None:
    refused(tell(liar))
