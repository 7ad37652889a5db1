"""Nora says that she wrote before what was there already. The day of an entry is her own claim, its order is not."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/chain.js", "if (fields.day < this.day) throw new NotAllowed('a day before the entry before');", ""
)
WORDS = "I told you last month."


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    case = nora.open(sara.case)
    entry = case.seal({"kind": "message", "text": WORDS}, day=case.chain.day - 30)
    return liar.sit_down(sara, wire={"/cases/open": liar.slip_in(sara.case, entry, actor=nora.fp)})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


test_days_never_go_back = told_twice(CHECK, tell, refused, believed)
