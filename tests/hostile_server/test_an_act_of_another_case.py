"""Under a number of Sara's case the log holds what Nora did in another one, so that nothing seems to have been done in hers."""

import os
from typing import Any

from crypto import log
from crypto.frame import unframe
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_lanes.js", "if (said && !equal(said.subject, id)) throw leftOut('act');", "")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    nora.open(sara.case)
    (tag,) = liar.tags("case_id = :c and lane = 'act' order by epoch desc, n desc limit 1", c=sara.case)
    told = liar.event("visit", tag=tag, case=os.urandom(16), actor=nora.fp, digest=os.urandom(32), logged=False)
    fork = liar.fork()
    fork.instead[tag] = log.commit(unb64(told["salt"]), unb64(told["event"]))

    def change(_asked: Any, answer: Any) -> None:
        for act in [act for act in answer.get("acts", []) if act["tag"] == b64(tag)]:
            assert unframe("event", unb64(act["event"]))["type"] == "visit"
            act |= told

    return liar.sit_down(sara, wire={"/cases/open": change}, fork=fork)


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_what_is_told_of_a_case_was_done_to_it = told_twice(CHECK, tell, refused, believed)
