"""Tomas, with the server's help, writes in Nora's name."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/letter.js", "if (edPk) verify(edPk, said(header, payload), sig);", "if (edPk) ;")
WORDS = "Do not trust the others."


def goes_on(visit: Visit) -> None:
    room(visit.page, "Messages")


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, _uma = liar.team()
    case = tomas.open(sara.case)
    noras = [member["fp"] for member in case.chain.members].index(nora.fp)
    entry = case.seal({"kind": "message", "text": WORDS}, author=noras)
    visit = liar.sit_down(sara, wire={"/cases/open": liar.slip_in(sara.case, entry, actor=nora.fp)})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)  # one bad record closes no case
    expect(visit.page.get_by_text("Unreadable, handed in as Nora Lind.")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)
    expect(visit.page.get_by_label("Write to them")).to_be_visible()


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


test_it_stands_in_its_place_as_unreadable_and_the_case_goes_on = told_twice(CHECK, tell, refused, believed, goes_on)
