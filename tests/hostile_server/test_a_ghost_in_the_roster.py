"""Nora, who may leave people out, puts in somebody whom Sara never approved."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/chain.js", " || ![...after].every((item) => before.has(item))", "")


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, uma = liar.team()
    ghost = liar.stranger()
    case = nora.open(sara.case)
    kept = [m for m in case.members() if m["identity"] not in (tomas.identity.frame, uma.identity.frame)]
    rekey = case.make_rekey([*kept, {"identity": ghost.identity.frame, "lead": False}])
    return liar.sit_down(sara, wire={"/cases/open": liar.slip_in_roster(sara, nora, rekey, ghost.identity.frame)})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Team")
    expect(visit.page.get_by_role("heading", name="Someone who is no longer in the list")).to_be_visible()


test_nobody_comes_in_whom_sara_did_not_approve = told_twice(CHECK, tell, refused, believed)
