"""Sara has taken Tomas out. Uma writes under the key from before, so that he can read it; and Tomas writes as if he were still in.

Of his own words more than one check stands in the way: under the roster in force his place is somebody else's, who did not sign.
"""

from playwright.sync_api import expect

from crypto.frame import H
from crypto.grant import lane_key
from demo.case import OpenCase
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/chain.js",
    "if (!this.epoch || fields.e !== this.epoch || !equal(fields.roster, this.roster_hash)) {",
    "if (false) {",
)
WORDS = "He may as well know."


def told(liar: Liar, *, by_tomas: bool) -> Visit:
    sara, _nora, tomas, uma = liar.team()
    before: OpenCase = tomas.open(sara.case)
    sara.open(sara.case).remove(tomas.fp)
    now = uma.open(sara.case)
    who = before if by_tomas else now
    entry = who.seal(
        {"kind": "message", "text": WORDS}, seq=now.chain.seq + 1, prev=now.chain.head, e=2, roster=H(now.chain.rosters[2]),
        epoch_key=before.key,
    )  # fmt: skip
    lane = lane_key(before.key, sara.case, 2)
    return liar.sit_down(sara, wire={"/cases/open": liar.slip_in(sara.case, entry, actor=who.person.fp, lane_key=lane)})


def tell(liar: Liar) -> Visit:
    return told(liar, by_tomas=False)


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


test_what_is_written_now_is_for_those_who_are_in_now = told_twice(CHECK, tell, refused, believed)


def test_who_was_taken_out_adds_nothing_to_the_time_before(liar: Liar) -> None:
    refused(told(liar, by_tomas=True))
