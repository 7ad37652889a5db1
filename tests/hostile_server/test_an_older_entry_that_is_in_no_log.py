"""Nora came later. The server says that what stands before her time is long in the log, and has no proof of it."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import open_first, quiet, stopped
from tests.support.browser import Visit

CHECK = Check("worker/receipts.js", "    verifyInclusion(hash, index, size, proof, root);\n", "")


def tell(liar: Liar) -> Visit:
    sara = liar.stage.sara()
    liar.until_logged()
    nora = liar.stage.supporter("Nora Lind")
    liar.stage.team(sara, nora)

    def change(_asked: Any, answer: Any) -> None:
        answer["proofs"] = [{"log": 1, "index": 0, "proof": [b64(bytes(32))]} for _one in answer["proofs"]]

    visit = liar.sit_down(nora, wire={"/log/proofs": change})
    open_first(visit.page)
    visit.until("document.body.dataset.log && document.body.dataset.log !== 'waiting'", timeout_s=20)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("something that is not in its log")


def believed(visit: Visit) -> None:
    quiet(visit.page)


def test_what_was_before_nora_is_proven_to_her(liar: Liar) -> None:
    refused(tell(liar))
