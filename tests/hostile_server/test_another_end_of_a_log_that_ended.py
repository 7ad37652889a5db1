"""The site was really put back. Before that Nora was shown another log than Sara, and the server proves that one to Sara up to an end
of its own, which it signed: roots ended the log otherwise."""

from typing import Any

from playwright.sync_api import expect

from crypto import log
from tests.hostile_server.at_the_log import rewritten
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import quiet, stopped
from tests.hostile_server.test_another_end_for_what_nora_saw import SIZE
from tests.hostile_server.test_another_log_that_nora_saw import looks, says
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/witnesses.js",
    "if (to.size !== end.size || !equal(to.root, end.root)) throw logTrouble('log-ended-otherwise', { size: to.size });",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.seen()
    noras = rewritten(liar).freeze()
    sara = says(liar, log.root(noras.hashes()[:SIZE]), size=SIZE, of=(sara, nora))
    other = PutBack(liar.stage.carl, liar.log_seed)
    visit = liar.device()
    liar.tells(visit, other.public())
    other.serve(visit.door)

    def change(asked: Any, answer: Any) -> None:
        answer.update({**noras._head(), **(noras._consistency(asked) or {})})

    return looks(liar.sit_down(sara, visit=visit, wire={"/log/consistency": change}))


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("is not what the people who hold its root keys signed")


def believed(visit: Visit) -> None:
    assert visit.page.evaluate("document.body.dataset.log") == "proven"
    quiet(visit.page)


test_a_log_has_the_end_that_roots_signed = told_twice(CHECK, tell, refused, believed, looks)
