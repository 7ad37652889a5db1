"""Nora writes while Sara's browser still asks about her case. Her next visit is shown neither: what she noted of the log must not reach
past what her case was held against."""

from typing import Any

from tests.hostile_server.doors import Answer, Asked
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_settle.js",
    "pinOf(state, /** @type {Proof} */ (state.proof))",
    "({ ...pinOf(state, /** @type {Proof} */ (state.proof)), log: logNow() })",
    first=("await pin(state, id, log);", "await pin(state, id, logNow());"),
)
PROVEN = "document.body.dataset.log === 'proven'"


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    liar.until_logged()
    last = sara.open(sara.case).chain.seq
    visit, written = liar.device(), []

    def proofs(asked: Asked) -> Answer:
        if asked.fields()["leaves"] and not written:
            written.append(nora.say(sara.case, {"kind": "message", "text": "Call me tonight."}))
            liar.until_logged()
        return asked.honest()

    def change(_asked: Any, answer: Any) -> None:
        for name in ("entries", "entry_events"):
            answer[name] = [one for one in answer[name] if one["seq"] <= last]

    visit.door.tell("/log/proofs", proofs)
    liar.sit_down(sara, wire={"/cases/open": change}, visit=visit)
    visit.until(PROVEN, timeout_s=20)
    assert written
    visit.page.reload()
    return visit


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    visit.until(PROVEN, timeout_s=20)
    quiet(visit.page)


def test_it_is_new_to_the_next_visit(liar: Liar) -> None:
    refused(tell(liar))
