"""One bad coordinator proposes to Sara somebody who reads releases, and whom nobody chose to be near a case."""

from typing import Any

from playwright.sync_api import expect

from crypto.people import read_binding
from demo.releases import Researcher
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists
from tests.hostile_server.seen import SLOW_MS, approve, approved, delivered, not_approved
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_team.js", "!== offered.binding || !binding.roles.includes('supporter')", "!== offered.binding"
)
NAME = "Rita Roe"


def goes_on(visit: Visit) -> None:
    approve(visit.page, NAME)


def tell(liar: Liar) -> Visit:
    sara, rita, carl = liar.stage.sara(), liar.stage.staff(Researcher, NAME), liar.stage.carl
    lists = Lists(liar)
    lists.meet(rita)
    named = {"fp": b64(rita.fp), "name": NAME, "binding": b64(read_binding(rita.binding)["hash"])}
    carl.meet(sara.identity.frame)
    offer = carl.seal("offer", {"case": b64(sara.case), "people": [named], "note": ""}, about=sara.case, to=sara.fp)

    def change(asked: Any, answer: Any) -> None:
        if "offer" in asked["kinds"]:
            answer["letters"].append(delivered(offer, sara))

    visit = liar.sit_down(sara, wire={**lists.wire, "/letters/mine": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    stopped = "no coordinator has proposed this person with this key"
    expect(visit.page.get_by_text(stopped).first).to_be_visible(timeout=SLOW_MS)
    not_approved(visit.page, NAME)


def believed(visit: Visit) -> None:
    approved(visit.page, NAME)


test_only_a_supporter_is_let_in = told_twice(CHECK, tell, refused, believed, goes_on)
