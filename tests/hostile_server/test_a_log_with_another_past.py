"""Sara was here before. Since then the server has changed a line that stood in its log, and signed the log anew."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log.js",
    "if (b64u(rootAt(own, size)) !== root) throw logTrouble(claimed ? 'split-view' : 'log-rewritten', { size });",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    other = liar.fork()
    other.instead[liar.tags("lane = 'directory' order by n limit 1")[0]] = bytes(32)
    return liar.sit_down(sara, fork=other)


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("is not the one that you have seen before")
    expect(visit.page.get_by_text("it proves this")).to_be_visible()


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    quiet(visit.page)


test_what_stood_in_the_log_stays_as_it_was = told_twice(CHECK, tell, refused, believed)
