"""After the first roots the server puts second ones, of its own, which only they themselves have signed."""

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
    "crypto/people.js",
    "if (!countRoots(signed, before)) throw new NotAllowed('too few of the roots before signed');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    seed = bytes(range(32))
    own = [(keys.ed_public(seed), seed)]
    above = {"version": liar.stage.carl.directory().state.version + 1, "prev": H(b"the list before")}

    def change(_asked: Any, answer: Any) -> None:
        first = read_signed(unb64(answer["roots"][0]))[0]
        second = frame("root", {**unframe("root", first), "version": 2, "prev": H(first), "root_pks": [own[0][0]]})
        bindings = [H(read_signed(unb64(one))[0]) for one in answer["bindings"]]
        fields = unframe("directory", first_directory(liar.site, H(second), bindings, sara.now_s()))
        listed = frame("directory", {**fields, **above, "revoked": [nora.fp]})
        answer["roots"].append(b64(keys.sign_thing(second, own)))
        answer["directories"] = [b64(keys.sign_thing(listed, own))]

    return liar.sit_down(sara, wire={"/people/directory": change})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    alone(visit.page)


test_new_roots_are_named_by_the_ones_before = told_twice(CHECK, tell, refused, believed)
