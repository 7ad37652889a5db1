"""The server begins another log, and says that it was put back. The holder of the root sheet knows nothing of it."""

import os

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/restores.js",
    "if (!by) throw logTrouble('log-renumbered');",
    "if (!by) return { size, root, time, hash: H(thing), by: n };",
)


def tell(liar: Liar, *, by_roots: bool = False) -> Visit:
    sara, _nora = liar.stage.seen()
    liar.until_logged()
    other = PutBack(liar.stage.carl, liar.log_seed, by=liar.root_seed if by_roots else os.urandom(32))
    return liar.sit_down(sara, fork=other, wire=other.public())


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("has not shown who allowed that")
    expect(visit.page.get_by_text("have to sign that, and you were not shown it")).to_be_visible()


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=30)
    quiet(visit.page)


test_no_other_log_is_begun_without_the_roots = told_twice(CHECK, tell, refused, believed)


def test_one_that_roots_began_and_that_keeps_all_she_saw_is_followed_without_a_word(liar: Liar) -> None:
    believed(tell(liar, by_roots=True))


def test_nor_one_of_which_nothing_is_shown(liar: Liar) -> None:
    sara, _nora = liar.stage.seen()
    liar.until_logged()
    refused(liar.sit_down(sara, fork=PutBack(liar.stage.carl, liar.log_seed)))
