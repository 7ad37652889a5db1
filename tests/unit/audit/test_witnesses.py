"""What the log's server does with witnesses outside: it asks, checks, keeps, and waits for nobody."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa

from app.audit import asking
from app.audit.asking import Signed
from app.audit.witnesses import Rounds, keep
from app.config import Witness
from crypto import checkpoint, cosign
from tests.support.databases import Database
from tests.support.organisation import Site
from tests.support.tree import rows, take_in, write_events
from tests.support.witness import Running, Start, starting

pytestmark = pytest.mark.slow  # witnesses are processes of their own


@cache
def first_start(name: str) -> tuple[str, dict[str, bytes]]:
    """The key of a witness that was started once, and what it then kept: who is called so is the same one in every test."""
    with TemporaryDirectory() as folder, starting(Path(folder)) as start:
        first = start("--name", name)
        first.stop()
        return first.vkey, {file.name: file.read_bytes() for file in Path(folder).iterdir()}


class Watched:
    """A founded site whose roots name Wanda and Wilma, both at work."""

    def __init__(self, site: Site, start: Start, home: Path, quorum: int) -> None:
        self.site, self._start, self._home = site, start, home
        self.names = ("wanda.example", "wilma.example")
        self.vkeys = {}
        for name in self.names:  # their keys stand in the roots before there is a log to follow
            self.vkeys[name], kept = first_start(name)
            (home / name).mkdir(mode=0o700)
            for file, content in kept.items():
                (home / name / file).write_bytes(content)
        self.carl = site.found(witnesses="\n".join(self.vkeys.values()), quorum=quorum)
        self.origin = checkpoint.origin(self.carl.site, 1)
        self.running = {name: self.again(name) for name in self.names}
        take_in(site)

    def again(self, name: str) -> Running:
        facts = ("--origin", self.origin, "--log-vkey", self.site.facts()["log_vkey"])
        return self._start(*facts, state=self._home / name)

    @property
    def settings(self) -> list[Witness]:
        return [Witness(name, self.vkeys[name], running.url) for name, running in self.running.items()]

    @property
    def keys(self) -> checkpoint.Keys:
        return cosign.witness_keys(list(self.vkeys.values()))

    def rounds(self, *witnesses: Witness) -> Rounds:
        return Rounds(self.site.app.extensions["alongside_sessions"], witnesses or self.settings)

    def grow(self, many: int = 5) -> None:
        write_events(self.site.store(), self.carl.site, many)
        take_in(self.site)

    def cosigned(self) -> tuple[int, set[str]]:
        """Size of the checkpoint that is handed out, and who cosigned it."""
        note = self.site.device().client.get("/log/1/checkpoint").text
        return checkpoint.read_checkpoint(note)["size"], set(checkpoint.cosignatures(note, self.keys))

    def size(self) -> int:
        with self.site.store() as db:
            return int(db.execute(sa.text("select size from logs")).scalar_one())


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    with starting(tmp_path / "state") as start:
        yield start


@pytest.fixture
def watched(site: Site, start: Start, tmp_path: Path) -> Watched:
    return Watched(site, start, tmp_path, quorum=2)


BOTH = {"wanda.example", "wilma.example"}


def test_each_new_checkpoint_is_cosigned_by_all(watched: Watched) -> None:
    rounds = watched.rounds()
    for many in (1, 300, 2):
        watched.grow(many)
        assert rounds.take_turn() == 2
        assert watched.cosigned() == (watched.size(), BOTH)
    assert rounds.take_turn() == 0
    assert watched.rounds().take_turn() == 0, "another worker has nothing left to ask"


def test_a_worker_that_knows_nothing_is_told_by_the_witness_where_it_stands(
    watched: Watched, database: Database
) -> None:
    watched.rounds().take_turn()
    watched.grow()
    with database.engine.begin() as db:
        db.execute(sa.text("update logs set cosigned = null, cosigned_s = null"))
    assert watched.rounds().take_turn() == 2
    assert watched.cosigned() == (watched.size(), BOTH)


def test_an_old_word_is_asked_for_anew(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    watched.rounds().take_turn()
    monkeypatch.setattr("app.audit.witnesses.FRESH_S", -1)
    assert watched.rounds().take_turn() == 2


def test_a_witness_that_is_away_takes_no_quorum_with_it(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    rounds = watched.rounds()
    rounds.take_turn()
    before = watched.cosigned()
    watched.running["wilma.example"].stop()
    watched.grow()
    with caplog.at_level(logging.WARNING, "alongside"):
        assert [rounds.take_turn() for _ in range(3)] == [1, 0, 0]
    assert [one.message for one in caplog.records] == [
        "the witness wilma.example did not cosign: ConnectionRefusedError"
    ]
    assert watched.cosigned() == before, "the last checkpoint that both signed is still the one to hand out"
    watched.running["wilma.example"] = watched.again("wilma.example")
    assert watched.rounds().take_turn() == 2
    assert watched.cosigned() == (watched.size(), BOTH)


def test_who_comes_back_adds_to_what_the_other_signed_meanwhile(site: Site, watched: Watched) -> None:
    wanda, wilma = watched.settings
    watched.rounds().take_turn()
    watched.running["wilma.example"].stop()
    watched.grow()
    rounds = watched.rounds(wanda, Witness(wilma.name, wilma.vkey, f"{wanda.url}/elsewhere"))
    assert rounds.take_turn() == 1
    (standing,) = [one for who, one in rounds._standing.items() if who.name == wilma.name]
    assert standing.failures == 1
    back = watched.again("wilma.example")
    again = Rounds(site.app.extensions["alongside_sessions"], [wanda, Witness(wilma.name, wilma.vkey, back.url)])
    again.take_turn()
    assert watched.cosigned() == (watched.size(), BOTH)


def without_a_guard(watched: Watched) -> None:
    """Whoever rewrites a log of their own removes what would stop them."""
    (watched.site.config.instance / "log.head").unlink()


def test_a_past_that_was_rewritten_is_cosigned_by_nobody(
    watched: Watched, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    watched.grow(30)
    watched.rounds().take_turn()
    signed = watched.cosigned()
    watched.grow(30)
    for statement in ("delete from tree_tiles", "delete from logs", "update events set log = null, position = null"):
        with database.engine.begin() as db:
            db.execute(sa.text(statement))
    without_a_guard(watched)
    take_in(watched.site)  # the same events, all in one batch: in another order
    with caplog.at_level(logging.WARNING, "alongside"):
        assert watched.rounds().take_turn() == 0
    assert {one.message.split(": ")[1] for one in caplog.records} == {"it answered 422"}
    assert watched.cosigned()[1] == set() != signed[1]


def test_a_log_that_was_cut_is_reported_loudly(
    watched: Watched, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    watched.grow(30)
    watched.rounds().take_turn()
    kept = rows(database, "select leaf from events order by position limit 10")
    with database.engine.begin() as db:
        for statement in (
            "delete from tree_tiles",
            "delete from logs",
            "update events set log = null, position = null",
        ):
            db.execute(sa.text(statement))
        leaves = sa.bindparam("leaves", [row[0] for row in kept], expanding=True)
        db.execute(sa.text("delete from events where leaf not in :leaves").bindparams(leaves))
    without_a_guard(watched)
    take_in(watched.site)
    with caplog.at_level(logging.WARNING, "alongside"):
        assert watched.rounds().take_turn() == 0
    assert {(one.levelname, one.message.split(": ")[1]) for one in caplog.records} == {
        ("ERROR", "it knows a longer log than this one; was a backup restored?")
    }


@contextmanager
def answering(answer: Callable[[bytes], bytes] | None) -> Iterator[str]:
    """A port where somebody else answers in a witness's place; None: never."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        done, held = threading.Event(), list[socket.socket]()

        def serve() -> None:
            while not done.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                held.append(connection)
                if answer:
                    connection.settimeout(2)
                    connection.sendall(answer(connection.recv(65536)))
                    connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            done.set()
            thread.join()
            for connection in held:
                connection.close()


def http(status: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


LINE = cosign.cosignature_line("wanda.example", bytes(32), 1, bytes(64))


NO_COSIGNATURES = (
    b"", b"nonsense", http("200 OK", b""), http("200 OK", b"\xff\xfe"), http("200 OK", b"no line"),
    http("200 OK", LINE.encode()), http("200 OK", b"x" * 200_000), http("302 Found", b""), http("500 No", b""),
    http("409 Conflict", b"twelve"), http("409 Conflict", b"9" * 40), http("409 Conflict", b"-1"),
)  # fmt: skip


def test_what_is_no_cosignature_is_not_kept(watched: Watched) -> None:
    wanda, _ = watched.settings
    before = watched.cosigned()
    for body in NO_COSIGNATURES:
        with answering(lambda _asked, body=body: body) as url:
            rounds = watched.rounds(Witness(wanda.name, wanda.vkey, url))
            assert rounds.take_turn() == 0, body
        assert watched.cosigned() == before
        assert next(iter(rounds._standing.values())).failures == 1


def test_a_line_of_another_key_under_wandas_name_is_not_kept(watched: Watched) -> None:
    wanda, wilma = watched.settings
    rounds = watched.rounds(Witness(wanda.name, wanda.vkey, wilma.url))  # Wilma answers in Wanda's place
    assert rounds.take_turn() == 0
    assert watched.cosigned()[1] == set()


def test_while_a_witness_is_silent_the_site_writes_on(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "TIMEOUT_S", 10.0)
    wanda, _ = watched.settings
    with answering(None) as url:
        asked = threading.Thread(target=watched.rounds(Witness(wanda.name, wanda.vkey, url)).take_turn)
        asked.start()
        time.sleep(0.5)
        began = time.monotonic()
        watched.grow(3)
        took = time.monotonic() - began
        assert asked.is_alive(), "the witness was not waited for"
    asked.join()  # she has hung up
    assert took < 5


def test_a_smaller_or_poorer_checkpoint_takes_nobodys_place(watched: Watched, database: Database) -> None:
    [(old,)] = rows(database, "select checkpoint from logs")
    watched.grow()
    watched.rounds().take_turn()
    best = watched.cosigned()
    for name in watched.names:
        line = watched.running[name].ask(cosign.write_request(best[0], [], _note(database))).text
        with watched.site.store() as db:
            keep(db, Signed(1, 3, old), [line])
        assert watched.cosigned() == best


def _note(database: Database) -> str:
    return str(rows(database, "select checkpoint from logs")[0][0])
