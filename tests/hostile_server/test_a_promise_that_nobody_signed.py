"""Somebody between Sara and the server, who has no key of the log, says that Nora opened her card, and writes the promise to fit."""

from typing import Any

from playwright.sync_api import expect

from crypto import checkpoint, log
from crypto.frame import frame, unframe
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, marked, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/checkpoint.js", "    verifyBytes(key, utf8(text), data);\n    signers += 1;", "    signers += 1;")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()

    acts = liar.tags("case_id = :c and lane = 'act'", c=sara.case)

    def change(_asked: Any, answer: Any) -> None:
        for act in answer.get("acts", []):
            act["position"] = None  # before it is in the log, there is only the promise
        for act in [act for act in answer.get("acts", []) if "event" in act]:
            event = unframe("event", unb64(act["event"]))
            if event["type"] == "visit" and event["actor"] == liar.stage.carl.fp:
                told = frame("event", {**event, "actor": nora.fp})
                leaf = log.leaf_hash(log.leaf(unb64(act["tag"]), log.commit(unb64(act["salt"]), told)))
                text, signature = act["promise"].split("\n\n")
                text = checkpoint.promise_text(liar.site, leaf, int(text.split("\n")[-1]))
                act |= {"event": b64(told), "promise": f"{text}\n{signature}"}

    return liar.sit_down(sara, wire={"/cases/open": change}, fork=liar.fork(*acts))


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Who opened it")
    said = visit.page.locator(".trail li").filter(has_text="Nora Lind opened your card")
    expect(said).to_be_visible(timeout=SLOW_MS)


test_a_promise_is_the_logs_own = told_twice(CHECK, tell, refused, believed)
