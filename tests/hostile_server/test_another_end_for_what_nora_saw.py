"""Nora was shown another log than Sara. The server proves to Sara that what Nora saw goes on up to a head, and signed that one as well:
it is no head of the log that Sara follows."""

from typing import Any

from playwright.sync_api import expect

from crypto import log
from tests.hostile_server.at_the_log import rewritten
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import quiet, stopped
from tests.hostile_server.test_another_log_that_nora_saw import looks, says
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/witnesses.js",
    "if (to.size > whole.size || !equal(rootAt(whole, to.size), to.root)) throw logTrouble('log-garbled', { size: to.size });",
    "",
)
SIZE = 12


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.seen()
    noras = rewritten(liar).freeze()
    noras_root = log.root(noras.hashes()[:SIZE])
    sara = says(liar, noras_root, size=SIZE, of=(sara, nora))

    def change(asked: Any, answer: Any) -> None:
        answer.update({**noras._head(), **(noras._consistency(asked) or {})})

    return looks(liar.sit_down(sara, wire={"/log/consistency": change}))


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("do not add up to what the site signed")


def believed(visit: Visit) -> None:
    assert visit.page.evaluate("document.body.dataset.log") == "proven"
    quiet(visit.page)


test_it_must_lead_to_the_log_that_sara_follows = told_twice(CHECK, tell, refused, believed, looks)
