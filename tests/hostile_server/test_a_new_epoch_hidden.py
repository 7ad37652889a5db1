"""Sara has removed Tomas. The server keeps the new roster from Nora, so that she goes on writing where he can read."""

from typing import Any

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import open_first, quiet, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_lanes.js", "if (one.epoch > state.chain.epoch) throw leftOut('epoch-hidden');", "")


def goes_on(visit: Visit) -> None:
    open_first(visit.page)


def tell(liar: Liar) -> Visit:
    sara, nora, tomas, _uma = liar.team()
    before = sara.open(sara.case).chain.seq
    sara.open(sara.case).remove(tomas.fp)

    def change(_asked: Any, answer: Any) -> None:
        for name in ("entries", "entry_events"):
            answer[name] = [one for one in answer[name] if one["seq"] <= before]

    roster = liar.tags("case_id = :c and lane = 'entry' and n > :n", c=sara.case, n=before)
    visit = liar.sit_down(nora, wire={"/cases/open": change}, fork=liar.fork(*roster))
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_acts_of_an_epoch_that_was_not_shown_give_it_away = told_twice(CHECK, tell, refused, believed, goes_on)
