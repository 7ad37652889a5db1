"""Nora wrote. Under that number the log promises that Tomas did, for whoever is to hear it from the log alone."""

from typing import Any

from crypto import log
from demo.wire import unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_lanes.js",
    "if (said.type !== entry.type || !equal(said.object, entry.hash) || hex(said.actor) !== entry.author || !equal(said.subject, state.id)) throw leftOut('entry-event');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, _uma = liar.team()
    nora.say(sara.case, {"kind": "message", "text": "Call me tonight."})
    chain = nora.open(sara.case).chain

    (tag,) = liar.tags("case_id = :c and lane = 'entry' and n = :n", c=sara.case, n=chain.seq)
    told = liar.event("record", tag=tag, case=sara.case, actor=tomas.fp, digest=chain.head, logged=False)
    fork = liar.fork()
    fork.instead[tag] = log.commit(unb64(told["salt"]), unb64(told["event"]))

    def change(_asked: Any, answer: Any) -> None:
        for one in [one for one in answer["entry_events"] if one["seq"] == chain.seq]:
            one |= told

    return liar.sit_down(sara, wire={"/cases/open": change}, fork=fork)


def refused(visit: Visit) -> None:
    marked(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_the_log_and_the_entry_say_the_same = told_twice(CHECK, tell, refused, believed)
