"""One coordinator lists another by himself, which only the roots may."""

from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import next_directory
from crypto.people import read_binding
from demo.people import Coordinator
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "if (person.roles.some((role) => ROOT_ROLES.includes(role))) throw new NotAllowed('only roots name coordinators and stewards');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, carl = liar.stage.sara(), liar.stage.carl
    omar = Coordinator(liar.stage.wire.another(), "Omar Outsider", now_s=liar.stage.clock.now_s)
    binding, state = omar.make_binding(liar.site), carl.directory().state
    listed = next_directory(state, [read_binding(binding)["hash"]], (), (), state.issued)
    signed = keys.sign_thing(listed, [(carl.fp, carl.identity.ed_seed)])

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].append(b64(signed))
        answer["bindings"].append(b64(binding))

    return liar.sit_down(sara, wire={"/people/directory": change})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)


test_the_whole_list_is_refused = told_twice(CHECK, tell, refused, believed)
