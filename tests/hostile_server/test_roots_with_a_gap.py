"""The second roots dropped a key that was stolen. The server leaves them out, and has the thief sign the third ones."""

from crypto import keys
from crypto.frame import H, frame, unframe
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists, believed_by_olga, refused_by_olga, shown_to_olga
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/people.js",
    "if (root.version !== before.version + 1 || !equal(root.prev, before.hash)) throw new WrongPlace('a root that does not follow');",
    "",
)


def tell(liar: Liar) -> Visit:
    lists, seed = Lists(liar), bytes(range(32))
    thief = keys.ed_public(seed), seed
    first = read_signed(unb64(lists.answer["roots"][0]))[0]
    after = {"version": 3, "prev": H(b"the second roots"), "root_pks": [thief[0]]}
    third = frame("root", {**unframe("root", first), **after})
    lists.answer["roots"].append(b64(keys.sign_thing(third, [lists.root_key])))
    lists.root_key = thief
    lists.begin(root=H(third))
    return shown_to_olga(liar, lists)


def refused(visit: Visit) -> None:
    refused_by_olga(visit)


def believed(visit: Visit) -> None:
    believed_by_olga(visit)


test_no_roots_are_left_out = told_twice(CHECK, tell, refused, believed)
