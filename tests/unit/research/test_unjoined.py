"""No row leads to its case: not by id, order, time, size, session or log, and not by what lies on the disk."""

import itertools
import logging
import os
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.db import empty_wal, make_engine, make_sessions
from app.research import service as research
from app.research.models import TakenRow, Waiting, Withdrawn
from app.research.waiting import waiting
from crypto.frame import frame, unframe
from crypto.mail import read_mail
from demo import rows
from demo.wire import b64
from tests.support.databases import Databases
from tests.unit.research.conftest import Study

pytestmark = pytest.mark.slow

SQLITE_HEADER = 100  # with a counter of changes
STEP = 500  # bytes; a page has 4096


def facts(row: bytes) -> dict[str, bytes]:
    """What of a row is random, and would give it away wherever else it stands."""
    fields = unframe("row", row)
    mail = read_mail(fields["mail"])
    return {"letter": mail["letter"], "withdraw": fields["withdraw"], "hash": mail["hash"], "body": mail["body"][:64]}


def test_no_column_holds_a_time_an_order_or_a_person() -> None:
    assert tuple(Waiting.__table__.c.keys()) == ("one", "rows")
    assert tuple(TakenRow.__table__.c.keys()) == ("letter", "withdraw", "hash", "instrument", "month", "mail")
    assert tuple(Withdrawn.__table__.c.keys()) == ("withdraw", "hash", "logged")


def test_rows_of_long_and_short_answers_are_of_one_size(study: Study) -> None:
    """Whoever wrote much in her case does not have the long row."""
    study.batches_of(9)
    for answers in ({}, {f"column_{number}": "a long code" for number in range(150)}):
        rows.send_row(study.somebody(), "intake.v1", "intake", answers)
    rows.send_row(study.somebody(), "followup.v1", "followup-12", {"f_satisf": "5"})
    with study.app.extensions["alongside_sessions"]() as db:
        assert len({len(unframe("row", one)["mail"]) for one in waiting(db)}) == 1


def test_a_row_that_comes_with_a_cookie_touches_no_session_and_is_answered_alike(study: Study) -> None:
    """A page that forgot to leave the cookie out does not tell the server whose row it is."""
    sara = study.sent("Sara")
    study.clock.move(minutes=2)  # a request that looks at the session now would note it
    sessions, log = study.rows("sessions"), study.count("events")
    row, secret = study.send(), os.urandom(32)
    withdrawal = frame("withdraw", {"site": study.carl.site, "secret": secret})
    for path, data in (("/research/row", row), ("/research/withdraw", withdrawal)):
        with_cookie = sara.send(path, data, rows.OCTETS)
        without = study.wire.another().post(path, data, {"Content-Type": rows.OCTETS})
        assert with_cookie.data == without.data and with_cookie.status == 200
        assert dict(with_cookie.headers) == dict(without.headers)
        assert "Set-Cookie" not in with_cookie.headers
    assert study.rows("sessions") == sessions and study.count("events") == log
    sara.post("/sign-in/notebook")
    assert study.rows("sessions") != sessions, "and another request would have been seen"


def test_nothing_random_of_a_row_stands_in_any_other_table(study: Study) -> None:
    study.sent("Sara")
    sent = [study.send() for _ in range(4)]
    study.sent("Greta")
    contents = dict(study.database.rows())
    for row in sent:
        for name, value in facts(row).items():
            places = {table for table, content in contents.items() if value in content}
            assert len(places) < 2 and places <= {"waiting_rows", "sealed_rows"}, name
            assert places or name == "hash", "it was not looked for"


def test_the_log_has_no_line_for_a_row_and_one_for_many(study: Study) -> None:
    before = study.count("events")
    study.send()
    study.send()
    assert study.count("events") == before
    study.send()
    (event,) = [row for row in study.rows("events") if row.type == "rows"]
    told = unframe("event", bytes(event.payload))
    assert study.count("events") == before + 1
    assert (told["actor"], told["subject"], event.case_id, event.lane) == (bytes(32), bytes(16), None, "none")


def test_the_servers_own_log_says_nothing_of_a_row(study: Study, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        study.wire.another().get("/nothing-here")
        row, secret = study.send(), os.urandom(32)
        rows.withdraw(study.wire, study.carl.site, secret)
    said = "\n".join(record.getMessage() for record in caplog.records)
    for value in [*facts(row).values(), secret]:
        assert value.hex() not in said and b64(value) not in said and repr(value) not in said
    assert "/research" not in said


# -- the files


def sqlite_with(study: Study, databases: Databases, tmp_path: Path, data: list[bytes], batch: int) -> bytes:
    """The database file of this site after these rows came in this order, and the sweep ran."""
    file = tmp_path / f"copy-{len(list(tmp_path.iterdir()))}.sqlite"
    empty_wal(study.app.extensions["alongside_engine"])
    shutil.copyfile(study.database.folder / "alongside.sqlite", file)
    engine = make_engine(f"sqlite:///{file}")
    for row in data:
        with make_sessions(engine)() as db:
            research.keep_row(db, site=study.carl.site, data=row, batch=batch)
            db.commit()
    empty_wal(engine)
    assert (file.parent / f"{file.name}-wal").stat().st_size == 0
    engine.dispose()
    return file.read_bytes()


def apart(study: Study, count: int) -> list[bytes]:
    """Rows that are made and not sent."""
    made: list[bytes] = []
    real, rows.as_nobody = rows.as_nobody, lambda _wire, _path, data: made.append(data) or {}
    try:
        for _ in range(count):
            study.send()
    finally:
        rows.as_nobody = real
    return made


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_seized_file_is_the_same_in_whatever_order_rows_came(
    study: Study, databases: Databases, tmp_path: Path
) -> None:
    """Pages are given out as rows come, beside those of the case that was opened a minute before."""
    made = apart(study, 4)
    files = {
        sqlite_with(study, databases, tmp_path, list(order), 9)[SQLITE_HEADER:]
        for order in itertools.islice(itertools.permutations(made), 0, 24, 5)
    }
    assert len(files) == 1
    (file,) = files
    assert all(facts(row)["body"] in file for row in made)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_seized_file_does_not_tell_who_came_first_of_those_that_may_be_taken(
    study: Study, databases: Databases, tmp_path: Path
) -> None:
    first, second = apart(study, 3), apart(study, 3)

    def places(data: list[bytes]) -> list[int]:
        file = sqlite_with(study, databases, tmp_path, data, 3)
        mails = [unframe("row", row)["mail"] for row in [*first, *second]]
        found = [file.find(mail[at : at + 40]) for mail in mails for at in range(0, len(mail), STEP)]
        assert found.count(-1) < len(found) / 20, "a piece may lie across two pages"
        return found

    same = {tuple(places([*one, *other])) for one in orders(first) for other in orders(second)}
    assert len(same) == 1


def orders(data: list[bytes]) -> list[list[bytes]]:
    return [data, data[::-1], [*data[1:], data[0]]]


@pytest.mark.parametrize("database_kind", ["postgres"], indirect=True)
def test_in_postgres_rows_lie_in_order_of_their_ids_as_one_transaction_wrote_them(study: Study) -> None:
    table = "sealed_rows"
    sent = [study.send() for _ in range(6)]
    with study.database.engine.connect() as db:
        found = db.execute(sa.text(f"select letter, xmin::text, ctid::text from {table} order by ctid")).all()
        toast = db.scalar(
            sa.text("select reltoastrelid::regclass::text from pg_class where relname = :t"), {"t": table}
        )
        chunks = db.execute(sa.text(f"select chunk_data from {toast} where chunk_seq = 0 order by chunk_id")).scalars()
        pieces = [bytes(piece) for piece in chunks]
    ids = sorted(facts(row)["letter"] for row in sent)
    assert [bytes(row.letter) for row in found] == ids
    assert len({row.xmin for row in found}) == 1
    assert [next(one for one in ids if one in piece) for piece in pieces] == ids


@pytest.mark.parametrize("database_kind", ["postgres"], indirect=True)
def test_in_postgres_nothing_stays_of_how_rows_lay_before(study: Study) -> None:
    """Dead tuples have the numbers of the transactions in which each row came."""
    study.batches_of(9)
    sent = [study.send() for _ in range(4)]
    files = on_disk(study)
    random = [facts(row)[name] for row in sent for name in ("letter", "withdraw")]
    times = [sum(content.count(value) for content in files) for value in random]
    assert max(times) == 1 and times.count(1) > 5, "one may lie across two pieces"


def on_disk(study: Study) -> list[bytes]:
    """Every file of the database, its write-ahead log emptied into them."""
    if study.database.kind == "sqlite":
        empty_wal(study.app.extensions["alongside_engine"])
        return [path.read_bytes() for path in study.database.folder.iterdir()]
    postgres = study.database.postgres
    assert postgres is not None and postgres.data is not None
    postgres.checkpoint()
    with study.database.engine.connect() as db:
        number = db.scalar(sa.text("select oid from pg_database where datname = current_database()"))
    folder = postgres.data / "base" / str(number)
    return [path.read_bytes() for path in folder.iterdir() if path.is_file()]


@pytest.mark.parametrize("batch", [9, 2])
def test_a_row_that_was_taken_back_is_nowhere_on_the_disk(study: Study, batch: int) -> None:
    study.batches_of(batch)
    sara = study.somebody()
    row, other = study.send(sara), study.send()
    assert any(facts(row)["body"] in content for content in on_disk(study))
    assert rows.withdraw_rows(sara) == [True]
    files = on_disk(study)
    gone = facts(row)
    for name in ("letter", "body"):
        assert not any(gone[name] in content for content in files), name
    assert any(facts(other)["body"] in content for content in files)
