"""The roots declared a restore, and it takes away lines that Sara's tab saw, and did not note. At the door nobody speaks of it."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import SLOW_MS, quiet, room
from tests.hostile_server.test_a_log_shorter_than_this_tab_saw import SAW, saw_more
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/log.js", "  if (gone) throw putBack(gone);\n  if (saw", "  if (saw", first=SAW)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    visit = saw_more(liar, sara)
    other = PutBack(liar.stage.carl, liar.log_seed, gone=2)
    return liar.sit_down(sara, visit=visit, fork=other, wire=other.public())


def refused(visit: Visit) -> None:
    page = visit.page
    expect(page.get_by_role("heading", name="The site was put back to how it was on")).to_be_visible(timeout=SLOW_MS)
    room(page, "Messages")
    expect(page.get_by_label("Write to them")).to_have_count(0)


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    quiet(visit.page)


test_sara_is_told_what_is_gone = told_twice(CHECK, tell, refused, believed)
