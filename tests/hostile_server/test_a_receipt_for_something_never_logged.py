"""Sara asks for the receipt of her account. The server says that it stands in the log, with a proof that leads nowhere."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet, room, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/log.js", "  verifyInclusion(hash, fields.index, size, fields.proof, root);\n", "")


def goes_on(visit: Visit) -> None:
    room(visit.page, "What I sent")
    visit.page.get_by_role("button", name="Check and show it").click()


def tell(liar: Liar) -> Visit:
    sara = liar.stage.sara()
    (account,) = liar.rows("select leaf from events where case_id = :c and lane = 'entry' and n = 2", c=sara.case)

    def change(asked: Any, answer: Any) -> None:
        if b64(bytes(account.leaf)) in asked["leaves"]:
            answer["proofs"] = [{"log": 1, "index": 0, "proof": [b64(bytes(32))]} for _one in answer["proofs"]]

    visit = liar.sit_down(sara, wire={"/log/proofs": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("something that is not in its log")


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text("it stands in our log")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.locator("section[aria-labelledby=receipt-head]")).to_contain_text("1 of ")
    quiet(visit.page)


test_a_place_in_the_log_is_proven = told_twice(CHECK, tell, refused, believed, goes_on)
