"""Beside the list the server hands out one steward more, whom no root named. Sara's answers are not sealed to her.

The list's own check is switched off in test_a_supporter_whom_no_list_names.py.
"""

from typing import Any

from crypto import keys
from crypto.directory import next_directory
from demo.wire import b64
from tests.hostile_server.giving import SETTLED_MS, device, readers, sara_and_stan, settle
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import quiet, stopped


def test_a_row_is_sealed_to_listed_stewards_and_to_nobody_else(liar: Liar) -> None:
    sara, stan = sara_and_stan(liar)
    ghost = liar.stranger("Gail Ghost")
    ghost.roles = "steward"
    binding = ghost.make_binding(liar.site)

    def change(_asked: Any, answer: Any) -> None:
        answer["bindings"].append(b64(binding))

    visit = liar.sit_down(sara, wire={"/people/directory": change}, visit=device(liar))
    settle(visit)
    quiet(visit.page)
    listed = {one["fp"].hex() for one in liar.stage.carl.directory().holders("steward")}
    assert stan.fp.hex() in listed and ghost.fp.hex() not in listed
    assert readers(visit) == [listed]


def test_nothing_is_given_while_the_list_can_not_be_verified(liar: Liar) -> None:
    sara, _ = sara_and_stan(liar)
    ghost = liar.stranger("Gail Ghost")
    state = liar.stage.carl.directory().state
    later = next_directory(state, [], (), (), state.issued)

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].append(b64(keys.sign_thing(later, [(ghost.fp, ghost.identity.ed_seed)])))

    visit = liar.sit_down(sara, wire={"/people/directory": change}, visit=device(liar), vouched=False)
    stopped(visit.page)
    visit.page.wait_for_timeout(SETTLED_MS)
    assert readers(visit) == []
