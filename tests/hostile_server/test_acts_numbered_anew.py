"""The server leaves an opening out and closes the gap: what came later moves up by one."""

import os
from typing import Any

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_lanes.js", "if (!equal(given, expected)) throw leftOut('tag');", "")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    told = liar.event("visit", tag=os.urandom(32), case=sara.case, actor=nora.fp, digest=os.urandom(32))

    def change(_asked: Any, answer: Any) -> None:
        acts = answer.get("acts", [])
        answer["acts"] = [{"epoch": 1, "n": 2, **told} if (act["epoch"], act["n"]) == (1, 2) else act for act in acts]

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_a_number_belongs_to_its_leaf = told_twice(CHECK, tell, refused, believed)
