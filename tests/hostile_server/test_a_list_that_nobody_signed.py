"""The server signs the next list of people itself, to have Sara's browser put Nora out."""

from typing import Any

from crypto import keys
from crypto.directory import next_directory
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import alone, closed
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "if (persons.size < (added.length ? this.coordinators : 1)) throw new NotAllowed('too few coordinators signed');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    state, ghost = liar.stage.carl.directory().state, liar.stranger()
    listed = keys.sign_thing(
        next_directory(state, [], (), (nora.fp,), state.issued), [(ghost.fp, ghost.identity.ed_seed)]
    )

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].append(b64(listed))

    return liar.sit_down(sara, wire={"/people/directory": change})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    alone(visit.page)


test_nobody_is_put_out_by_a_list_without_a_coordinator = told_twice(CHECK, tell, refused, believed)
