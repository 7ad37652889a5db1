"""The server begins the list of people anew, without the roots."""

from typing import Any

from crypto import keys
from crypto.directory import first_directory
from crypto.frame import H, frame, unframe
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import alone, closed
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "if (!countRoots(directories[0], root)) throw new NotAllowed('the first directory shown is not signed by the roots');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    ghost = liar.stranger()

    def change(_asked: Any, answer: Any) -> None:
        root = H(read_signed(unb64(answer["roots"][-1]))[0])
        bindings = [H(read_signed(unb64(one))[0]) for one in answer["bindings"]]
        listed = unframe("directory", first_directory(liar.site, root, bindings, sara.now_s()))
        above = {"version": liar.stage.carl.directory().state.version + 1, "prev": H(b"the list before")}
        listed = frame("directory", {**listed, **above, "revoked": [nora.fp]})
        answer["directories"] = [b64(keys.sign_thing(listed, [(ghost.fp, ghost.identity.ed_seed)]))]

    return liar.sit_down(sara, wire={"/people/directory": change})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    alone(visit.page)


test_a_list_begins_with_the_roots = told_twice(CHECK, tell, refused, believed)
