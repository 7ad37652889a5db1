"""Vera stepped down, and the newest list is without her. The server hands out the one before it once more, as what came after."""

from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import next_directory
from crypto.people import read_binding
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.hostile_server.vouched import list_tag
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "if (fields.version !== this.version + 1 || !equal(fields.prev, this.hash)) throw new WrongPlace('a directory that does not follow');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, vera, carl = liar.stage.sara(), liar.stage.supporter("Vera Vance"), liar.stage.carl
    liar.stage.introduce(sara, vera)
    state = carl.directory().state
    without = next_directory(state, [], [read_binding(vera.binding)["hash"]], (), state.issued)
    carl.post("/people/publish", directory=keys.sign_thing(without, [(carl.fp, carl.identity.ed_seed)]))

    fork = liar.fork()
    fork.without(list_tag(fork, "directory", state.version + 1))

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].append(answer["directories"][-2])

    return liar.sit_down(sara, wire={"/people/directory": change}, fork=fork)


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Letters")
    expect(visit.page.get_by_text("Make sure that it is really Vera Vance")).to_be_visible(timeout=SLOW_MS)


test_each_list_follows_the_one_before = told_twice(CHECK, tell, refused, believed)
