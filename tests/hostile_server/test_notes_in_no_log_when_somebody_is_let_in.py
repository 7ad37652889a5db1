"""Sara's notes were saved in another tab, and their line is kept out of the log: to another device the server could deny them, and
with them whose key she compared. Here she lets Nora in. That does not wait for a later look at the log."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import approve, approved, not_approved, stopped
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_lanes.js",
    "for (; !await checkOwnLane(tree); tree = await follow()) await pause();",
    "await checkOwnLane(tree);",
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.introduced()
    fork = liar.fork()
    liar.sooner = ("worker/clock.js",)  # it waits for the line of her notes
    visit = liar.sit_down(sara, fork=fork)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    sara.read_notebook()
    sara.save_notebook()
    fork.without(liar.notes_of(sara)[-1])
    approve(visit.page, "Nora Lind")
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    not_approved(visit.page, "Nora Lind")


def believed(visit: Visit) -> None:
    approved(visit.page, "Nora Lind")


def test_nobody_is_let_in_on_notes_that_are_in_no_log(liar: Liar) -> None:
    refused(tell(liar))
