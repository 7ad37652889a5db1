"""One bad coordinator signs a list that Sara alone is shown. The server says that it is in the log: its line never comes into it."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.hostile_server.vouched import vouch
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_lanes.js", "  if (overdue('list', there ? [] : ['new'])) throw logTrouble('list-not-in-log');\n", ""
)
LATE_MS = 4500


def tell(liar: Liar) -> Visit:
    sara, ghost = liar.stage.sara(), liar.stranger()
    ghost.make_binding(liar.site)
    lists = Lists(liar)
    lists.add(*lists.meet(ghost), by=[lists.carl])
    liar.sooner = ("worker/clock.js",)
    told = vouch(liar.fork(), lists.wire["/people/directory"])  # in a log that nobody is shown
    return liar.sit_down(sara, wire=told, vouched=False)


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("the site handed out is not in its log")


def believed(visit: Visit) -> None:
    visit.page.wait_for_timeout(LATE_MS)
    quiet(visit.page)


test_a_list_is_for_everybody_to_see = told_twice(CHECK, tell, refused, believed)
