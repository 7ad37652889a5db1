"""One bad coordinator signs a list that Sara alone is shown. The server proves it to her in a log of two lines, which it signed for
this one answer: of that size the log was long before her browser began to look."""

from typing import Any

from playwright.sync_api import expect

from crypto import checkpoint, keys, log
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.hostile_server.vouched import vouch
from tests.support.browser import Visit

CHECK = Check(
    "worker/receipts.js",
    "size < tree.start || size > tree.size || !equal(rootAt(tree, size), root)",
    "size > tree.size || (size >= tree.start && !equal(rootAt(tree, size), root))",
)


def tell(liar: Liar) -> Visit:
    (sara, _nora), ghost = liar.stage.seen(), liar.stranger()
    ghost.make_binding(liar.site)
    lists = Lists(liar)
    lists.add(*lists.meet(ghost), by=[lists.carl])

    def change(asked: Any, answer: Any) -> None:
        leaves = [unb64(one) for one in asked["leaves"]]
        if not leaves:
            return
        text = checkpoint.checkpoint_text(liar.site, 1, len(leaves), log.root(leaves))
        paths = [log.inclusion(leaves, index) for index in range(len(leaves))]
        answer["checkpoint"] = keys.sign_note(text, checkpoint.origin(liar.site, 1), liar.log_seed)
        answer["proofs"] = [{"log": 1, "index": i, "proof": [b64(one) for one in path]} for i, path in enumerate(paths)]

    told = vouch(liar.fork(), lists.wire["/people/directory"])  # in a log that nobody is shown
    return liar.sit_down(sara, wire={**told, "/log/proofs": change}, vouched=False)


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("do not add up to what the site signed")


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    quiet(visit.page)


test_what_is_proven_is_in_the_log_that_sara_looks_into = told_twice(CHECK, tell, refused, believed)
