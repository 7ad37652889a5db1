"""Sara's tab saw more of the log than was worth a note. When she comes back, the last lines are not there any more."""

import os

from playwright.sync_api import expect

from demo.client import Person
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.support.browser import Visit

SAW = ("  if (saw.root && !isBefore(saw, beginningOf(tree))) checkSeen(tree, saw);\n", "")
CHECK = Check(
    "worker/log.js",
    "if (saw.log > tree.log || (saw.log === tree.log && saw.size > tree.size)) throw",
    "if (false) throw",
    first=SAW,
)


def saw_more(liar: Liar, sara: Person) -> Device:
    """Her tab: three lines that say nothing to her came after all that she noted."""
    for _ in range(3):
        liar.put_in_the_log(os.urandom(32), os.urandom(32))
    liar.until_logged()
    visit = liar.sit_down(sara)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    return visit


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    visit = saw_more(liar, sara)
    return liar.sit_down(sara, visit=visit, fork=liar.fork().cut(2))


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("shorter than it was when you were here before")


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    quiet(visit.page)


def test_what_a_tab_saw_is_still_there(liar: Liar) -> None:
    refused(tell(liar))
