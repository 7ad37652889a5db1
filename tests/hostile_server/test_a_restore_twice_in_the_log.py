"""The roots signed two restores for the same log, and used one. The other stands in it as well, for those who are shown that one."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_lanes.js",
    "if (find(tree, one.tag).some(({ log, commit }) => log !== one.n || !equal(commit, one.commit))) throw",
    "if (false) throw",
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    liar.until_logged()
    other = PutBack(liar.stage.carl, liar.log_seed)
    other.add((other.first[0], bytes(32)))
    return liar.sit_down(sara, fork=other, wire=other.public())


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("holds one number twice")


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=30)
    quiet(visit.page)


test_each_log_begins_with_one_restore = told_twice(CHECK, tell, refused, believed)
