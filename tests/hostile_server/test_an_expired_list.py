"""The list of people has run out: reading and writing go on, nobody new comes in."""

from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import next_directory
from crypto.frame import frame, unframe
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, approve, approved
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "|| nowS < this.issued - DAY_S || nowS >= this.expires) throw new Expired('the list of people",
    "|| nowS < this.issued - DAY_S) throw new Expired('the list of people",
)


def goes_on(visit: Visit) -> None:
    approve(visit.page, "Nora Lind")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.introduced()
    carl = liar.stage.carl
    state = carl.directory().state
    fields = unframe("directory", next_directory(state, [], (), (), state.issued))
    ended = frame("directory", {**fields, "expires": fields["issued"] + 1})
    signed = keys.sign_thing(ended, [(carl.fp, carl.identity.ed_seed)])

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].append(b64(signed))

    visit = liar.sit_down(sara, wire={"/people/directory": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_text("Nobody new can be let in now.").first).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_role("button", name="Yes, approve Nora Lind")).to_be_visible()
    expect(visit.page.get_by_role("alert")).to_have_count(0)
    expect(visit.page.get_by_text("I was there once.")).to_be_visible()  # reading goes on


def believed(visit: Visit) -> None:
    approved(visit.page, "Nora Lind")


test_sara_reads_on_and_lets_nobody_in = told_twice(CHECK, tell, refused, believed, goes_on)
