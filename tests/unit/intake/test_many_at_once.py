"""Two hundred people press "send", thirty-two at a time, at the real server."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from demo.people import Peer
from demo.wire import Over, Refused
from tests.support.people import Cast
from tests.support.server import Server

pytestmark = pytest.mark.slow
PEOPLE, AT_ONCE = 200, 32


def test_two_hundred_first_submissions_at_32_at_once_all_land_once(server: Server) -> None:
    cast = Cast(server.database, Over(server.url), server.clock)
    desk = cast.carl.directory().holders("coordinator")

    def prepare(_: int) -> tuple[Peer, bytes, bytes]:
        sara = cast.peer(enrolled=False)
        sara._facts, sara.known_desk = cast.carl.facts, desk
        enrol, sig = sara.make_enrol()
        return sara, sara.make_submission({"text": "what happened"}, enrol=enrol), sig

    prepared = [prepare(n) for n in range(PEOPLE)]
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        answers = list(at_once.map(lambda one: one[0].hand_in(one[1], one[2]), prepared))
    assert len(answers) == PEOPLE
    assert len({row.id for row in cast.rows("cases")}) == PEOPLE
    assert cast.count("entries") == 2 * PEOPLE == 2 * cast.count("submissions")
    assert len(cast.carl.queue()) == PEOPLE


def test_sara_who_seals_twice_and_sends_both_at_once_has_sent_once(server: Server) -> None:
    cast = Cast(server.database, Over(server.url), server.clock)
    for _ in range(5):
        sara = cast.peer()
        other = Peer(sara.wire, "Sara", sara.identity, server.clock.now_s)
        both = [one.make_submission({"text": "what happened"}) for one in (sara, other)]

        def send(submission: bytes, sara: Peer = sara) -> str:
            try:
                sara.post("/intake/submit", submission=submission)
            except Refused as refused:
                return str(refused.code)
            return "taken"

        with ThreadPoolExecutor(2) as at_once:
            assert sorted(at_once.map(send, both)) == ["already-sent", "taken"]
    assert cast.count("cases") == 5
