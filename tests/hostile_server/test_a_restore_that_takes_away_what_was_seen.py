"""The roots declared a restore, and what Sara has seen is gone with it. She is not to learn of that."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import SLOW_MS, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log.js",
    "  if (gone) {\n    await numberNow(tree.log);",
    "  if (false) {\n    await numberNow(tree.log);",
    first=("if (!equal(rootAt(read, end.size), end.root)) throw logTrouble('log-ended-otherwise', { size: end.size });", ""),
)  # fmt: skip


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    liar.until_logged()
    other = PutBack(liar.stage.carl, liar.log_seed, gone=6)
    return liar.sit_down(sara, fork=other, wire=other.public())


def refused(visit: Visit) -> None:
    page = visit.page
    expect(page.get_by_role("heading", name="The site was put back to how it was on")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("status").filter(has_text="lines of the log that you had seen are gone")).to_be_visible()
    expect(page.get_by_role("link", name="Save the evidence file")).to_be_visible()
    room(page, "What I sent")
    expect(page.get_by_text("In March I put it in writing.")).to_be_visible()
    room(page, "Messages")
    expect(page.get_by_label("Write to them")).to_have_count(0)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible(timeout=SLOW_MS)


test_sara_is_told_what_is_gone_and_asked = told_twice(CHECK, tell, refused, believed)
