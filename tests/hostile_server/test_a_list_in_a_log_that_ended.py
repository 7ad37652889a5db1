"""One bad coordinator signs a list that Sara alone is shown. The site was really put back: the server proves the list to her in the log
before, to which it added these lines after roots had ended it."""

from typing import Any

from playwright.sync_api import expect

from crypto import checkpoint, keys, log
from demo.wire import b64, unb64
from tests.hostile_server.forked import ForkedLog
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.hostile_server.vouched import vouch
from tests.support.browser import Visit

CHECK = Check(
    "worker/receipts.js",
    "if (head.size !== end.size || !equal(head.root, end.root)) throw logTrouble('log-ended-otherwise', { size: head.size });",
    "",
)


class Lengthened(PutBack):
    """To whom asks for the end of log 1, and for places in it, it is the one in `longer`."""

    longer: ForkedLog

    def _since(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        told = super()._since(asked)
        if told and asked["log"] == 1:
            hashes = self.longer.hashes()
            text = checkpoint.checkpoint_text(self.person.site, 1, len(hashes), log.root(hashes))
            told["checkpoint"] = keys.sign_note(text, checkpoint.origin(self.person.site, 1), self.seed)
        return told

    def _proofs(self, asked: dict[str, Any]) -> dict[str, Any]:
        found = super()._proofs(asked)["proofs"]
        hashes = self.longer.hashes()
        for i, leaf in enumerate(map(unb64, asked["leaves"])):
            if leaf in hashes:
                at = hashes.index(leaf)
                found[i] = {"log": 1, "index": at, "proof": [b64(one) for one in log.inclusion(hashes, at)]}
        return {"proofs": found}


def tell(liar: Liar) -> Visit:
    (sara, _nora), ghost = liar.stage.seen(), liar.stranger()
    ghost.make_binding(liar.site)
    lists = Lists(liar)
    lists.add(*lists.meet(ghost), by=[lists.carl])
    liar.until_logged()
    other = Lengthened(liar.stage.carl, liar.log_seed)
    other.longer = liar.fork().freeze()
    told = vouch(other.longer, lists.wire["/people/directory"])

    def public(asked: Any, answer: Any) -> None:
        for one in (told, other.public()):
            one["/log/public"](asked, answer)

    return liar.sit_down(sara, fork=other, wire={**told, "/log/public": public}, vouched=False)


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("is not what the people who hold its root keys signed")


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=30)
    quiet(visit.page)


test_nothing_comes_into_a_log_that_roots_ended = told_twice(CHECK, tell, refused, believed)
