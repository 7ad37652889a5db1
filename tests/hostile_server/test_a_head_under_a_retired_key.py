"""The log's key was copied by somebody, and the roots named another. Who has the old one shows Sara a log that it signs."""

from typing import Any

from playwright.sync_api import expect

from crypto import checkpoint, keys
from crypto.directory import first_directory
from crypto.frame import H, frame, unframe
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log.js",
    "([newest]) => openNote(note, new Map([noteKey(name, readVkey(newest).ed_pk)]))",
    "(vkeys) => openNote(note, new Map(vkeys.map((one) => noteKey(name, readVkey(one).ed_pk))))",
)


def tell(liar: Liar) -> Visit:
    sara, carl = liar.stage.sara(), liar.stage.carl
    seed = keys.root_seed(carl.root_code, 0)
    by_roots = [(keys.ed_public(seed), seed)]
    new = checkpoint.vkey("alongside", keys.ed_public(bytes(range(32))))
    version = carl.directory().state.version

    def named(_asked: Any, answer: Any) -> None:
        first = read_signed(unb64(answer["roots"][0]))[0]
        second = frame("root", {**unframe("root", first), "version": 2, "prev": H(first), "log_vkey": new})
        answer["roots"].append(b64(keys.sign_thing(second, by_roots)))
        bindings = [H(read_signed(unb64(one))[0]) for one in answer["bindings"]]
        listed = unframe("directory", first_directory(liar.site, H(second), bindings, carl.now_s()))
        under = {"version": version + 1, "prev": H(b"the list before")}
        answer["directories"] = [b64(keys.sign_thing(frame("directory", {**listed, **under}), by_roots))]

    return liar.sit_down(sara, wire={"/people/directory": named}, fork=liar.fork())  # signed by the key of before


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    quiet(visit.page)
    expect(visit.page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)


test_a_head_is_signed_by_the_key_that_the_newest_root_names = told_twice(CHECK, tell, refused, believed)
