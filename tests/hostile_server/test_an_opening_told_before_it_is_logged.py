"""Carl looked at the card just now. Before that is in the log the server tells Sara that it was Nora."""

from typing import Any

from playwright.sync_api import expect

from crypto.frame import frame, unframe
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_proof.js",
    "if (!equal(readPromise(text).leaf_hash, hashOf(line))) throw logTrouble('line-changed');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    acts = liar.tags("case_id = :c and lane = 'act'", c=sara.case)

    def change(_asked: Any, answer: Any) -> None:
        for act in [act for act in answer.get("acts", []) if "event" in act]:
            act["position"] = None
            event = unframe("event", unb64(act["event"]))
            if event["type"] == "visit" and event["actor"] == liar.stage.carl.fp:
                act["event"] = b64(frame("event", {**event, "actor": nora.fp}))

    return liar.sit_down(sara, wire={"/cases/open": change}, fork=liar.fork(*acts))


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Who opened it")
    expect(visit.page.locator(".trail li").filter(has_text="Nora Lind opened your card")).to_be_visible()


test_what_the_log_promised_is_what_sara_is_shown = told_twice(CHECK, tell, refused, believed)
