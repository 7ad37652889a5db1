"""The log holds the number of Sara's notes twice. On another device she could be handed other notes under it."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_lanes.js",
    "  if (places.length > 1) throw logTrouble('number-twice', { line: places[1].index });\n",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()  # nothing is news to her notes
    notes = liar.notes_of(sara)[-1]
    return liar.sit_down(sara, fork=liar.fork().add((notes, bytes(32))))


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("holds one number of yours twice")


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    quiet(visit.page)


def test_her_notes_have_each_number_once(liar: Liar) -> None:
    refused(tell(liar))
