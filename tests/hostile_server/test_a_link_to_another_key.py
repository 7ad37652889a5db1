"""Nora, who may leave people out, makes a key whose way back leads to another key than the last. Vera comes in later.

Without the check that other key would be Vera's, and the whole log of the time before would seem not to fit.
"""

import os

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, open_first, quiet, room, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/entry.js", "if (key.length !== 32 || !equal(kc(key, id, last.e), last.kc)) throw", "if (false) throw"
)


def goes_on(visit: Visit) -> None:
    open_first(visit.page)


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, _uma = liar.team()
    case = nora.open(sara.case)
    case.epoch_keys[case.chain.epoch] = os.urandom(32)
    rekey = case.make_rekey([m for m in case.members() if m["identity"] != tomas.identity.frame])
    nora.act("/cases/rekey", rekey=rekey["rekey"], identities=[])
    vera = liar.stage.supporter("Vera Vance")
    liar.stage.introduce(sara, vera)
    sara.open(sara.case).add({"identity": vera.identity.frame, "lead": False})
    visit = liar.sit_down(vera)
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("From before your time").first).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_label("Write to them")).to_be_visible()


def believed(visit: Visit) -> None:
    stopped(visit.page)


test_a_key_that_no_roster_fixes_is_none = told_twice(CHECK, tell, refused, believed, goes_on)
