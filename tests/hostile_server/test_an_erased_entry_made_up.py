"""The server adds an entry of Nora's that never was, says that it was erased, and has its log vouch for it.

The check is that of words withheld: nobody signed it away.
"""

import os
from typing import Any

from playwright.sync_api import expect

from crypto import log
from crypto.chain import Chain
from crypto.frame import frame
from demo.people import Peer
from demo.wire import b64
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import marked
from tests.support.browser import Visit


def made_up(liar: Liar, sara: Peer, chain: Chain, author: bytes) -> dict[str, Any]:
    """For the end of the case: {entry, event}."""
    header = frame("record", {
        "site": liar.site, "case": sara.case, "record": os.urandom(16), "seq": chain.seq + 1, "prev": chain.head, "e": chain.epoch,
        "roster": chain.roster_hash, "author": [m["fp"] for m in chain.members].index(author), "day": liar.stage.carl.today,
    })  # fmt: skip
    digest = os.urandom(32)
    tag = log.lane_tag(liar.lane_key(sara.case), "entry", chain.seq + 1)
    told = liar.event("record", tag=tag, case=sara.case, actor=author, digest=digest)
    return {
        "entry": {"seq": chain.seq + 1, "header": b64(header), "hash": b64(digest), "erased": True},
        "event": {"seq": chain.seq + 1, **told},
    }


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    chain = nora.open(sara.case).chain
    made = made_up(liar, sara, chain, nora.fp)

    def change(asked: Any, answer: Any) -> None:
        if asked["after"] <= chain.seq:
            answer["entries"].append(made["entry"])
            answer["entry_events"].append(made["event"])

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_text("Withheld. Handed in as Nora Lind")).to_be_visible()


def test_sara_builds_nothing_on_words_that_never_were(liar: Liar) -> None:
    refused(tell(liar))
