"""A release is in the log, and the site tells of it there. What it hands out as signed is something else."""

import os
from typing import Any

from crypto import log
from demo.wire import unb64
from tests.hostile_server.at_the_log import check, checks, fits, open_log, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.test_a_release_that_is_not_told import next_number, next_tag
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/receipts.js", "if (told.signed && !equal(", "if (false && !equal(")


def tell(liar: Liar) -> Visit:
    liar.stage.together()
    liar.until_logged()
    n, tag = next_number(liar), next_tag(liar)
    told = liar.event("release", tag=tag, case=bytes(16), actor=bytes(32), digest=os.urandom(32), logged=False)
    told["signed"] = liar.stage.carl.post("/people/directory")["directories"][-1]

    def change(_asked: Any, answer: Any) -> None:
        if len(answer["lanes"]["release"]) == n - 1:
            answer["lanes"]["release"].append({"n": n, **told})

    visit = liar.device()
    liar.tells(visit, {"/log/public": change})
    check(open_log(visit, liar.fork().add((tag, log.commit(unb64(told["salt"]), unb64(told["event"]))))))
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "not in its log")


def believed(visit: Visit) -> None:
    fits(visit)


test_what_was_signed_is_what_is_in_the_log = told_twice(CHECK, tell, refused, believed, checks)
