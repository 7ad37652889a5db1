"""Nora, who may leave people out, makes a roster with the number after next: the keys of the one between would be nobody's."""

from playwright.sync_api import expect

from crypto import keys
from crypto.frame import frame, unframe
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/chain.js", "fields.e !== this.epoch + 1 || ", "")


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, _uma = liar.team()
    case = nora.open(sara.case)
    made = case.make_rekey([m for m in case.members() if m["identity"] != tomas.identity.frame])
    fields = unframe("roster", made["roster"])
    later = frame("roster", {**fields, "e": fields["e"] + 1, "link": b""})
    entry = frame("entry", {"header": later, "body": keys.sign(nora.identity.ed_seed, later)})
    return liar.sit_down(sara, wire={"/cases/open": liar.slip_in(sara.case, entry, actor=nora.fp)})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Without one now: Tomas Vega")).to_be_visible()


test_epochs_follow_one_another = told_twice(CHECK, tell, refused, believed)
