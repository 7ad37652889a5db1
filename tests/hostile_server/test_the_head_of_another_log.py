"""The lines are those of the log that Sara follows. The signature under them is of another log of the same site."""

from typing import Any

from playwright.sync_api import expect

from crypto import checkpoint, keys, log
from tests.hostile_server.forked import ForkedLog
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/log.js", "if (read.origin !== name) throw logTrouble('log-renumbered');", "")


class Renamed(ForkedLog):
    """It signs in the name of log 1 a text that speaks of log 2."""

    def _head(self, root: bytes = b"") -> dict[str, Any]:
        site, hashes = self.person.site, self.hashes()
        text = checkpoint.checkpoint_text(site, 2, len(hashes), log.root(hashes))
        note = keys.sign_note(text, checkpoint.origin(site, 1), self.seed)
        return {"log": 1, "checkpoint": note, "cosigned": None}


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()
    liar.until_logged()
    return liar.sit_down(sara, fork=Renamed(liar.stage.carl, liar.log_seed))


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("has begun another log than the one you have seen")


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=30)
    quiet(visit.page)


test_a_signature_counts_for_the_log_that_it_names = told_twice(CHECK, tell, refused, believed)
