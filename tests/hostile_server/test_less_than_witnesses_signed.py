"""Witnesses signed the whole log, just now. Sara is shown it without its last line, and with their signatures."""

import os

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import quiet, room, stopped
from tests.hostile_server.test_a_head_signed_again_and_again import cosigned
from tests.hostile_server.test_a_log_that_nobody_watches import watched_by_one
from tests.hostile_server.test_another_log_that_nora_saw import looks
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/witnesses.js",
    "  if (size > tree.size) throw logTrouble('split-view', { size });\n",
    "  if (size > tree.size) return;\n",
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.introduced()
    liar.until_logged()
    fork, hidden = liar.fork(), os.urandom(32)
    fork.cosign = lambda _note: cosigned(liar, [*fork.hashes(), hidden])
    return looks(liar.sit_down(sara, wire={"/people/directory": watched_by_one(liar)}, fork=fork))


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("was shown another log than you were")


def believed(visit: Visit) -> None:
    assert visit.page.evaluate("document.body.dataset.log") == "proven"
    quiet(visit.page)
    room(visit.page, "Who opened it")
    expect(visit.page.get_by_text("Somebody outside this site has signed the same log")).to_be_visible(timeout=20_000)


test_what_witnesses_signed_is_shown_to_sara = told_twice(CHECK, tell, refused, believed, looks)
