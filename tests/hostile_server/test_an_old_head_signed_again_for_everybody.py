"""On the page of the log a witness's signature is of today, and its head is older than the list of people that is shown."""

from playwright.sync_api import expect

from tests.hostile_server.at_the_log import open_log
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.hostile_server.test_a_head_signed_again_and_again import cosigned
from tests.hostile_server.test_a_log_that_nobody_watches import NAME, watched_by_one
from tests.hostile_server.twice import told_twice
from tests.hostile_server.vouched import list_tag
from tests.support.browser import Visit

CHECK = Check("worker/log_page.js", "log === tree.log && index >= size", "log < 0 && index >= size")


def tell(liar: Liar) -> Visit:
    liar.until_logged()
    fork = liar.fork().add()
    seen = len(fork.lines)
    fork.add((list_tag(fork, "directory", liar.stage.carl.directory().state.version + 1), bytes(32)))
    fork.cosign = lambda _note: cosigned(liar, fork.hashes()[:seen])
    visit = liar.device()
    liar.tells(visit, {"/people/directory": watched_by_one(liar)})
    open_log(visit, fork)
    return visit


def refused(visit: Visit) -> None:
    row = visit.page.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text("Within a day, without the newest lines", timeout=SLOW_MS)
    heading = visit.page.get_by_role("heading", name="Nobody outside has signed the newest list of people yet")
    expect(heading).to_be_visible()


def believed(visit: Visit) -> None:
    row = visit.page.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text("Within a day", timeout=SLOW_MS)
    expect(row).not_to_contain_text("newest lines")


test_a_new_signature_under_an_old_head_is_not_called_fresh = told_twice(CHECK, tell, refused, believed)
