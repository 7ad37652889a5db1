"""Carl suspended Vera, and Sara's browser saw it. The server and one bad coordinator go on from the list before, to a higher number."""

from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import next_directory
from crypto.frame import H, frame, unframe
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet
from tests.support.browser import Visit

CHECK = Check(
    "worker/directory.js",
    "|| chain.get(version) === hash;",
    "|| chain.get(version) === hash || version < Math.max(...chain.keys());",
)


def tell(liar: Liar) -> Visit:
    sara, vera = liar.stage.sara(), liar.stage.supporter("Vera Vance")
    carl = liar.stage.carl
    before = carl.directory().state
    carl.list_people(revoke=(vera.fp,))
    first = liar.sit_down(sara)
    first.until("document.body.dataset.log === 'proven'", timeout_s=20)
    one = next_directory(before, [], (), (), max(carl.now_s(), before.issued))
    fields = unframe("directory", one)
    two = frame("directory", {**fields, "version": fields["version"] + 1, "prev": H(one)})
    forked = [b64(keys.sign_thing(made, [(carl.fp, carl.identity.ed_seed)])) for made in (one, two)]

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"][-1:] = forked

    return liar.sit_down(sara, wire={"/people/directory": change})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)


def test_a_higher_number_is_not_enough(liar: Liar) -> None:
    refused(tell(liar))
