"""What breaks under a server that runs: it says so in words, keeps every receipt it gave, and goes on afterwards."""

import contextlib
import http.client
import json
import os
import random
import resource
import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor

import pytest
import requests
import sqlalchemy as sa

from demo.people import Peer
from demo.wire import Over, b64
from tests.support.databases import Database, Databases, migrate
from tests.support.people import Cast, refusal
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.tree import check_tree, wait_until_all_are_in

pytestmark = pytest.mark.slow
ROUNDS, MOST_ROUNDS, AT_ONCE = 3, 10, 8
OF_A_CASE = ("cases", "lanes", "members", "grants", "submissions", "letters")
# The product's own gunicorn settings, and a disk that is full for as long as a file says so.
FULL_DISK = """
import os, pathlib
exec(pathlib.Path('gunicorn.conf.py').read_text())
begin_as_ever = post_worker_init
def post_worker_init(worker):
    begin_as_ever(worker)
    from sqlalchemy import event
    from sqlalchemy.engine import Engine
    @event.listens_for(Engine, 'begin')
    def room(connection):
        full = pathlib.Path(os.environ['TMPDIR'], 'full').exists()
        connection.exec_driver_sql(f'PRAGMA max_page_count={1 if full else 1073741823}')
"""
TRIGGER = """
create function no_room() returns trigger as $$
begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$ language plpgsql;
create trigger no_room before insert on stanzas execute function no_room();
"""


def arrive(server: Server) -> Cast:
    return Cast(server.database, Over(server.url), server.clock)


def prepared(cast: Cast) -> tuple[Peer, bytes, bytes]:
    """Somebody new, and all that she would send at once."""
    sara = cast.peer(enrolled=False)
    sara._facts, sara.known_desk = cast.carl.facts, cast.carl.known_desk
    enrol, sig = sara.make_enrol()
    return sara, sara.make_submission({"text": "what happened"}, enrol=enrol), sig


def stored(database: Database) -> dict[str, int]:
    come_and_go = ("sessions", "nonces", "alembic_version", "logs", "tree_tiles")  # the tree follows by itself
    tables = [table for table in database.tables() if table not in come_and_go]
    with database.engine.connect() as db:
        return {table: db.execute(sa.text(f"select count(*) from {table}")).scalar_one() for table in tables}


def fill(server: Server, *, full: bool) -> None:
    if server.database.kind == "sqlite":
        file = server.temporary / "full"
        file.touch() if full else file.unlink()
        return
    with server.database.engine.begin() as db:
        db.execute(sa.text(TRIGGER if full else "drop trigger no_room on stanzas"))


def test_a_full_disk_is_said_in_words_and_the_same_account_lands_once_there_is_room(
    make_server: Callable[..., Server], database: Database
) -> None:
    server = make_server(config=FULL_DISK if database.kind == "sqlite" else "")
    cast = arrive(server)
    sara = cast.peer()
    submission = sara.make_submission({"text": "what happened"})
    before = stored(database)
    fill(server, full=True)
    for _ in range(3):
        with refusal(507, "full") as said:
            sara.hand_in(submission)
    assert said.error and "no room left" in str(said.error.words) and "Nothing was stored" in str(said.error.words)
    assert stored(database) == before, "half of it stands"
    assert cast.carl.queue() == [], "who only reads is not disturbed"
    fill(server, full=False)
    sara.hand_in(submission)
    assert sara.open(sara.case).records[0]["payload"]["text"] == "what happened"
    _assert_all_in_the_tree(database)


def test_a_quota_reached_is_said_in_words_too(databases: Databases, tmp_path: Path, built: None) -> None:
    server = Server(databases.fresh("sqlite", tmp_path / "database"), tmp_path / "server", workers=1)
    server.start()
    try:
        cast = arrive(server)
        sara = cast.peer()
        submission = sara.make_submission({"text": "what happened"})
        before, (worker,) = stored(server.database), server.worker_pids()
        size = (server.database.folder / "alongside.sqlite-wal").stat().st_size
        _, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (size, hard))
        with refusal(507, "full"):
            sara.hand_in(submission)
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (hard, hard))
        assert stored(server.database) == before
        sara.hand_in(submission)
        assert server.worker_pids() == [worker], "the same worker goes on"
    finally:
        server.stop()
        server.database.close()
    assert server.faults() == []


@pytest.fixture
def own_postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postgres]:
    """A PostgreSQL of this test alone, to be killed."""
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    postgres = Postgres()
    postgres.start()
    yield postgres
    postgres.stop()


def test_a_database_that_goes_away_is_said_in_words_and_nothing_with_a_receipt_is_missing(
    own_postgres: Postgres, tmp_path: Path, built: None
) -> None:
    name = own_postgres.create()
    database = Database("postgres", own_postgres.url(name), tmp_path, own_postgres, name)
    migrate(database.url, tmp_path / "migrating")
    server = Server(database, tmp_path / "server")
    server.start()
    try:
        cast = arrive(server)
        sara, greta = cast.sent("Sara"), cast.peer("Greta")
        submission = greta.make_submission({"text": "hers"})
        own_postgres.kill()
        database.engine.dispose()
        for ask in (lambda: greta.hand_in(submission), lambda: cast.carl.queue(), lambda: sara.open(sara.case)):
            with refusal(503, "busy") as said:
                ask()
            assert said.error and "Nothing is lost" in str(said.error.words)
        assert requests.get(f"{server.url}/static/site.json", timeout=10).status_code == 503
        assert requests.get(server.url, timeout=10).status_code == 200, "pages need no database"
        own_postgres.resume()
        assert sara.open(sara.case).records[0]["payload"]["text"] == "what happened"
        greta.hand_in(submission)
        assert {line["state"] for line in cast.carl.queue()} == {"new"} and len(cast.carl.queue()) == 2
        _assert_all_in_the_tree(database)
    finally:
        server.stop()
        database.close()
    assert server.faults() == []


def test_workers_killed_in_the_middle_of_submissions_lose_nothing_that_got_a_receipt(server: Server) -> None:
    server.expect_faults()  # gunicorn says that a worker was killed
    cast = arrive(server)
    cast.carl.known_desk = cast.carl.directory().holders("coordinator")
    everybody, told = list[tuple[Peer, bytes, bytes]](), list[dict[str, Any] | None]()
    for done in range(MOST_ROUNDS):
        if done >= ROUNDS and None in told:  # a kill may come when nobody is at work
            break
        everybody += [prepared(cast) for _ in range(AT_ONCE)]
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            answers = [at_once.submit(_try, one) for one in everybody[-AT_ONCE:]]
            time.sleep(random.uniform(0.02, 0.12))
            for pid in server.worker_pids():
                os.kill(pid, signal.SIGKILL)
            told += [answer.result() for answer in answers]
        _wait_until_it_answers(server)
    landed = {row.id for row in cast.rows("cases")}
    assert {person.case for (person, *_), answer in zip(everybody, told, strict=True) if answer} <= landed
    _assert_whole(cast, len(landed))
    assert None in told, "no worker died while it was at work"
    for one, answer in zip(everybody, told, strict=True):
        again = _try(one)
        assert again is not None, "the next request works"
        assert answer is None or again["receipts"] == answer["receipts"], "the same bytes, the same receipt"
    _assert_whole(cast, len(everybody))


def _wait_until_it_answers(server: Server) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(requests.RequestException):
            if requests.get(server.url, timeout=5).ok and len(server.worker_pids()) == server.workers:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not come back")


def _try(one: tuple[Peer, bytes, bytes]) -> dict[str, Any] | None:
    person, submission, sig = one
    try:
        return person.hand_in(submission, sig)
    except (OSError, http.client.HTTPException):
        return None


def _assert_whole(cast: Cast, cases: int) -> None:
    """Each case is there with all that belongs to it, or not at all."""
    counts = stored(cast.database)
    assert {table: counts[table] for table in OF_A_CASE} == dict.fromkeys(OF_A_CASE, cases)
    assert counts["entries"] == counts["stanzas"] == 2 * cases
    assert counts["enrolments"] == counts["notebooks"] == counts["methods"] == cases + 1
    assert counts["events"] == 3 + 4 * cases
    _assert_all_in_the_tree(cast.database)


def _assert_all_in_the_tree(database: Database) -> None:
    wait_until_all_are_in(database)
    assert check_tree(database) == stored(database)["events"]


@pytest.mark.parametrize("sent", ["nothing", "one byte", "half", "all but one"])
def test_a_connection_cut_on_the_way_stores_nothing_and_the_same_bytes_land_later(server: Server, sent: str) -> None:
    cast = arrive(server)
    sara = cast.peer()
    submission = sara.make_submission({"text": "what happened"})
    body = f'{{"submission":"{b64(submission)}"}}'.encode()
    much = {"nothing": 0, "one byte": 1, "half": len(body) // 2, "all but one": len(body) - 1}[sent]
    before = stored(server.database)
    _cut(server, sara, body, much)
    assert stored(server.database) == before
    sara.hand_in(submission)


def test_a_connection_cut_before_the_receipt_came_gets_the_same_receipt_later(server: Server) -> None:
    cast = arrive(server)
    sara = cast.peer()
    submission = sara.make_submission({"text": "what happened"})
    body = f'{{"submission":"{b64(submission)}"}}'.encode()
    _cut(server, sara, body, len(body))
    end = time.monotonic() + 10
    while not cast.rows("submissions") and time.monotonic() < end:
        time.sleep(0.05)
    (kept,) = cast.rows("submissions")
    assert sara.hand_in(submission) == json.loads(bytes(kept.answer))
    assert cast.count("cases") == 1


def _cut(server: Server, person: Peer, body: bytes, much: int) -> None:
    """Send so many bytes of a submission, then hang up without waiting for an answer."""
    handlers = person.wire._opener.handlers  # type: ignore[attr-defined]
    (cookie,) = next(one for one in handlers if isinstance(one, HTTPCookieProcessor)).cookiejar
    head = (
        f"POST /intake/submit HTTP/1.1\r\nHost: localhost:{server.port}\r\nOrigin: {server.url}\r\n"
        f"Cookie: {cookie.name}={cookie.value}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
        wire.sendall(head.encode() + body[:much])
        wire.shutdown(socket.SHUT_WR)
        if much < len(body):
            assert wire.recv(4096)[:12] in (b"", b"HTTP/1.1 400")
