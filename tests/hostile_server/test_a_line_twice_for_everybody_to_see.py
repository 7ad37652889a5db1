"""One number stands in the log twice. Whom it concerns Olga can't tell; that it is twice she can."""

from tests.hostile_server.at_the_log import check, checks, fits, open_log, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/log_page.js", "  if (again !== null) throw logTrouble('line-twice', { line: again });\n", "")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()
    liar.until_logged()
    (entry,) = liar.tags("case_id = :c and lane = 'entry' and n = 2", c=sara.case)
    visit = liar.device()
    check(open_log(visit, liar.fork().add((entry, bytes(32))).freeze()))
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "holds one number twice")


def believed(visit: Visit) -> None:
    fits(visit)


test_no_number_is_there_twice = told_twice(CHECK, tell, refused, believed, checks)
