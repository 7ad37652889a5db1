"""Adding a record: by a member, at the end, under the roster in force, once."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from crypto.frame import frame, unframe
from demo.people import Peer, Supporter
from demo.wire import unb64
from tests.support.people import CastInside, refusal


@pytest.fixture
def sara(cast: CastInside) -> Peer:
    return cast.with_sara()


@pytest.fixture
def nora(cast: CastInside, sara: Peer) -> Supporter:
    """Nora, whom Sara has approved."""
    return cast.with_team(sara)


def message(text: str = "hello") -> dict[str, str]:
    return {"kind": "message", "text": text}


def test_somebody_outside_gets_the_same_answer_as_for_a_case_that_is_not_there(cast: CastInside, sara: Peer) -> None:
    omar = cast.peer("Omar")
    entry = sara.open(sara.case).seal(message())
    answers = []
    for case in (sara.case, os.urandom(16)):
        with refusal(404, "no-such-case") as said:
            omar.post("/cases/append", case=case, entry=entry)
        answers.append(said.error and said.error.facts)
        with refusal(404, "no-such-case") as said:
            omar.post("/cases/open", case=case)
        answers.append(said.error and said.error.facts)
    assert all(answer == answers[0] for answer in answers)
    assert cast.count("entries") == 2


def test_carl_who_reads_the_card_cannot_open_the_case(cast: CastInside, sara: Peer) -> None:
    cast.carl.card(sara.case)
    with refusal(404, "no-such-case"):
        cast.carl.open(sara.case)
    assert cast.carl.cases() == []


def test_without_a_session_nothing_is_answered(cast: CastInside, sara: Peer) -> None:
    sara.post("/sign-in/lock")
    for path in ("/cases/mine", "/cases/open", "/cases/append", "/cases/rekey", "/cases/erase", "/cases/export"):
        with refusal(401, "locked"):
            sara.post(path, case=sara.case)


def test_text_where_a_sealed_record_belongs_is_refused(cast: CastInside, sara: Peer) -> None:
    header = unframe("entry", sara.open(sara.case).seal(message()))["header"]
    for entry in (b"They said that I", frame("entry", {"header": header, "body": b"They said that I " * 50}), b""):
        with refusal(415, "not-sealed"):
            sara.post("/cases/append", case=sara.case, entry=entry)
    assert cast.count("entries") == 2


def test_a_record_that_names_an_old_epoch_is_refused(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    case = nora.open(sara.case)
    first_roster = sara.open(sara.case).chain.rosters[1]
    for lie in ({"e": 1}, {"roster": os.urandom(32)}, {"e": 1, "roster": first_roster[:32]}, {"e": 3}):
        with refusal(400):
            nora.post("/cases/append", case=sara.case, entry=case.seal(message(), **lie))


def test_a_record_signed_as_another_member_is_refused(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    case = nora.open(sara.case)
    for author in (1 - case.position, 7):
        with refusal(403, "not-yours"):
            nora.post("/cases/append", case=sara.case, entry=case.seal(message(), author=author))


def test_a_record_of_another_case_or_site_is_refused(cast: CastInside, sara: Peer) -> None:
    case = sara.open(sara.case)
    for lie in ({"case": os.urandom(16)}, {"site": os.urandom(32)}):
        with refusal(400):
            sara.post("/cases/append", case=sara.case, entry=case.seal(message(), **lie))


def test_a_day_below_the_entry_before_or_far_from_the_servers_is_refused(cast: CastInside, sara: Peer) -> None:
    case = sara.open(sara.case)
    for day in (sara.today - 2, sara.today + 2):
        with refusal(409, "clock"):
            sara.post("/cases/append", case=sara.case, entry=case.seal(message(), day=day))
    with refusal(400):
        sara.post("/cases/append", case=sara.case, entry=case.seal(message(), day=sara.today - 1))
    sara.post("/cases/append", case=sara.case, entry=case.seal(message(), day=sara.today + 1))


def test_a_roster_is_not_taken_as_a_record(cast: CastInside, sara: Peer) -> None:
    case = sara.open(sara.case)
    with refusal(400, "malformed"):
        sara.post("/cases/append", case=sara.case, entry=case.make_rekey(case.members())["entry"])


def test_whoever_comes_second_is_told_where_the_case_stands_and_seals_anew(
    cast: CastInside, sara: Peer, nora: Supporter
) -> None:
    mine, hers = sara.open(sara.case), nora.open(sara.case)
    hers.append(message("first"))
    record = os.urandom(16)
    with refusal(409, "stale") as said:
        sara.post("/cases/append", case=sara.case, entry=mine.seal(message("second"), record=record))
    assert said.error and said.error.facts["seq"] == hers.chain.seq + 1
    mine.append(message("second"), record=record)
    texts = [r["payload"]["text"] for r in nora.open(sara.case).records if r["payload"]["kind"] == "message"]
    assert texts == ["first", "second"]


def test_a_record_that_was_taken_before_is_answered_again(cast: CastInside, sara: Peer) -> None:
    case, record = sara.open(sara.case), os.urandom(16)
    first = case.append(message(), record=record)
    assert sara.check_receipt(first["receipt"])["type"] == "record"
    case.read_on()
    assert case.append(message(), record=record) == first
    assert cast.count("entries") == 3


def test_a_record_number_that_another_member_used_is_refused(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    record = os.urandom(16)
    nora.open(sara.case).append(message(), record=record)
    with refusal(409, "collided"):
        sara.open(sara.case).append(message(), record=record)


@pytest.mark.slow
def test_many_write_at_once_and_every_word_lands_once_without_a_gap(cast: CastInside, sara: Peer) -> None:
    team = [cast.supporter(name) for name in ("Nora Navigator", "Nils Navigator", "Nell Navigator")]
    cast.team(sara, *team)

    def write(one: tuple[int, Supporter]) -> None:
        record = os.urandom(16)
        for _ in range(30):  # more than a page tries: on one machine with four writers the same one may lose often
            try:
                one[1].open(sara.case).append(message(f"{one[0]}"), record=record)
                return
            except TimeoutError:
                continue

    jobs = [(n, team[n % 3]) for n in range(12)]
    with ThreadPoolExecutor(3) as at_once:
        for done in [at_once.submit(lambda who: [write(job) for job in jobs if job[1] is who], who) for who in team]:
            done.result()
    records = sara.open(sara.case).records
    texts = sorted(int(r["payload"]["text"]) for r in records if r["payload"]["kind"] == "message")
    assert texts == list(range(12))
    assert [row.seq for row in sorted(cast.rows("entries"), key=lambda row: row.seq)] == list(range(1, 16))


def test_an_append_asks_the_database_the_same_number_of_times_however_long_the_case(
    cast: CastInside, sara: Peer
) -> None:
    def asked() -> int:
        case = sara.open(sara.case)
        entry = case.seal(message())
        with cast.queries() as made:
            sara.post("/cases/append", case=sara.case, entry=entry)
        return len(made)

    first = asked()
    for _ in range(4):
        asked()
    assert asked() == first <= 9


def test_the_receipt_names_the_entry_and_its_number_in_the_lane(cast: CastInside, sara: Peer) -> None:
    case = sara.open(sara.case)
    answer = case.append(message())
    case.read_on()
    told = sara.check_receipt(answer["receipt"])
    assert (told["object"], told["actor"], told["subject"]) == (case.chain.head, sara.fp, sara.case)
    assert answer["seq"] == 3 and unb64(answer["receipt"])
