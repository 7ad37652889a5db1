"""After the offer Nora's entry in the list is exchanged for another one, which no coordinator has proposed to Sara."""

from typing import Any

from crypto import keys
from crypto.directory import next_directory
from crypto.frame import H, frame, unframe
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import approve, approved, not_approved, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_team.js", "hex(binding.hash) !== offered.binding || !binding.roles", "!binding.roles")


def goes_on(visit: Visit) -> None:
    approve(visit.page, "Vera Vance")


def tell(liar: Liar) -> Visit:
    (sara, nora), carl = liar.stage.introduced(), liar.stage.carl
    old, _ = read_signed(nora.binding)
    new = frame("binding", {**unframe("binding", old), "seq": 2, "prev": H(old), "name": "Vera Vance"})
    state = carl.directory().state
    listed = keys.sign_thing(
        next_directory(state, [H(new)], [H(old)], (), state.issued), [(carl.fp, carl.identity.ed_seed)]
    )
    signed = keys.sign_thing(new, [(nora.fp, nora.identity.ed_seed)])

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].append(b64(listed))
        answer["bindings"] = [one for one in answer["bindings"] if read_signed(unb64(one))[0] != old] + [b64(signed)]

    visit = liar.sit_down(sara, wire={"/people/directory": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    not_approved(visit.page, "Vera Vance")


def believed(visit: Visit) -> None:
    approved(visit.page, "Vera Vance")


test_sara_lets_in_the_very_entry_that_was_proposed = told_twice(CHECK, tell, refused, believed, goes_on)
