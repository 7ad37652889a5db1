"""The same fork, told to a page that stays open, with so many versions between that the newer notes do not name Sara's any more.
Her page saves, and hears that others have saved before it."""

from playwright.sync_api import expect

from demo.wire import unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, room, stopped
from tests.hostile_server.test_a_fork_of_the_notebook import written_on
from tests.support.browser import Visit

CHECK = Check("worker/notebook.js", "if (open && !keepsWhatItHeld(open.book, book, grew)) throw rolledBack();", "")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()
    visit = liar.sit_down(sara)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    sara.read_notebook()
    pin = sara.notebook["pins"]["cases"][sara.case.hex()]
    pin["seq"], pin["head"] = 1, "A" * 43
    forked = written_on(sara, 70)
    change = "update notebooks set version = :v, box = :b where fp = :fp"
    liar.change(change, v=forked["version"], b=unb64(forked["box"]), fp=sara.fp)
    room(visit.page, "Messages")
    visit.page.get_by_label("Write to them").fill("Here I am.")
    visit.page.get_by_role("button", name="Seal and send", exact=True).click()
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text("Here I am.")).to_be_visible(timeout=SLOW_MS)


def test_newer_notes_never_know_less(liar: Liar) -> None:
    refused(tell(liar))
