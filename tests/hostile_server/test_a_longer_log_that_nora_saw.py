"""Nora was shown more of the log than Sara, who waits for the rest in vain."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import quiet, stopped
from tests.hostile_server.test_another_log_that_nora_saw import looks, says
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_settle.js",
    "if (overdue(`seen ${hex(state.id)}`, ahead.map(({ size }) => String(size)))) throw",
    "if (false) throw",
    first=("return !ahead.length;", "return true;"),
)


def tell(liar: Liar) -> Visit:
    liar.sooner = ("worker/clock.js",)
    return looks(liar.sit_down(says(liar, bytes(32), size=5000)))


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("was shown another log than you were")


def believed(visit: Visit) -> None:
    assert visit.page.evaluate("document.body.dataset.log") == "proven"
    quiet(visit.page)


test_what_nora_saw_comes_to_sara_as_well = told_twice(CHECK, tell, refused, believed, looks)
