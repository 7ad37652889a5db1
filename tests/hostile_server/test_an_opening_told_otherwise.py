"""Carl opened the card. The server says that it was Nora."""

from typing import Any

from playwright.sync_api import expect

from crypto.frame import frame, unframe
from demo.client import Person
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet, room
from tests.hostile_server.twice import told_twice
from tests.hostile_server.vouched import Change
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_proof.js",
    "if (!equal(places[0].commit, line.commit)) throw logTrouble('line-changed', { line: places[0].index });",
    "",
)


def of_nora(liar: Liar, nora: Person) -> Change:
    def change(_asked: Any, answer: Any) -> None:
        for act in [act for act in answer.get("acts", []) if "event" in act]:
            event = unframe("event", unb64(act["event"]))
            if event["type"] == "visit" and event["actor"] == liar.stage.carl.fp:
                act["event"] = b64(frame("event", {**event, "actor": nora.fp}))

    return change


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    liar.until_logged()
    return liar.sit_down(sara, wire={"/cases/open": of_nora(liar, nora)})


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Who opened it")
    expect(visit.page.locator(".trail li").filter(has_text="Nora Lind opened your card")).to_be_visible()


test_what_the_log_holds_is_what_sara_is_shown = told_twice(CHECK, tell, refused, believed)
