"""Tomas, with the server's help, says one thing to Sara and another to Nora, in the same place."""

from typing import Any

from playwright.sync_api import expect

from crypto import log
from crypto.frame import H
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/chain.js",
    " || !equal(fields.prev, this.head)) throw new WrongPlace('an entry that does not come next');",
    ") throw new WrongPlace('');",
)


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, _uma = liar.team()
    case = tomas.open(sara.case)
    other = case.seal({"kind": "message", "text": "I never said that."})
    seq = case.chain.seq + 1
    tomas.say(sara.case, {"kind": "message", "text": "I said that."})
    nora.say(sara.case, {"kind": "message", "text": "I heard you.", "seen": {"size": 0, "root": b64(bytes(32))}})
    tag = log.lane_tag(liar.lane_key(sara.case), "entry", seq)
    told = liar.event("record", tag=tag, case=sara.case, actor=tomas.fp, digest=H(other), logged=False)
    fork = liar.fork()
    fork.instead[tag] = log.commit(unb64(told["salt"]), unb64(told["event"]))

    def change(_asked: Any, answer: Any) -> None:
        answer["entries"] = [
            {"seq": seq, "entry": b64(other)} if one["seq"] == seq else one for one in answer["entries"]
        ]
        answer["entry_events"] = [{"seq": seq, **told} if one["seq"] == seq else one for one in answer["entry_events"]]

    return liar.sit_down(sara, wire={"/cases/open": change}, fork=fork)


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("I never said that.")).to_be_visible(timeout=SLOW_MS)


test_what_was_written_after_it_gives_the_other_history_away = told_twice(CHECK, tell, refused, believed)
