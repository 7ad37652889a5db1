"""Tomas is suspended. The server leaves him out by a roster of its own making, under a key that it knows."""

from playwright.sync_api import expect

from demo.client import Person
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/chain.js",
    "if (!fields.people.some((/** @type {Member} */ one) => equal(one.fp, fields.issuer))) throw new NotAllowed('an issuer who is not a member');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, _uma = liar.team()
    ghost: Person = liar.stranger()
    case = nora.open(sara.case)
    case.person = ghost
    rekey = case.make_rekey([m for m in case.members() if m["identity"] != tomas.identity.frame], history=False)
    liar.stage.carl.list_people(revoke=(tomas.fp,))
    wire = {"/cases/open": liar.slip_in_roster(sara, ghost, rekey, ghost.identity.frame)}
    return liar.sit_down(sara, wire=wire)


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Without one now")).to_be_visible()


test_a_key_comes_from_somebody_who_is_in = told_twice(CHECK, tell, refused, believed)
