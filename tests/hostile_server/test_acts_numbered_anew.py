"""The server leaves an opening out and closes the gap: what came later moves up by one."""

from typing import Any

from tests.hostile_server.liar import Check, Liar, marked, quiet
from tests.support.browser import Visit

CHECK = Check("worker/case_lanes.js", "if (!equal(unb64u(given), expected)) throw leftOut('tag');", "")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()

    def change(_asked: Any, answer: Any) -> None:
        answer["acts"] = [act for act in answer.get("acts", []) if (act["epoch"], act["n"]) != (1, 2)]
        for act in answer["acts"]:
            if act["epoch"] == 1 and act["n"] > 2:
                act["n"] -= 1

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)


def test_a_number_belongs_to_its_leaf(liar: Liar) -> None:
    refused(tell(liar))
