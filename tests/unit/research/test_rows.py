"""Sealed rows as they arrive: who may send what, and when a steward gets it."""

import datetime
from typing import Any

import pytest

from crypto.frame import frame, unframe
from crypto.mail import letter_hash
from crypto.posted import batch_hash, first_of_month
from crypto.row import make_row, open_posted
from demo import rows
from tests.support.people import refusal
from tests.unit.research.conftest import ANSWERS, Study


def made(study: Study, **change: Any) -> bytes:
    """A row that would be taken, but for what a test changes."""
    today = study.clock.now_s() // 86_400
    given: dict[str, Any] = {
        "site": study.carl.site, "instrument": "intake.v1", "wave": "intake", "day": first_of_month(today),
        "thread": bytes(16), "answers": ANSWERS, "stewards": study.carl.directory().holders("steward"), "secret": bytes(32),
    }  # fmt: skip
    return make_row(**{**given, **change})


def post(study: Study, data: bytes) -> dict[str, Any]:
    return rows.as_nobody(study.wire, "/research/row", data)


def test_a_row_for_somebody_beside_the_stewards_is_refused(study: Study) -> None:
    listed = study.carl.directory()
    both = [*listed.holders("steward"), listed.person(study.carl.fp)]
    with refusal(409, "recipients"):
        post(study, made(study, stewards=both))
    with refusal(409, "recipients"):
        post(study, made(study, stewards=[listed.person(study.carl.fp)]))
    assert study.kept() == (0, 0)


def test_a_row_that_leaves_a_steward_out_is_refused(study: Study) -> None:
    before = made(study)
    study.steward("Selma")
    with refusal(409, "recipients"):
        post(study, before)
    assert study.kept() == (0, 0)


def test_a_row_of_another_month_is_refused_and_a_day_is_forgiven_at_either_end(study: Study) -> None:
    this = first_of_month(study.clock.now_s() // 86_400)
    before, first = this, first_of_month(this + 31)
    following = first_of_month(first + 31)

    def on(day: int) -> None:
        study.clock.move(days=day - study.clock.now_s() // 86_400)
        study.carl.sign_in()
        study.carl.list_people()

    on(first + 1)
    with refusal(409, "month"):
        post(study, made(study, day=before))
    on(following - 2)
    with refusal(409, "month"):
        post(study, made(study, day=following))
    on(following - 1)
    post(study, made(study, day=following))
    on(following)
    post(study, made(study, day=first, secret=b"1" * 32))
    on(following + 1)
    with refusal(409, "month"):
        post(study, made(study, day=first, secret=b"2" * 32))
    assert study.kept() == (2, 0)


@pytest.mark.parametrize("instrument", ["intake.v2", "outtake.v9", "census.v1"])
def test_a_row_of_questions_that_nobody_asked_is_refused(study: Study, instrument: str) -> None:
    with refusal(409, "instrument"):
        post(study, made(study, instrument=instrument))
    assert study.kept() == (0, 0)


def test_words_in_the_open_and_halves_of_a_row_are_refused(study: Study) -> None:
    good = made(study)
    parts = unframe("row", good)
    mail = unframe("mail", parts["mail"])
    cut = frame("row", {**parts, "mail": frame("mail", {**mail, "body": mail["body"][:4000]})})
    for data in (b"", b"this is what happened to me", good[:-1], good + b"\0", parts["mail"], cut):
        with refusal(415, "not-sealed"):
            post(study, data)
    assert study.kept() == (0, 0)


def test_the_same_row_twice_is_one_row_whoever_looks_after_research_by_then(study: Study) -> None:
    row = study.send()
    study.steward("Selma")
    assert post(study, row) == {}
    assert study.kept() == (1, 0)


def test_a_row_sealed_anew_under_its_secret_is_the_same_row(study: Study) -> None:
    for _ in range(2):
        post(study, made(study, letter=b"l" * 16))
    post(study, made(study, letter=b"k" * 16))
    assert study.kept() == (1, 0)
    with refusal(409, "taken"):
        post(study, made(study, letter=b"l" * 16, secret=b"1" * 32))
    assert study.kept() == (1, 0)


def test_rows_wait_for_each_other_and_come_to_the_steward_together(study: Study) -> None:
    sent = [study.send(), study.send()]
    assert rows.fetch(study.stan) == [] and study.count("events") == len(events(study, but="rows"))
    assert study.stan.post("/research/standing") == {"rows": [], "waiting": 2}
    sent.append(study.send())
    mails = sorted(unframe("row", one)["mail"] for one in sent)
    assert sorted(rows.fetch(study.stan)) == mails
    assert events(study, only="rows") == [batch_hash(letter_hash(mail) for mail in mails)]
    study.send()
    assert study.kept() == (1, 3) and len(rows.fetch(study.stan)) == 3


def test_what_a_steward_opens_is_what_was_sent_and_a_thread_joins_waves(study: Study) -> None:
    sara = study.somebody()
    study.send(sara)
    study.send(sara, "outtake.v1", "outtake")
    rows.send_comment(sara, "outtake", "They listened.")
    opened = [open_posted(mail, study.stan.identity, site=study.carl.site) for mail in rows.fetch(study.stan)]
    answered = [one for one in opened if one["kind"] == "row"]
    assert {one["wave"]: one["instrument"] for one in answered} == {"intake": "intake.v1", "outtake": "outtake.v1"}
    assert {one["thread"] for one in answered} == {rows.research(sara)["thread"]}
    assert answered[0]["answers"] == {"gender": "woman", "wi_type___disc": "1"}
    (comment,) = (one for one in opened if one["kind"] == "comment")
    assert comment["text"] == "They listened." and "thread" not in comment


def test_pages_of_rows_follow_each_other_by_id(study: Study) -> None:
    study.batches_of(1)
    for number in range(52):
        post(study, made(study, secret=number.to_bytes(32, "big")))
    first = study.stan.post("/research/rows")
    assert len(first["rows"]) == 50 and first["after"]
    second = study.stan.post("/research/rows", after=first["after"])
    assert len(second["rows"]) == 2 and second["after"] is None
    assert len({*first["rows"], *second["rows"]}) == 52
    month = (datetime.date(1970, 1, 1) + datetime.timedelta(seconds=study.clock.now_s())).strftime("%Y-%m")
    counted = study.stan.post("/research/standing")
    assert counted == {"rows": [{"instrument": "intake.v1", "month": month, "count": 52}], "waiting": 0}


def events(study: Study, *, only: str = "", but: str = "") -> list[bytes]:
    """The objects of the events of a type, or of all others."""
    payloads = [(row.type, bytes(row.payload)) for row in study.rows("events")]
    return [unframe("event", p)["object"] for kind, p in payloads if (kind == only if only else kind != but)]
