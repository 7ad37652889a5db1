"""Many people give something to research at the same moment, at the real server, and some take it back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from crypto.frame import unframe
from crypto.mail import letter_hash
from demo import rows
from demo.people import Peer, Staff
from demo.wire import Over, unb64
from tests.support.people import Cast
from tests.support.server import Server

pytestmark = pytest.mark.slow
PEOPLE, AT_ONCE, BATCH = 48, 16, 5
CODES = {"gender": "woman"}


def test_rows_of_many_at_once_all_stand_once_and_batches_hold_each(make_server: Callable[..., Server]) -> None:
    server = make_server(settings={"ALONGSIDE_ROWS_BATCH": str(BATCH), "ALONGSIDE_WITHDRAWALS_BATCH": "3"})
    cast = Cast(server.database, Over(server.url), server.clock)
    stan = Staff(cast.wire.another(), "Stan", now_s=cast.clock.now_s)
    stan.roles = "steward"
    stan.join(cast.carl.invite_staff("steward"))
    cast.carl.certify(stan)
    peers = [Peer(cast.wire.another(), f"Sara {n}", now_s=cast.clock.now_s) for n in range(PEOPLE)]
    made = [rows.prepare_row(peer, "intake.v1", "intake", CODES) for peer in peers]
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        list(at_once.map(lambda row: rows.post(cast.wire, row), [*made, *made]))
        pages = list(at_once.map(lambda _: stan.post("/research/standing"), range(AT_ONCE)))
    taken = PEOPLE // BATCH * BATCH
    assert {page["waiting"] for page in pages} == {PEOPLE - taken}
    mails = {unframe("row", row)["mail"] for row in made}
    handed = rows.fetch(stan)
    assert len(handed) == taken and set(handed) < mails
    assert [row.type for row in cast.rows("events")].count("rows") == taken // BATCH

    secrets = [unb64(rows.research(peer)["rows"][0]["secret"]) for peer in peers[:12]]
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        stood = list(at_once.map(lambda secret: rows.withdraw(cast.wire, cast.carl.site, secret), [*secrets, *secrets]))
    assert stood.count(True) == 12
    gone = {letter_hash(unframe("row", row)["mail"]) for row in made[:12]}
    assert {bytes(row.hash) for row in cast.rows("withdrawn_rows")} == gone
    assert [row.type for row in cast.rows("events")].count("withdrawals") == 4
    assert not gone & {letter_hash(mail) for mail in rows.fetch(stan)}
