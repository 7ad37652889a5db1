"""Carl suspended Vera. The server and one bad coordinator go on with a list that has forgotten it."""

from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import next_directory
from crypto.frame import frame, unframe
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js", "this.needsRoots || !within(this.revoked, hexes(fields.revoked))", "this.needsRoots"
)


def tell(liar: Liar) -> Visit:
    sara, vera, carl = liar.stage.sara(), liar.stage.supporter("Vera Vance"), liar.stage.carl
    liar.stage.introduce(sara, vera)
    carl.list_people(revoke=(vera.fp,))
    state = carl.directory().state
    fields = unframe("directory", next_directory(state, [], (), (), state.issued))
    forgotten = frame("directory", {**fields, "revoked": [fp for fp in fields["revoked"] if fp != vera.fp]})
    signed = keys.sign_thing(forgotten, [(carl.fp, carl.identity.ed_seed)])

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].append(b64(signed))

    return liar.sit_down(sara, wire={"/people/directory": change})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Letters")
    expect(visit.page.get_by_text("Make sure that it is really Vera Vance")).to_be_visible(timeout=SLOW_MS)


test_who_was_suspended_stays_so = told_twice(CHECK, tell, refused, believed)
