"""The server covers a gap by telling one act twice under one number."""

from typing import Any

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_lanes.js", "if (numbers.has(one.n)) throw leftOut('number-twice');", "")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()

    def change(_asked: Any, answer: Any) -> None:
        answer["acts"] += answer.get("acts", [])[:1]

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_each_number_is_there_once = told_twice(CHECK, tell, refused, believed)
