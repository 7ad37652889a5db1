"""The witness is handed one old head every hour, and signs it anew. What came after it is shown to Sara alone."""

import base64
from collections.abc import Callable

from playwright.sync_api import expect

from crypto import checkpoint, keys, log
from tests.hostile_server.forked import ForkedLog
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, approve, approved, not_approved
from tests.hostile_server.test_a_log_that_nobody_watches import NAME, WITNESS, watched_by_one
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/witnesses.js", "if (watch.behind) {\n    throw", "if (false) {\n    throw")


def cosigned(liar: Liar, hashes: list[bytes], number: int = 1) -> str:
    """A head of these lines, as the log and the witness sign it now."""
    site, when = liar.site, liar.stage.carl.now_s()
    text = checkpoint.checkpoint_text(site, number, len(hashes), log.root(hashes))
    note = keys.sign_note(text, checkpoint.origin(site, number), liar.log_seed)
    signature = WITNESS.sign(f"cosignature/v1\ntime {when}\n{text}".encode()).signature
    key = checkpoint.key_id(NAME, bytes(WITNESS.verify_key), checkpoint.COSIGNATURE)
    return f"{note}\u2014 {NAME} {base64.b64encode(key + when.to_bytes(8) + signature).decode()}\n"


def sit_down(liar: Liar, old: Callable[[ForkedLog], int]) -> Visit:
    """Args: old: how many lines of this log the witness has seen."""
    sara, _nora = liar.stage.introduced()
    liar.until_logged()
    fork = liar.fork()
    fork.add()
    size = old(fork)
    fork.cosign = lambda _note: cosigned(liar, fork.hashes()[:size])
    visit = liar.sit_down(sara, wire={"/people/directory": watched_by_one(liar)}, fork=fork)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    return visit


def goes_on(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    approve(visit.page, "Nora Lind")


def tell(liar: Liar) -> Visit:
    # All that is really there. Roots and a list of people come after it.
    liar.sooner = ("worker/witnesses.js",)
    visit = sit_down(liar, lambda fork: len(fork.lines))
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    page = visit.page
    expect(page.get_by_text("Nobody was let in, and nothing is lost.")).to_be_visible(timeout=SLOW_MS)
    not_approved(page, "Nora Lind")
    expect(page.get_by_text("You can read and write. Nobody new can be let in now.")).to_be_visible(timeout=SLOW_MS)
    page.locator("#rooms").get_by_role("button", name="Who opened it", exact=True).click()
    expect(page.get_by_text("but not its newest lines yet")).to_be_visible(timeout=SLOW_MS)


def believed(visit: Visit) -> None:
    approved(visit.page, "Nora Lind")


test_it_says_nothing_of_what_came_after_it = told_twice(CHECK, tell, refused, believed, goes_on)


def test_a_head_of_nothing_says_nothing_at_all(liar: Liar) -> None:
    page = sit_down(liar, lambda _fork: 0).page
    expect(page.get_by_text("Nobody outside this site has signed its log.")).to_be_visible(timeout=SLOW_MS)
    approve(page, "Nora Lind")
    expect(page.get_by_text("Nobody was let in, and nothing is lost.")).to_be_visible(timeout=SLOW_MS)
    not_approved(page, "Nora Lind")
