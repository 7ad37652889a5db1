"""The server makes up openings under an epoch that no case has, and that no key could number."""

import os
from typing import Any

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_lanes.js", "if (!Number.isSafeInteger(one.epoch) || one.epoch < 1) throw leftOut('epoch');", ""
)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    told = liar.event("visit", tag=os.urandom(32), case=sara.case, actor=nora.fp, digest=os.urandom(32))

    def change(_asked: Any, answer: Any) -> None:
        if "acts" in answer:
            answer["acts"].insert(0, {"epoch": 0.5, "n": 1, **told})

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_an_opening_has_its_number_in_an_epoch_of_the_case = told_twice(CHECK, tell, refused, believed)
