"""A witness signs the log of this site. For eight days it has seen nothing that it could sign."""

import base64
from collections.abc import Callable
from typing import Any

from nacl.signing import SigningKey
from playwright.sync_api import expect

from crypto import checkpoint, keys
from crypto.directory import first_directory
from crypto.frame import H, frame, unframe
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, approve, approved, not_approved
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/witnesses.js", "if (watch.state === 'over') {\n    throw", "if (false) {\n    throw")
NAME, WITNESS = "witness.example/1", SigningKey(b"w" * 32)
DAY_S = 86_400


def cosigner(liar: Liar, days: int) -> Callable[[str], str]:
    when = liar.stage.carl.now_s() - days * DAY_S

    def cosign(note: str) -> str:
        text = note[: note.index("\n\n") + 1]
        signature = WITNESS.sign(f"cosignature/v1\ntime {when}\n{text}".encode()).signature
        key = checkpoint.key_id(NAME, bytes(WITNESS.verify_key), checkpoint.COSIGNATURE)
        return f"{note}\u2014 {NAME} {base64.b64encode(key + when.to_bytes(8) + signature).decode()}\n"

    return cosign


def watched_by_one(liar: Liar) -> Callable[[Any, Any], None]:
    """For the wire: roots that name the witness, and the same list of people under them."""
    carl = liar.stage.carl
    seed = keys.root_seed(carl.root_code, 0)
    by = [(keys.ed_public(seed), seed)]
    version = carl.directory().state.version

    def change(_asked: Any, answer: Any) -> None:
        first = read_signed(unb64(answer["roots"][0]))[0]
        key = checkpoint.vkey(NAME, bytes(WITNESS.verify_key), checkpoint.COSIGNATURE)
        named = {"version": 2, "prev": H(first), "witnesses": key, "quorum": 1}
        second = frame("root", {**unframe("root", first), **named})
        answer["roots"].append(b64(keys.sign_thing(second, by)))
        last = unframe("directory", read_signed(unb64(answer["directories"][-1]))[0])
        listed = unframe("directory", first_directory(liar.site, H(second), last["bindings"], carl.now_s()))
        under = {"version": version + 1, "prev": H(b"the list before"), "revoked": last["revoked"]}
        answer["directories"] = [b64(keys.sign_thing(frame("directory", {**listed, **under}), by))]

    return change


def sit_down(liar: Liar, days: int) -> Visit:
    sara, _nora = liar.stage.introduced()
    fork = liar.fork()
    fork.cosign = cosigner(liar, days)
    visit = liar.sit_down(sara, wire={"/people/directory": watched_by_one(liar)}, fork=fork)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    return visit


def goes_on(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    approve(visit.page, "Nora Lind")


def tell(liar: Liar) -> Visit:
    visit = sit_down(liar, days=8)
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_text("Nobody was let in, and nothing is lost.")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("The last signatures are 8 days old.")).to_be_visible()
    not_approved(visit.page, "Nora Lind")
    expect(visit.page.get_by_text("I was there once.")).to_be_visible()  # reading goes on


def believed(visit: Visit) -> None:
    approved(visit.page, "Nora Lind")


test_sara_lets_nobody_in_under_a_log_that_nobody_outside_has_seen = told_twice(CHECK, tell, refused, believed, goes_on)


def test_after_two_days_she_is_told_and_goes_on(liar: Liar) -> None:
    page = sit_down(liar, days=2).page
    expect(page.get_by_text("The log was last signed from outside more than a day ago")).to_be_visible(timeout=SLOW_MS)
    approve(page, "Nora Lind")
    approved(page, "Nora Lind")


def test_fresh_signatures_are_only_told_where_openings_are(liar: Liar) -> None:
    page = sit_down(liar, days=0).page
    expect(page.get_by_text("signed from outside")).to_have_count(0)
    page.locator("#rooms").get_by_role("button", name="Who opened it", exact=True).click()
    expect(page.get_by_text("Somebody outside this site has signed the same log")).to_be_visible(timeout=SLOW_MS)
