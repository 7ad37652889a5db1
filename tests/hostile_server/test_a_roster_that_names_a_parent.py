"""Nora leaves Tomas out, by a roster that calls Sara's case a room of some other team."""

import os

from playwright.sync_api import expect

from crypto.grant import make_rekey
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/chain.js",
    """if (isZero(fields.parent) !== isZero(fields.parent_roster)) throw new NotAllowed("a team room names its parent's roster, a case names none");""",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, _uma = liar.team()
    case = nora.open(sara.case)
    rekey = make_rekey(
        nora.identity, case.chain, site=liar.site, nonce=case.chain.nonce, epoch_key=os.urandom(32), last_key=case.key,
        members=[one for one in case.members() if one["identity"] != tomas.identity.frame], owner_fp=sara.fp,
        day=case.day, log_size=nora.log.size, log_root=nora.log.root, parent_roster=os.urandom(32),
    )  # fmt: skip
    return liar.sit_down(sara, wire={"/cases/open": liar.slip_in_roster(sara, nora, rekey)})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Without one now")).to_be_visible()


test_a_case_is_nobodys_room = told_twice(CHECK, tell, refused, believed)
