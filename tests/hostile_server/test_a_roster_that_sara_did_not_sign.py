"""The server makes a roster in Sara's name, with a ghost in it and a key that the server knows."""

import os

from playwright.sync_api import expect

from crypto import keys
from crypto.frame import H, frame, unframe
from crypto.grant import kc, make_rekey
from crypto.seal import seal
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/chain.js", "  verify(ed_pk, header, body);", "")


def tell(liar: Liar) -> Visit:
    sara, ghost, key = liar.stage.sara(), liar.stranger(), os.urandom(32)
    case = sara.open(sara.case)
    made = make_rekey(
        ghost.identity, case.chain, site=liar.site, parent=bytes(16), nonce=case.chain.nonce, epoch_key=key, last_key=None,
        members=[*case.members(), {"identity": ghost.identity.frame, "lead": False}], owner_fp=sara.fp, day=sara.today,
    )  # fmt: skip
    roster = frame("roster", {**unframe("roster", made["roster"]), "issuer": sara.fp})
    assert unframe("roster", roster)["kc"] == kc(key, sara.case, 2)
    entry = frame("entry", {"header": roster, "body": keys.sign(ghost.identity.ed_seed, roster)})
    place = frame("grant", {"site": liar.site, "case": sara.case, "e": 2, "roster": H(roster), "grantee": sara.fp})
    grant = sara.fp + seal(sara.identity.xwing_pk, place, key)
    change = liar.slip_in(sara.case, entry, actor=sara.fp, grant=(2, grant), identities=(ghost.identity.frame,))
    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Team")
    expect(visit.page.get_by_role("heading", name="Someone who is no longer in the list")).to_be_visible()


test_nobody_signs_in_saras_name = told_twice(CHECK, tell, refused, believed)
