"""Sara asks for the receipt of her account. The server signed that it would stand in the log, and says each time: not yet."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet, room, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/receipts.js",
    "  throw logTrouble('promise-broken');\n",
    "  return receipts.map((receipt) => ({ receipt, line: 1, of: 1 }));\n",
)


def goes_on(visit: Visit) -> None:
    room(visit.page, "What I sent")
    visit.page.get_by_role("button", name="Check and show it").click()


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    leaves = liar.rows("select leaf from events where case_id = :c and lane = 'entry' and n = 2", c=sara.case)
    (account,) = [b64(bytes(row.leaf)) for row in leaves]
    liar.sooner = ("worker/receipts.js",)

    def change(asked: Any, answer: Any) -> None:
        told = zip(asked["leaves"], answer["proofs"], strict=True)
        answer["proofs"] = [None if leaf == account else one for leaf, one in told]

    visit = liar.sit_down(sara, wire={"/log/proofs": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text(
        "signed that it would put something on its log, and did not"
    )


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text("it stands in our log")).to_be_visible(timeout=SLOW_MS)
    quiet(visit.page)


test_a_promise_is_kept_within_seconds = told_twice(CHECK, tell, refused, believed, goes_on)
