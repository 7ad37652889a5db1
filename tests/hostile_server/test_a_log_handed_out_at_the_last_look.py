"""Sara is shown a list of people that comes into no log, and the log only when her browser was about to give up asking: there would
have been nothing that it had waited for long enough."""

from tests.hostile_server import test_a_list_for_sara_alone as at_once
from tests.hostile_server.came_late import log_comes_late
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists
from tests.hostile_server.twice import told_twice
from tests.hostile_server.vouched import vouch
from tests.support.browser import Visit

CHECK = Check("worker/case_settle.js", " || (answered && look < 3 * PAUSES_MS.length)", "")


def tell(liar: Liar) -> Visit:
    sara, ghost = liar.stage.sara(), liar.stranger()
    ghost.make_binding(liar.site)
    lists = Lists(liar)
    lists.add(*lists.meet(ghost), by=[lists.carl])
    liar.sooner = ("worker/clock.js", "worker/case_settle.js")
    told = vouch(liar.fork(), lists.wire["/people/directory"])  # in a log that nobody is shown
    visit = liar.device()
    log_comes_late(visit, looks=3)
    return liar.sit_down(sara, wire=told, vouched=False, visit=visit)


refused, believed = at_once.refused, at_once.believed
test_who_answers_at_last_is_asked_on = told_twice(CHECK, tell, refused, believed)
