"""Somebody was suspended. Sara is handed the list before, and the log only after her case was held against it."""

from typing import Any

from tests.hostile_server import test_a_newer_list_hidden as at_once
from tests.hostile_server.came_late import log_comes_late
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_settle.js", "  await checkSiteLanes(tree);\n", "")


def tell(liar: Liar) -> Visit:
    sara, other = liar.stage.sara(), liar.stage.supporter("Vera Vance")
    liar.stage.carl.list_people(revoke=(other.fp,))
    liar.until_logged()

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].pop()

    visit = liar.device()
    log_comes_late(visit)
    return liar.sit_down(sara, wire={"/people/directory": change}, vouched=False, visit=visit)


def refused(visit: Visit) -> None:
    at_once.refused(visit)


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    at_once.believed(visit)


test_a_look_that_comes_later_asks_for_the_list_too = told_twice(CHECK, tell, refused, believed)
