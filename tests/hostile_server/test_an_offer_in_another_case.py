"""Carl proposed Vera and Uma to Sara, in the case that she had before. Outside or inside the letters this one is named, not both."""

import os
from typing import Any

from playwright.sync_api import expect

from crypto.people import read_binding
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists
from tests.hostile_server.seen import SLOW_MS, delivered, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_team.js",
    "roles.includes('coordinator') && about === hex(state.id) && payload.case === b64u(state.id)",
    "roles.includes('coordinator')",
)
NAMES = ("Vera Vance", "Uma Reed")


def goes_on(visit: Visit) -> None:
    room(visit.page, "Letters")


def tell(liar: Liar) -> Visit:
    (sara, _nora), carl, before = liar.stage.introduced(), liar.stage.carl, os.urandom(16)
    vera, uma = (liar.stranger(name) for name in NAMES)
    for one in (vera, uma):
        one.make_binding(liar.site)
    lists = Lists(liar)
    lists.add(*lists.meet(vera, uma), by=[lists.carl])
    carl.meet(sara.identity.frame)
    offers = []
    for one, about, case in ((vera, before, sara.case), (uma, sara.case, before)):
        named = {"fp": b64(one.fp), "name": one.name, "binding": b64(read_binding(one.binding)["hash"])}
        said = {"case": b64(case), "people": [named], "note": ""}
        offers.append(carl.seal("offer", said, about=about, to=sara.fp))

    def change(asked: Any, answer: Any) -> None:
        if "offer" in asked["kinds"]:
            answer["letters"] += [delivered(one, sara) for one in offers]

    visit = liar.sit_down(sara, wire={**lists.wire, "/letters/mine": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("button", name="Approve Nora Lind")).to_be_visible(timeout=SLOW_MS)
    for name in NAMES:
        expect(visit.page.get_by_text(name)).to_have_count(0)


def believed(visit: Visit) -> None:
    for name in NAMES:
        expect(visit.page.get_by_text(name).first).to_be_visible(timeout=SLOW_MS)


test_who_was_proposed_in_one_case_is_not_proposed_in_another = told_twice(CHECK, tell, refused, believed, goes_on)
