"""The roots signed a restore that was not needed after all. The server keeps it, and one day begins a log with it for Sara alone."""

from tests.hostile_server.at_the_log import check, open_log, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import quiet
from tests.hostile_server.test_a_restore_that_the_roots_did_not_sign import refused as marked_for_it
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_lanes.js",
    "if (overdue('restore', there ? [] : ['new'])) throw logTrouble('log-renumbered');\n"
    "  if (there) proven = tree.log;\n  return there;",
    "return true;",
)


def unused(liar: Liar) -> PutBack:
    liar.until_logged()
    other = PutBack(liar.stage.carl, liar.log_seed)
    other.never_used = True
    liar.sooner = ("worker/clock.js", "worker/log_whole.js")
    return other


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    other = unused(liar)
    return liar.sit_down(sara, fork=other, wire=other.public())


def refused(visit: Visit) -> None:
    marked_for_it(visit)


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=30)
    quiet(visit.page)


test_a_restore_stands_in_the_log_that_it_began = told_twice(CHECK, tell, refused, believed)


def test_for_whoever_looks_without_an_account_as_well(liar: Liar) -> None:
    liar.stage.together()
    other = unused(liar)
    visit = liar.device()
    liar.tells(visit, other.public())
    check(open_log(visit, other))
    refuses(visit, "has not shown who allowed that")
