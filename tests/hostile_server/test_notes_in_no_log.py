"""The server promised that Sara's notes would come into the log. Their line never does: to another device it could deny them."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_lanes.js",
    "  if (overdue('notes', missing ? [String(version)] : [])) throw logTrouble('promise-broken');\n",
    "",
)
LATE_MS = 4500


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()  # nothing is news to her notes
    liar.sooner = ("worker/clock.js",)
    return liar.sit_down(sara, fork=liar.fork(liar.notes_of(sara)[-1]))


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text(
        "signed that it would put something on its log, and did not"
    )


def believed(visit: Visit) -> None:
    visit.page.wait_for_timeout(LATE_MS)
    quiet(visit.page)


def test_her_notes_are_on_the_log_within_seconds(liar: Liar) -> None:
    refused(tell(liar))
