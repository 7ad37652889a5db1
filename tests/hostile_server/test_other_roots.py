"""The server founds the site anew under Sara's feet: roots of its own, and a list by them."""

from typing import Any

from crypto import keys
from crypto.directory import first_directory
from crypto.frame import H, frame
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import alone, closed
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/people.js", "if (!equal(newest.hash, site)) throw new WrongPlace('roots of another site');", "")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    seed = bytes(range(32))
    by_root = [(keys.ed_public(seed), seed)]
    root = frame("root", {
        "version": 1, "prev": bytes(32), "threshold": 1, "root_pks": [keys.ed_public(seed)], "coordinators": 1,
        "log_vkey": liar.stage.carl.facts["log_vkey"], "witnesses": "", "quorum": 0,
    })  # fmt: skip

    def change(_asked: Any, answer: Any) -> None:
        bindings = [H(read_signed(unb64(one))[0]) for one in answer["bindings"]]
        listed = first_directory(liar.site, H(root), bindings, sara.now_s())
        from crypto.frame import unframe

        above = {"version": liar.stage.carl.directory().state.version + 1, "prev": H(b"the list before")}
        listed = frame("directory", {**unframe("directory", listed), **above, "revoked": [nora.fp]})
        answer["roots"] = [b64(keys.sign_thing(root, by_root))]
        answer["directories"] = [b64(keys.sign_thing(listed, by_root))]

    return liar.sit_down(sara, wire={"/people/directory": change})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    alone(visit.page)


test_sara_is_bound_to_the_roots_that_her_words_name = told_twice(CHECK, tell, refused, believed)
