"""The limit of a first submission is a fair one: the same rows and bytes, and the load says what failed."""

import itertools
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.db import make_engine
from bench import load, plain
from bench.intake import rows_of
from bench.plain import Rows, _bytes
from tests.support.databases import Database, Databases
from tests.support.people import Cast


def size(rows: dict) -> dict[str, tuple[int, int]]:
    """How many rows of each table, and their bytes."""
    plain = {name: [_bytes(row) for row in given] for name, given in rows.items()}
    return {
        name: (len(given), sum(len(value) for row in given for value in row.values() if isinstance(value, bytes)))
        for name, given in plain.items()
    }


def test_the_limit_writes_the_rows_of_a_submission_again_and_again(
    cast: Cast, databases: Databases, database_kind: str, tmp_path: Path
) -> None:
    sara = cast.peer("Sara", enrolled=False)
    enrol, sig = sara.make_enrol()
    submission = sara.make_submission({"text": "what happened"}, enrol=enrol)
    before = rows_of(cast.database)
    sara.hand_in(submission, sig)
    new = {name: [row for row in rows if row not in before[name]] for name, rows in rows_of(cast.database).items()}
    new = {name: rows for name, rows in new.items() if rows}
    assert {"enrolments", "notebooks", "entries", "letters", "events", "submissions"} <= set(new)

    limit = databases.fresh(database_kind, tmp_path / "limit")
    engine = make_engine(limit.url)
    rows, written = Rows(engine, new), rows_of(limit)
    for times in (1, 2):
        with engine.begin() as db:
            rows.write(db)
        written = rows_of(limit)
        assert size({name: written[name] for name in new}) == {
            name: (many * times, length * times) for name, (many, length) in size(new).items()
        }
    engine.dispose()
    limit.close()


def held(limit: Database) -> int:
    """Connections of this process to that database: of PostgreSQL's, all others than the one that asks."""
    if limit.kind == "sqlite":
        return sum(
            str(limit.folder) in str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()
        )
    engine = make_engine(limit.url)
    count = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    with engine.connect() as db:
        found: int = db.execute(sa.text(count)).scalar_one()
    engine.dispose()
    return found


def test_the_limit_holds_no_connection_that_its_workers_would_share(
    databases: Databases, database_kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = databases.fresh(database_kind, tmp_path / "limit")
    (tmp_path / "rows.json").write_text('{"submissions": []}')
    monkeypatch.setenv("ALONGSIDE_DATABASE_URL", limit.url)
    monkeypatch.setenv(plain.ROWS, str(tmp_path / "rows.json"))
    monkeypatch.setenv(plain.ANSWER, "4")
    program = plain.intake()  # as gunicorn's first process does, before it has workers
    deadline = time.monotonic() + 5
    while held(limit):  # PostgreSQL lets go a moment later
        assert time.monotonic() < deadline, "it still holds one"
        time.sleep(0.05)
    assert callable(program)
    limit.close()


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """A port where each connection gets this answer and is closed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.recv(65536)
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        over.set()
        thread.join()


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"
REFUSED = b"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy"
CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\ndone"


def test_each_request_is_sent_once_and_counted() -> None:
    with answering(OK) as port:
        done = load.at_once(port, itertools.repeat(load.post("/", port, b"{}"), 20), clients=4, seconds=5, keep=False)
    assert (len(done.times), done.errors, done.last) == (20, [], b"done")
    assert done.rate > 0 and done.percentile(0.99) >= done.percentile(0.5) > 0


@pytest.mark.parametrize(("answer", "said"), [(REFUSED, "503 busy"), (CUT, "ValueError")])
def test_a_refusal_and_a_cut_answer_count_as_errors_and_not_as_speed(answer: bytes, said: str) -> None:
    with answering(answer) as port:
        done = load.at_once(port, itertools.repeat(load.get("/", port), 6), clients=2, seconds=5, keep=False)
    assert (done.times, done.errors) == ([], [said] * 6)
