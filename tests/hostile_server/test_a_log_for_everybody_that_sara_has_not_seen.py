"""Sara's notes know the log. On its public page her browser, where she is signed in, is shown another one."""

from tests.hostile_server.at_the_log import check, checks, fits, refuses, rewritten
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/log_whole.js", "  if (isSignedIn()) checkSeen(tree, readSeen(notebook().log));\n", "")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    visit = liar.device()
    rewritten(liar).serve(visit.door)
    page = liar.stage.sit_down(visit, sara, "/log")
    visit.until("document.body.dataset.ready !== undefined", timeout_s=30)
    check(page)
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "is not the one that you have seen before")


def believed(visit: Visit) -> None:
    fits(visit)


test_the_public_log_is_the_one_in_her_notes = told_twice(CHECK, tell, refused, believed, checks)
