"""Tomas proposes himself: an offer that no coordinator signed."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import delivered, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_team.js", "roles.includes('coordinator') && about === hex(state.id)", "about === hex(state.id)"
)


def goes_on(visit: Visit) -> None:
    room(visit.page, "Letters")


def tell(liar: Liar) -> Visit:
    (sara, _nora), tomas = liar.stage.introduced(), liar.stage.supporter("Tomas Vega")
    liar.stage.carl.invite(sara.case, tomas.fp, summary="a colleague")
    tomas.statement(tomas.invitations()[0], "Take me.")
    binding = tomas.directory().person(tomas.fp)["hash"]
    people = [{"fp": b64(tomas.fp), "name": "Tomas Vega", "binding": b64(binding)}]
    offer = tomas.seal(
        "offer", {"case": b64(sara.case), "people": people, "note": "Take Tomas Vega."}, about=sara.case, to=sara.fp
    )

    def change(asked: Any, answer: Any) -> None:
        if "offer" in asked["kinds"]:
            answer["letters"].append(delivered(offer, sara))

    visit = liar.sit_down(sara, wire={"/letters/mine": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("button", name="Approve Nora Lind")).to_be_visible()
    expect(visit.page.get_by_text("Tomas Vega")).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_role("button", name="Approve Tomas Vega")).to_be_visible()


test_sara_can_approve_only_whom_a_coordinator_proposed = told_twice(CHECK, tell, refused, believed, goes_on)
