"""Sara's tab saw more of the log than was worth a note. When she comes back, one of these lines is another one."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.test_a_log_shorter_than_this_tab_saw import SAW, saw_more
from tests.support.browser import Visit

CHECK = Check("worker/log.js", SAW[0], SAW[1])


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    visit = saw_more(liar, sara)
    fork = liar.fork().freeze()
    fork.lines[-2] = (fork.lines[-2][0], bytes(32))
    return liar.sit_down(sara, visit=visit, fork=fork)


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("is not the one that you have seen before")


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    quiet(visit.page)


def test_what_a_tab_saw_stays_as_it_was(liar: Liar) -> None:
    refused(tell(liar))
