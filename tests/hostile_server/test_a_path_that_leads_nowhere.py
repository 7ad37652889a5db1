"""Olga asks for the proof of one line, and is handed hashes that do not lead to the signed root."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.at_the_log import open_log, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_whole.js", "    verifyInclusion(hashes[index - first], index, head.size, proof, head.root);\n", ""
)


def astray(_asked: Any, answer: Any) -> None:
    for one in answer["proofs"]:  # she asks for her line among others
        one["proof"][0] = b64(bytes(32))


def goes_on(visit: Visit) -> None:
    visit.page.get_by_label("The line").fill("2")
    visit.page.get_by_role("button", name="Prove it").click()


def tell(liar: Liar) -> Visit:
    liar.stage.sara()
    liar.until_logged()
    visit = liar.device()
    liar.tells(visit, {"/log/proofs": astray})
    open_log(visit)
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "is not in its log")


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name="Line 2 is in the log")).to_be_visible(timeout=SLOW_MS)


test_a_proof_leads_to_the_root = told_twice(CHECK, tell, refused, believed, goes_on)
