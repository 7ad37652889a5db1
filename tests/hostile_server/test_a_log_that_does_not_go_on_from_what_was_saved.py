"""Olga saved the log's signature. When she comes back, she is shown a log with another line in its place."""

from tests.hostile_server.at_the_log import open_log, refuses, rewritten
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.support.browser import Visit

CHECK = Check("worker/log_page.js", "  checkSeen(tree, { ...saved, root: b64u(saved.root) });\n", "")


def tell(liar: Liar) -> Visit:
    liar.stage.sara()
    liar.until_logged()
    visit = liar.device()
    page = open_log(visit)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save today’s signature").click()
    note = saved.value.path().read_bytes()
    page = open_log(visit, rewritten(liar))
    file = {"name": "log.txt", "mimeType": "text/plain", "buffer": note}
    page.get_by_label("A signature that you saved before").set_input_files([file])  # type: ignore[list-item]
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "is not the one that you have seen before")


def believed(visit: Visit) -> None:
    visit.page.get_by_text("Today’s log goes on from the one you saved").wait_for(timeout=SLOW_MS)


def test_what_was_saved_must_still_be_there(liar: Liar) -> None:
    refused(tell(liar))
