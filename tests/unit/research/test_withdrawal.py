"""Taking a row back: whoever knows its secret, at once, and for good."""

import os

import sqlalchemy as sa

from crypto.frame import frame, unframe
from crypto.mail import letter_hash
from crypto.posted import batch_hash
from demo import rows
from demo.wire import unb64
from tests.support.databases import one_database
from tests.support.people import refusal
from tests.unit.research.conftest import ANSWERS, Study


def test_a_secret_that_was_guessed_takes_nothing_back(study: Study) -> None:
    row = study.send()
    hidden = unframe("row", row)["withdraw"]
    for secret in (os.urandom(32), bytes(32), hidden):  # what the server keeps is no secret that works
        assert not rows.withdraw(study.wire, study.carl.site, secret)
    assert study.kept() == (1, 0)


def test_a_withdrawal_of_another_site_or_half_of_one_is_refused(study: Study) -> None:
    sara = study.somebody()
    study.send(sara)
    (kept,) = rows.research(sara)["rows"]
    secret = unb64(kept["secret"])
    elsewhere = frame("withdraw", {"site": bytes(32), "secret": secret})
    with refusal(400, "malformed"):
        rows.as_nobody(study.wire, "/research/withdraw", elsewhere)
    with refusal(415, "not-sealed"):
        rows.as_nobody(study.wire, "/research/withdraw", secret)
    assert study.kept() == (1, 0)


def test_a_row_goes_at_once_whether_it_waits_or_was_handed_out(study: Study) -> None:
    sara, greta = study.somebody(), study.somebody()
    for _ in range(2):
        study.send(sara)
    study.send(greta)
    study.send(greta)
    assert study.kept() == (1, 3)
    assert rows.withdraw_rows(greta) == [True, True]
    assert study.kept() == (0, 2)
    assert len(rows.fetch(study.stan)) == 2


def test_a_withdrawal_that_comes_twice_changes_nothing_more(study: Study) -> None:
    sara = study.somebody()
    study.send(sara)
    secret = unb64(rows.research(sara)["rows"][0]["secret"])
    assert [rows.withdraw(study.wire, study.carl.site, secret) for _ in range(3)] == [True, False, False]
    assert study.count("withdrawn_rows") == 1


def test_a_row_that_was_taken_back_does_not_come_again(study: Study) -> None:
    """A copy that was on its way, or that somebody kept who wants it to stand."""
    sara = study.somebody()
    row = study.send(sara)
    rows.withdraw_rows(sara)
    assert rows.as_nobody(study.wire, "/research/row", row) == {}
    assert study.kept() == (0, 0)


def test_withdrawals_are_on_the_log_in_batches_alone(study: Study) -> None:
    gone = []
    for number in range(1, 5):
        sara = study.somebody()
        gone.append(letter_hash(unframe("row", study.send(sara))["mail"]))
        rows.withdraw_rows(sara)
        logged = [row for row in study.rows("events") if row.type == "withdrawals"]
        assert len(logged) == number // 2
    objects = [unframe("event", bytes(row.payload))["object"] for row in logged]
    assert sorted(objects) == sorted([batch_hash(gone[:2]), batch_hash(gone[2:])])


def test_a_row_that_comes_after_it_was_taken_back_does_not_stand(study: Study) -> None:
    """Sara's laptop sleeps with the row on its way. She says no on her phone; a day later the laptop wakes."""
    sara = study.somebody()
    late = rows.prepare_row(sara, "intake.v1", "intake", ANSWERS)
    assert rows.withdraw_rows(sara) == [False]
    assert rows.post(study.wire, late) == late
    assert study.kept() == (0, 0)
    assert [row for row in study.rows("events") if row.type == "withdrawals"] == []


def test_what_never_stood_is_not_counted_among_withdrawals_on_the_log(study: Study) -> None:
    for _ in range(5):
        assert not rows.withdraw(study.wire, study.carl.site, os.urandom(32))
    sara = study.somebody()
    study.send(sara)
    rows.withdraw_rows(sara)
    assert [row for row in study.rows("events") if row.type == "withdrawals"] == []


@one_database  # SQLite: there nobody else writes meanwhile
def test_rows_that_a_stranger_hands_in_and_takes_back_hold_nobody_up(study: Study) -> None:
    """In SQLite one writes at a time: a whole table written anew for each of them would stop the site."""
    study.batches_of(1)
    sara = study.somebody()
    study.send(sara)
    statements: list[str] = []
    sa.event.listen(
        study.app.extensions["alongside_engine"], "before_cursor_execute", lambda *call: statements.append(call[2])
    )
    rows.withdraw_rows(sara)
    written = [one for one in statements if "sealed_rows" in one and not one.startswith("SELECT")]
    assert len(written) == 1 and written[0].startswith("DELETE FROM sealed_rows WHERE")
