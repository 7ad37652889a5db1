"""Out of the middle of the log of Sara's case, somebody deletes that it was opened."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_lanes.js", "if (!one) throw leftOut('number-missing');", "if (!one) continue;")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    liar.change(
        "update lanes set acts = acts + 1 where case_id = :c", c=sara.case
    )  # a number that nothing stands under
    nora.open(sara.case)
    return liar.sit_down(sara)


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_sara_reads_on_with_a_mark_and_writes_nothing = told_twice(CHECK, tell, refused, believed)
