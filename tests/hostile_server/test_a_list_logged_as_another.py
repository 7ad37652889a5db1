"""The list of people that everybody is handed is not the one that the log committed to under its number."""

from tests.hostile_server.at_the_log import check, checks, fits, open_log, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.hostile_server.vouched import list_tag
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_whole.js",
    "if (found.some((one) => !equal(one.commit, commit))) throw logTrouble(otherwise);",
    "",
)


def tell(liar: Liar) -> Visit:
    liar.stage.together()
    liar.until_logged()
    fork = liar.fork()
    fork.instead[list_tag(fork, "directory", liar.stage.carl.directory().state.version)] = bytes(32)
    visit = liar.device()
    check(open_log(visit, fork))
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "is not in its log")


def believed(visit: Visit) -> None:
    fits(visit)


test_the_list_in_force_is_the_one_in_the_log = told_twice(CHECK, tell, refused, believed, checks)
