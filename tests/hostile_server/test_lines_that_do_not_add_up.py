"""The server signs one log and hands out the lines of another, so that each looks right alone."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.support.browser import Visit

CHECK = Check(
    "worker/log.js",
    "if (signed.size !== tree.size || !equal(signed.root, rootAt(tree, tree.size))) throw logTrouble('log-garbled', { size: signed.size });",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()
    liar.until_logged()

    def change(_asked: Any, answer: Any) -> None:
        leaves = unb64(answer["leaves"])
        if len(leaves) >= 64:
            answer["leaves"] = b64(bytes(64) + leaves[64:])

    return liar.sit_down(sara, wire={"/log/since": change})


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("do not add up to what the site signed")


def believed(visit: Visit) -> None:
    quiet(visit.page)


def test_the_lines_make_up_the_signed_root(liar: Liar) -> None:
    refused(tell(liar))
