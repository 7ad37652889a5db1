"""Uma, a member like the others, makes a key without Tomas, who neither left nor was suspended."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/chain.js", "if (!gone.every((fp) => revoked.has(fp) || left.has(fp)))", "if (false)")


def tell(liar: Liar) -> Visit:
    sara, _nora, tomas, uma = liar.team()
    case = uma.open(sara.case)
    rekey = case.make_rekey([m for m in case.members() if m["identity"] != tomas.identity.frame])
    return liar.sit_down(sara, wire={"/cases/open": liar.slip_in_roster(sara, uma, rekey)})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Without one now: Tomas Vega")).to_be_visible()


test_tomas_is_not_put_out_by_another_member = told_twice(CHECK, tell, refused, believed)
