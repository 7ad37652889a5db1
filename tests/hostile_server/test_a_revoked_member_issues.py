"""Uma has been suspended. With the server's help she makes the next key all the same, without Tomas, who did leave."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/chain.js", "if (isNew && revoked.has(issuer)) throw new NotAllowed('an issuer who is revoked');", ""
)


def tell(liar: Liar) -> Visit:
    sara, _nora, tomas, uma = liar.team()
    tomas.say(sara.case, {"kind": "leave"})
    case = uma.open(sara.case)
    liar.stage.carl.list_people(revoke=(uma.fp,))
    rekey = case.make_rekey([m for m in case.members() if m["identity"] != tomas.identity.frame])
    return liar.sit_down(sara, wire={"/cases/open": liar.slip_in_roster(sara, uma, rekey)})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Without one now: Tomas Vega")).to_be_visible()


test_no_key_is_taken_from_somebody_who_was_suspended = told_twice(CHECK, tell, refused, believed)
