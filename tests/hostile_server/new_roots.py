"""The roots changed, since one key was stolen: version 2 names a new key, and the list of people stands under it."""

from __future__ import annotations

from typing import Any

from crypto import keys
from crypto.directory import first_directory
from crypto.frame import H, frame, unframe
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.forked import Pair
from tests.hostile_server.liar import Liar
from tests.hostile_server.vouched import Change, vouch

NEW = bytes(range(32))  # the seed of the new key


def new_roots(liar: Liar) -> tuple[dict[str, Change], list[Pair]]:
    """(For the wire: the roots and the list, as everybody is told of them; their lines in the log)."""
    carl = liar.stage.carl
    old, new = ((keys.ed_public(seed), seed) for seed in (liar.root_seed, NEW))
    given = carl.post("/people/directory")
    first = read_signed(unb64(given["roots"][0]))[0]
    second = frame("root", {**unframe("root", first), "version": 2, "prev": H(first), "root_pks": [new[0]]})
    last = unframe("directory", read_signed(unb64(given["directories"][-1]))[0])
    fields = unframe("directory", first_directory(liar.site, H(second), last["bindings"], carl.now_s()))
    follows = {"version": carl.directory().state.version + 1, "prev": H(b"the list before"), "revoked": last["revoked"]}
    root, listed = keys.sign_thing(second, [old]), keys.sign_thing(frame("directory", {**fields, **follows}), [new])

    def change(_asked: Any, answer: Any) -> None:
        answer["roots"].append(b64(root))
        answer["directories"] = [b64(listed)]

    fork = liar.fork().freeze()
    before = len(fork.lines)
    told = vouch(fork, change)
    for address in told:
        told[address](None, carl.post(address))
    return told, fork.lines[before:]
