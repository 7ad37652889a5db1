"""Nora, who may leave people out, makes a new key for the same people: not hers to do."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/chain.js", "after.size >= before.size || ", "")


def tell(liar: Liar) -> Visit:
    sara, nora, _tomas, _uma = liar.team()
    case = nora.open(sara.case)
    return liar.sit_down(sara, wire={"/cases/open": liar.slip_in_roster(sara, nora, case.make_rekey(case.members()))})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Nora Lind made a new key.")).to_be_visible()


test_the_key_is_not_taken = told_twice(CHECK, tell, refused, believed)
