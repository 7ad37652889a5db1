"""The site was really put back. Before that Nora was shown another log than Sara, and has said so."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import quiet, stopped
from tests.hostile_server.test_another_log_that_nora_saw import looks, says
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/witnesses.js",
    "    verifyConsistency(size, to.size, proof.map(unb64u), root, to.root);\n    return true;",
    "    return true;",
)


def tell(liar: Liar) -> Visit:
    liar.sooner = ("worker/clock.js",)
    sara = says(liar, bytes(32))
    other = PutBack(liar.stage.carl, liar.log_seed)
    return looks(liar.sit_down(sara, fork=other, wire=other.public()))


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("was shown another log than you were")


def believed(visit: Visit) -> None:
    assert visit.page.evaluate("document.body.dataset.log") == "proven"
    quiet(visit.page)


test_a_restore_makes_no_two_logs_one = told_twice(CHECK, tell, refused, believed, looks)
