"""Carl suspended Vera, and Sara's browser saw it. The server and one bad coordinator go on from the list before, to a higher number."""

from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import Directory, next_directory, start
from crypto.frame import H, frame, unframe
from crypto.signing import read_signed
from demo.people import Coordinator
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/directory.js",
    "|| chain.get(version) === hash;",
    "|| chain.get(version) === hash || version < Math.max(...chain.keys());",
)


def list_before(carl: Coordinator) -> Directory:
    """The list of people before Vera was suspended."""
    given = carl.post("/people/directory")
    roots, lists, bindings = ([unb64(one) for one in given[name]] for name in ("roots", "directories", "bindings"))
    frames = [read_signed(signed)[0] for signed in bindings]
    return start(carl.site, roots, lists[:-1], {H(one): one for one in frames})


def tell(liar: Liar) -> Visit:
    (sara, _nora), carl = liar.stage.seen(), liar.stage.carl
    before = list_before(carl)
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


test_a_higher_number_is_not_enough = told_twice(CHECK, tell, refused, believed)
