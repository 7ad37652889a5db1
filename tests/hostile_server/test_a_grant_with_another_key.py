"""The server seals a key of its own to Nora, so that what she writes can be read by it."""

import os
from typing import Any

from playwright.sync_api import expect

from crypto import log
from crypto.frame import H, frame, unframe
from crypto.grant import lane_key
from crypto.seal import seal
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import quiet, room, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/entry.js", "if (!equal(kc(epochKey, id, e), fixed)) throw new CannotOpen('not the key of this roster');", ""
)


def goes_on(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Open it").click()


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    roster = sara.open(sara.case).chain.roster
    e, key = unframe("roster", roster)["e"], os.urandom(32)
    place = frame("grant", {"site": liar.site, "case": sara.case, "e": e, "roster": H(roster), "grantee": nora.fp})
    forged = nora.fp + seal(nora.identity.xwing_pk, place, key)

    def change(_asked: Any, answer: Any) -> None:
        answer["grants"] = [{"epoch": e, "grant": b64(forged)}]
        for act in [act for act in answer.get("acts", []) if act["epoch"] == e]:
            # The leaves are numbered anew under the forged key, and promised again.
            tag = log.lane_tag(lane_key(key, sara.case, e), "act", act["n"])
            commitment = log.commit(unb64(act["salt"]), unb64(act["event"])) if "event" in act else unb64(act["commit"])
            act |= {"tag": b64(tag), "promise": liar.promise(tag, commitment), "position": None}
            liar.put_in_the_log(tag, commitment, act["promise"])

    visit = liar.sit_down(nora, wire={"/cases/open": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_label("Write to them")).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_role("button", name="Open it")).to_have_count(0)
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible()


test_nora_writes_nothing_under_a_key_that_the_roster_does_not_fix = told_twice(CHECK, tell, refused, believed, goes_on)
