"""What Nora wrote says that it is of another case. It has the right place here, and opens."""

import os

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

WRONG = "throw new WrongPlace('an entry of another case')"
CHECK = Check(
    "crypto/chain.js",
    f"if (!equal(fields.site, this.site) || !equal(fields.case, this.case)) {WRONG};",
    f"if (!equal(fields.site, this.site)) {WRONG};",
)
WORDS = "Call me tonight."


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    entry = nora.open(sara.case).seal({"kind": "message", "text": WORDS}, case=os.urandom(16))
    return liar.sit_down(sara, wire={"/cases/open": liar.slip_in(sara.case, entry, actor=nora.fp)})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


test_an_entry_is_of_the_case_that_it_stands_in = told_twice(CHECK, tell, refused, believed)
