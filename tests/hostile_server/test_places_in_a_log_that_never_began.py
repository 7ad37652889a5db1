"""Where lines stand the server says by a head of log 2. That it signed; but no log 2 ever began."""

from typing import Any

from playwright.sync_api import expect

from crypto import checkpoint, keys, log
from tests.hostile_server.forked import ForkedLog
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.support.browser import Visit

CHECK = Check("worker/receipts.js", "if (log !== tree.log || size < tree.start ||", "if (size < tree.start ||")


class Renumbered(ForkedLog):
    def _proofs(self, asked: dict[str, Any]) -> dict[str, Any]:
        hashes = self.hashes()
        text = checkpoint.checkpoint_text(self.person.site, 2, len(hashes), log.root(hashes))
        found = [one and {**one, "log": 2} for one in super()._proofs(asked)["proofs"]]
        note = keys.sign_note(text, checkpoint.origin(self.person.site, 2), self.seed)
        return {"log": 2, "checkpoint": note, "proofs": found}


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()
    liar.until_logged()
    return liar.sit_down(sara, fork=Renumbered(liar.stage.carl, liar.log_seed))


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("do not add up to what the site signed")


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    quiet(visit.page)


def test_places_are_in_the_log_that_sara_follows(liar: Liar) -> None:
    refused(tell(liar))
