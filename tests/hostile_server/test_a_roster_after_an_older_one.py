"""Nora, who may leave people out, makes a roster that says that it follows the first one, as if the last had never been."""

from playwright.sync_api import expect

from crypto import keys
from crypto.frame import H, frame, unframe
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/chain.js",
    " || !equal(fields.last_roster, this.roster_hash)) throw new WrongPlace('a roster that",
    ") throw new WrongPlace('a roster that",
)


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, _uma = liar.team()
    case = nora.open(sara.case)
    made = case.make_rekey([m for m in case.members() if m["identity"] != tomas.identity.frame])
    older = frame("roster", {**unframe("roster", made["roster"]), "last_roster": H(case.chain.rosters[1]), "link": b""})
    entry = frame("entry", {"header": older, "body": keys.sign(nora.identity.ed_seed, older)})
    return liar.sit_down(sara, wire={"/cases/open": liar.slip_in(sara.case, entry, actor=nora.fp)})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Without one now: Tomas Vega")).to_be_visible()


test_a_roster_follows_the_last_one = told_twice(CHECK, tell, refused, believed)
