"""The server signs one log and hands out the lines of another, so that each looks right alone."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log.js",
    "if (signed.size !== read.size || !equal(signed.root, root)) throw logTrouble('log-garbled', { size: signed.size });",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()
    liar.until_logged()
    fork = liar.fork()
    fork.signs_another = True
    return liar.sit_down(sara, fork=fork)


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("do not add up to what the site signed")


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_the_lines_make_up_the_signed_root = told_twice(CHECK, tell, refused, believed)
