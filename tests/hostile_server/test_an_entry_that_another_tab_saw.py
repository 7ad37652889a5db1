"""Nora has written twice since Sara's page was opened, and another tab of hers has read both. The server tells this one of the
first alone: a case that is newer than any that this tab knows, and older than what Sara knows."""

from typing import Any

from playwright.sync_api import expect

from crypto import log
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet, room, stopped
from tests.support.browser import Visit

CHECK = Check("worker/case_settle.js", "checkCasePin(state, book.pins); // another tab may have seen more since", "")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    key, last = liar.lane_key(sara.case), sara.open(sara.case).chain.seq + 2

    def change(_asked: Any, answer: Any) -> None:
        for name in ("entries", "entry_events"):
            answer[name] = [one for one in answer[name] if one["seq"] < last]

    fork = liar.fork(log.lane_tag(key, "entry", last))
    visit = liar.sit_down(sara, wire={"/cases/open": change}, fork=fork)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    for text in ("Call me tonight.", "Or tomorrow."):
        nora.say(sara.case, {"kind": "message", "text": text})
    chain = sara.open(sara.case).chain
    assert chain.seq == last
    sara.read_notebook()
    sara.notebook["pins"]["cases"][sara.case.hex()] = {"seq": chain.seq, "head": b64(chain.head)}
    sara.save_notebook()
    room(visit.page, "Who opened it")
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name="Who opened your case")).to_be_visible(timeout=SLOW_MS)
    quiet(visit.page)


def test_a_case_is_never_older_than_the_newest_that_any_tab_saw(liar: Liar) -> None:
    refused(tell(liar))
