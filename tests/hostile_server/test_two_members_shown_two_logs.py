"""Sara is shown a log without one line, Nora the real one. What Nora signs of it gives that away to Sara."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import quiet, room, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/witnesses.js", "if (!equal(rootAt(tree, size), root)) throw logTrouble('split-view', { size });", ""
)


def goes_on(visit: Visit) -> None:
    visit.until("document.body.dataset.log !== 'waiting' && document.body.dataset.log", timeout_s=20)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    nora.open(sara.case)
    liar.until_logged()
    (opened,) = liar.tags("case_id = :c and lane = 'act' and epoch = 2", c=sara.case)
    nora.say(sara.case, {"kind": "message", "text": "Call me tonight."})

    def change(_asked: Any, answer: Any) -> None:
        answer["acts"] = [act for act in answer.get("acts", []) if act["epoch"] == 1]

    visit = liar.sit_down(sara, wire={"/cases/open": change}, fork=liar.fork(opened))
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("was shown another log than you were")
    expect(visit.page.get_by_text("A member who wants to spoil the case")).to_be_visible()


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible()


test_members_compare_what_they_were_shown = told_twice(CHECK, tell, refused, believed, goes_on)
