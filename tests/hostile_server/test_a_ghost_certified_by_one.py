"""Two coordinators must sign for whoever is new. One of them, with the server's help, lists a key of their own, and proposes it to Sara."""

from typing import Any

from playwright.sync_api import expect

from crypto.people import read_binding
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists
from tests.hostile_server.seen import SLOW_MS, closed, delivered, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/directory.js", "persons.size < (added.length ? this.coordinators : 1)", "persons.size < 1")


def tell(liar: Liar) -> Visit:
    sara, carl, ghost = liar.stage.sara(), liar.stage.carl, liar.stranger("Gail Ghost")
    lists = Lists(liar)
    lists.ask_two()
    lists.add(by=[lists.root_key], accept=True)
    ghost.make_binding(liar.site)
    lists.add(*lists.meet(ghost), by=[lists.carl])
    carl.meet(sara.identity.frame)
    named = {"fp": b64(ghost.fp), "name": ghost.name, "binding": b64(read_binding(ghost.binding)["hash"])}
    offer = carl.seal(
        "offer",
        {"case": b64(sara.case), "people": [named], "note": "She knows this well."},
        about=sara.case,
        to=sara.fp,
    )

    def letters(asked: Any, answer: Any) -> None:
        if "offer" in asked["kinds"]:
            answer["letters"].append(delivered(offer, sara))

    return liar.sit_down(sara, wire={**lists.wire, "/letters/mine": letters})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Letters")
    expect(visit.page.get_by_text("Gail Ghost").first).to_be_visible(timeout=SLOW_MS)


test_one_coordinator_lets_nobody_in_where_two_must_sign = told_twice(CHECK, tell, refused, believed)
