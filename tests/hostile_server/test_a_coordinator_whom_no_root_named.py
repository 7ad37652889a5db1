"""Such a coordinator writes to Sara for the desk. Two checks stand in the way: that of the list, and that of what a binding may do."""

from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import next_directory
from crypto.people import read_binding
from demo.people import Coordinator
from demo.wire import b64
from tests.hostile_server import test_a_coordinator_added_by_a_coordinator as by_a_coordinator
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, delivered, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

OF_THE_LIST = by_a_coordinator.CHECK
CHECK = Check(
    "crypto/directory.js",
    "if (person.roles.some((role) => ROOT_ROLES.includes(role)) && !this.rooted.has(hash)) {",
    "if (false) {",
    first=(OF_THE_LIST.text, OF_THE_LIST.instead),
)
WORDS = "Please send us your seven words"


def tell(liar: Liar) -> Visit:
    sara, carl = liar.stage.sara(), liar.stage.carl
    omar = Coordinator(liar.stage.wire.another(), "Omar Outsider", now_s=liar.stage.clock.now_s)
    binding, state = omar.make_binding(liar.site), carl.directory().state
    listed = next_directory(state, [read_binding(binding)["hash"]], (), (), state.issued)
    signed = keys.sign_thing(listed, [(carl.fp, carl.identity.ed_seed)])
    omar.meet(sara.identity.frame)
    word = omar.seal("word", {"type": "question", "text": WORDS}, to=sara.fp, about=sara.case)

    def people(_asked: Any, answer: Any) -> None:
        answer["directories"].append(b64(signed))
        answer["bindings"].append(b64(binding))

    def letters(asked: Any, answer: Any) -> None:
        if "word" in asked["kinds"]:
            answer["letters"].append(delivered(word, sara))

    return liar.sit_down(sara, wire={"/people/directory": people, "/letters/mine": letters})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    room(visit.page, "Messages")
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


test_nobody_speaks_for_the_desk_whom_no_root_named = told_twice(CHECK, tell, refused, believed)


def test_nor_when_the_list_itself_is_let_through(liar: Liar) -> None:
    liar.off = OF_THE_LIST
    page = tell(liar).page
    room(page, "Messages")
    expect(page.get_by_role("heading", name="With the desk")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text(WORDS)).to_have_count(0)
