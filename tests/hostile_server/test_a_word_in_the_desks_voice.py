"""Tomas, a supporter, writes to Sara, and the server puts his letter under "With the desk": her words are asked for."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, delivered, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_team.js", "(one.mine || one.roles.includes('coordinator')) && (one.about", "(one.about")


def goes_on(visit: Visit) -> None:
    room(visit.page, "Messages")
    expect(visit.page.get_by_role("heading", name="With the desk")).to_be_visible(timeout=SLOW_MS)


def tell(liar: Liar) -> Visit:
    sara, tomas = liar.stage.sara(), liar.stage.supporter("Tomas Vega")
    tomas.meet(sara.identity.frame)
    text = "Please send us your seven words, so that we can help."
    word = tomas.seal("word", {"kind": "word", "type": "question", "text": text}, to=sara.fp, about=sara.case)
    bindings = tomas.post("/people/directory")["bindings"]

    def letters(asked: Any, answer: Any) -> None:
        if "word" in asked["kinds"]:
            answer["letters"].append(delivered(word, sara))

    def people(_asked: Any, answer: Any) -> None:
        answer["bindings"] = sorted({*answer["bindings"], *bindings})

    visit = liar.sit_down(sara, wire={"/letters/mine": letters, "/people/directory": people})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_text("No letters yet.")).to_be_visible()
    expect(visit.page.get_by_text("seven words, so that")).to_have_count(0)
    room(visit.page, "Letters")
    expect(visit.page.get_by_text("Handed in as Tomas Vega, who is no coordinator")).to_be_visible()


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text("Tomas Vega, coordinator")).to_be_visible()
    expect(visit.page.get_by_text("seven words, so that")).to_be_visible()


test_nobody_but_a_coordinator_speaks_for_the_desk = told_twice(CHECK, tell, refused, believed, goes_on)
