"""What Nora writes says which log she was shown, long before the lines that Sara's browser holds: another one than Sara's was."""

from playwright.sync_api import expect

from demo.people import Peer, Supporter
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import quiet, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/witnesses.js",
    "    verifyConsistency(size, to.size, proof.map(unb64u), root, to.root);\n    const whole",
    "    const whole",
)
WORDS = "Call me tonight."


def says(liar: Liar, root: bytes, *, size: int = 5, of: tuple[Peer, Supporter] | None = None) -> Peer:
    """Nora writes to Sara, who has noted the log, that she saw a log of so many lines, and of this root."""
    sara, nora = of or liar.stage.seen()
    nora.say(sara.case, {"kind": "message", "text": WORDS, "seen": {"size": size, "root": b64(root)}})
    liar.until_logged()
    return sara


def looks(visit: Visit) -> Visit:
    visit.until("document.body.dataset.log && document.body.dataset.log !== 'waiting'", timeout_s=30)
    return visit


def tell(liar: Liar) -> Visit:
    return looks(liar.sit_down(says(liar, bytes(32))))


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("was shown another log than you were")


def believed(visit: Visit) -> None:
    assert visit.page.evaluate("document.body.dataset.log") == "proven"
    quiet(visit.page)


test_also_what_was_before_the_lines_that_sara_holds_is_compared = told_twice(CHECK, tell, refused, believed, looks)
