"""A coordinator who helps the server proposes a key that nobody has, and calls it Nora Lind. No page shows that name."""

import os

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_team.js", "name: nameOf(fp, binding ?? all.get(offer.binding))", "name: offer.name")
NAME = "Nora Lind"


def goes_on(visit: Visit) -> None:
    room(visit.page, "Letters")


def tell(liar: Liar) -> Visit:
    sara, carl = liar.stage.sara(), liar.stage.carl
    carl.card(sara.case)
    people = [{"fp": b64(os.urandom(32)), "name": NAME, "binding": b64(os.urandom(32))}]
    carl.write("offer", {"case": b64(sara.case), "people": people, "note": ""}, about=sara.case, to=sara.fp)
    visit = liar.sit_down(sara)
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name="Someone whose name we can’t check")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text(NAME)).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name=NAME)).to_be_visible(timeout=SLOW_MS)


test_a_name_is_shown_only_as_its_bearer_signed_it = told_twice(CHECK, tell, refused, believed, goes_on)
