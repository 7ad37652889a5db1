"""Tomas, who knows of Sara's case, invites Nora to it, and the server hands that on as if it came from the desk."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, delivered
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/supporter.js",
    "!letter.payload || !letter.roles.includes('coordinator')) continue;",
    "!letter.payload) continue;",
)
SUMMARY = "Write to me what you know."


def tell(liar: Liar) -> Visit:
    sara, nora, tomas = liar.stage.sara(), liar.stage.supporter("Nora Lind"), liar.stage.supporter("Tomas Vega")
    shown = {"case": b64(sara.case), "nonce": b64(sara.nonce), "identity": b64(sara.identity.frame)}
    tomas.meet(nora.identity.frame)
    invitation = tomas.seal("invite", {**shown, "summary": SUMMARY}, about=sara.case, to=nora.fp)

    def letters(asked: Any, answer: Any) -> None:
        if "invite" in asked["kinds"]:
            answer["letters"].append(delivered(invitation, nora))

    def people(_asked: Any, answer: Any) -> None:
        answer["bindings"].append(b64(tomas.binding))

    wire = {"/letters/mine": letters, "/people/directory": people}
    return liar.sit_down(nora, wire=wire, path="/supporter")


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_text("Nothing is asked of you now.")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text(SUMMARY)).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text(SUMMARY)).to_be_visible(timeout=SLOW_MS)


test_nora_is_invited_by_coordinators_alone = told_twice(CHECK, tell, refused, believed)
