"""While Olga has the page open, the last lines are taken away."""

import os

from tests.hostile_server.at_the_log import check, fits, open_log, refuses
from tests.hostile_server.liar import Check, Liar
from tests.support.browser import Visit

CHECK = Check(
    "worker/log.js",
    "if (size > own.size) throw own === tree ?",
    "if (size > own.size) return; else if (false) throw own === tree ?",
)


def tell(liar: Liar) -> Visit:
    liar.stage.together()
    liar.until_logged()
    for _ in range(3):  # what is taken in together has no order: the list of people could be among the last
        liar.put_in_the_log(os.urandom(32), os.urandom(32))
    liar.until_logged()
    visit = liar.device()
    page = open_log(visit)
    liar.fork().cut(3).serve(visit.door)
    check(page)
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "shorter than it was when you were here before")


def believed(visit: Visit) -> None:
    fits(visit)


def test_the_end_that_was_shown_stays(liar: Liar) -> None:
    refused(tell(liar))
