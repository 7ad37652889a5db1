"""The roots changed, since one key was stolen, and Sara's browser saw it. The server goes on with the thief from the roots before."""

from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import first_directory
from crypto.frame import H, frame, unframe
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet
from tests.hostile_server.vouched import vouch
from tests.support.browser import Visit

CHECK = Check("worker/directory.js", "if (!follows(pins.root, roots)) throw directoryChanged();", "")

Key = tuple[bytes, bytes]


def tell(liar: Liar) -> Visit:
    sara, carl = liar.stage.sara(), liar.stage.carl
    version, now = carl.directory().state.version, sara.now_s()
    stolen, new = (_key(seed) for seed in (keys.root_seed(carl.root_code, 0), bytes(range(32))))

    def people(answer: Any, root: bytes, by: Key, version: int) -> None:
        bindings = [H(read_signed(unb64(one))[0]) for one in answer["bindings"]]
        fields = unframe("directory", first_directory(liar.site, H(root), bindings, now))
        listed = frame("directory", {**fields, "version": version, "prev": H(b"the list before")})
        answer["directories"] = [b64(keys.sign_thing(listed, [by]))]

    def changed(_asked: Any, answer: Any) -> None:
        first = read_signed(unb64(answer["roots"][0]))[0]
        second = frame("root", {**unframe("root", first), "version": 2, "prev": H(first), "root_pks": [new[0]]})
        answer["roots"].append(b64(keys.sign_thing(second, [stolen])))
        people(answer, second, new, version + 1)

    def before(_asked: Any, answer: Any) -> None:
        people(answer, read_signed(unb64(answer["roots"][0]))[0], stolen, version + 2)

    fork = liar.fork()
    told = vouch(fork, changed)
    for address in told:  # their lines are there before her browser looks, so they are not news to it later
        told[address](None, carl.post(address))
    seen = liar.sit_down(sara, wire=told, vouched=False, fork=fork)
    seen.until("document.body.dataset.log === 'proven'", timeout_s=20)
    return liar.sit_down(sara, wire={"/people/directory": before}, fork=fork)


def _key(seed: bytes) -> Key:
    return keys.ed_public(seed), seed


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)


def test_roots_never_go_back(liar: Liar) -> None:
    refused(tell(liar))
