"""The log keeps nothing of one entry of Sara's case."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_lanes.js", "if (!event) throw leftOut('entry-event-missing');", "if (!event) return [];")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()
    liar.change("delete from events where case_id = :c and lane = 'entry' and n = 2", c=sara.case)
    return liar.sit_down(sara)


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_sara_reads_on_with_a_mark_and_writes_nothing = told_twice(CHECK, tell, refused, believed)
