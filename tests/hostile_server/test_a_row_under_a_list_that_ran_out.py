"""The list of people has run out: who the stewards are now can't be said, and Sara's answers wait for a newer one."""

from typing import Any

from crypto import keys
from crypto.directory import next_directory
from crypto.frame import frame, unframe
from demo.wire import b64
from tests.hostile_server.devices import Device
from tests.hostile_server.giving import device, readers, sara_and_stan, settle
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import quiet

CHECK = Check("worker/research.js", "(await directory()).state.checkFresh(nowS());", "")


def tell(liar: Liar) -> Device:
    sara, _ = sara_and_stan(liar)
    carl = liar.stage.carl
    state = carl.directory().state
    fields = unframe("directory", next_directory(state, [], (), (), state.issued))
    ended = frame("directory", {**fields, "expires": fields["issued"] + 1})
    signed = keys.sign_thing(ended, [(carl.fp, carl.identity.ed_seed)])

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].append(b64(signed))

    visit = liar.sit_down(sara, wire={"/people/directory": change}, visit=device(liar))
    settle(visit)
    return visit


def refused(visit: Device) -> None:
    quiet(visit.page)
    assert readers(visit) == []


def believed(visit: Device) -> None:
    assert len(readers(visit)) == 1


def test_a_row_waits_for_a_list_that_is_in_force(liar: Liar) -> None:
    refused(tell(liar))
