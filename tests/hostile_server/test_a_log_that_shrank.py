"""The site was set back to an older copy, and does not say so: its log is shorter than Sara has seen it."""

import json

from playwright.sync_api import expect

from crypto import checkpoint
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.support.browser import Visit

CHECK = Check(
    "worker/log.js",
    "    if (gone) throw putBack(gone);\n    throw logTrouble('log-shrunk', { size });",
    "    throw error;",
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    return liar.sit_down(sara, fork=liar.fork().cut(5))


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("shorter than it was when you were here before")
    expect(visit.page.get_by_text("Then it has to say so, and it has not")).to_be_visible()


def believed(visit: Visit) -> None:
    quiet(visit.page)


def test_a_backup_is_not_put_back_unsaid_and_both_logs_as_they_were_signed_are_in_the_evidence_file(liar: Liar) -> None:
    visit = tell(liar)
    refused(visit)
    page = visit.page
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the evidence file").click()
    notes = json.loads(saved.value.path().read_text())["checkpoints"]
    name = checkpoint.origin(liar.site, 1)
    key = checkpoint.read_vkey(liar.stage.carl.facts["log_vkey"])["ed_pk"]
    known = {(name, checkpoint.key_id(name, key)): key}
    pinned, shown = (
        checkpoint.read_checkpoint(checkpoint.open_note(notes[which], known)) for which in ("pinned", "shown")
    )
    assert shown["size"] < pinned["size"]
