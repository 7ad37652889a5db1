"""A coordinator who helps the server invites Nora to Sara's case and names the server's own key as hers: what Nora writes would go there."""

import os

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/supporter.js", "return hex(id) === about ? identity : null;", "return identity;")
SUMMARY = "A physician in practice raised a safety problem."


def tell(liar: Liar) -> Visit:
    sara, nora, carl, ghost = liar.stage.sara(), liar.stage.supporter("Nora Lind"), liar.stage.carl, liar.stranger()
    shown = {"case": b64(sara.case), "nonce": b64(os.urandom(16)), "identity": b64(ghost.identity.frame)}
    carl.write("invite", {**shown, "summary": SUMMARY, "by": "coordinator"}, about=sara.case, to=nora.fp)
    return liar.sit_down(nora, path="/supporter")


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_text("Nothing is asked of you now.")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text(SUMMARY)).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text(SUMMARY)).to_be_visible(timeout=SLOW_MS)


test_the_owner_named_is_the_one_whose_key_makes_the_number = told_twice(CHECK, tell, refused, believed)
