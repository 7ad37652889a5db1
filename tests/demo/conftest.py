"""The demo as its own command makes it, and seeded on PostgreSQL, once each; tests look at copies."""

from __future__ import annotations

import fcntl
import functools
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from demo import keeping
from demo.people import Coordinator, Peer, Staff, Supporter
from demo.seeding import Entry, Seeded, seed
from demo.wire import Over, unb64
from tests.demo.starts import begin, cases, end, leave, told
from tests.support.counts import DATABASES
from tests.support.databases import ALONE, Database, Databases
from tests.support.server import Server

KINDS = {"peer": Peer, "coordinator": Coordinator, "supporter": Supporter}
SETTINGS = {"ALONGSIDE_ROWS_BATCH": "1"}
OF_THE_COMMAND = ("alongside.sqlite", "people.json", "rows.json", "*.alongside", "*.txt", "lock")
ELSEWHERE = {"ALONGSIDE_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "ALONGSIDE_HTTPS": "1"}


class Made(NamedTuple):
    """What two starts of the command printed and left. Args: cut: of the first, which was ended half-way."""

    folder: str  # the processes share it: nobody starts in it or opens its database, which would write beside it
    cases: int
    cut: list[str]
    there_after_the_cut: list[str]
    said: list[str]


def make(place: Path) -> Made:
    """Start it, end it half-way, start it again."""
    folder = place / "demo"
    with ExitStack() as begun:
        first = begin(folder)
        begun.callback(leave, first)
        assert first.stdout
        line = first.stdout.readline()
        first.send_signal(signal.SIGTERM)
        cut = [line, *first.communicate(timeout=30)]
        there = sorted(path.name for path in folder.iterdir())
        second = begin(folder, **ELSEWHERE)  # settings of a real site are left alone
        begun.callback(leave, second)
        said = told(second)
        end(second)
    return Made(str(folder), cases(folder), cut, there, said)


@pytest.fixture(scope="session")
def made(built: None, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Once, however many processes run the tests."""
    own = tmp_path_factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "made-demo"
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "made.json").exists():
            shutil.rmtree(place / "demo", ignore_errors=True)
            (place / "made.json").write_text(json.dumps(make(place)), encoding="utf-8")
    return Made(*json.loads((place / "made.json").read_text(encoding="utf-8")))


class Kept(NamedTuple):
    """A seeded site that nobody is connected to."""

    database: Database
    instance: Path
    seeded: Seeded


@pytest.fixture(scope="session")
def kept(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Kept]:
    """The seeded site on one kind of database."""

    def seeded(kind: str) -> Kept:
        if kind == "sqlite":
            folder = tmp_path_factory.mktemp("seeded") / "demo"
            shutil.copytree(request.getfixturevalue("made").folder, folder)
            people = keeping.read(folder)
            assert people is not None
            home, rows = keeping.home(folder), keeping.rows(folder)
            taken = Seeded(people, home.read_bytes(), home.stem, rows.read_bytes())
            return Kept(Database("sqlite", f"sqlite:///{folder}/alongside.sqlite", folder), folder, taken)
        request.getfixturevalue("built")
        place = tmp_path_factory.mktemp("seeded")
        server = Server(databases.fresh(kind, place / "database"), place, settings=SETTINGS)
        request.addfinalizer(server.database.close)
        server.start()
        address = next(word for word in server.run("first-steps").split() if "/setup#" in word)
        made = seed(server.url, unb64(address.split("#")[1]), server.clock.now_s)
        server.stop()
        assert not server.faults(), server.log_text()[-4000:]
        return Kept(server.database, server.instance, made)

    return functools.cache(seeded)


@dataclass
class Demo:
    """A seeded server, and people who come in with nothing but what is printed of them."""

    server: Server
    seeded: Seeded

    def entry(self, name: str) -> Entry:
        (found,) = (one for one in self.seeded.people if one.name.startswith(name))
        return found

    def come_in(self, name: str) -> Peer | Staff:
        """Sign in with the printed words."""
        entry = self.entry(name)
        person = KINDS.get(entry.role, Staff)(Over(self.server.url), entry.name, now_s=self.server.clock.now_s)
        person.use_words(entry.words, email=entry.email)
        person.sign_in()
        return person

    def seeded_case(self, name: str) -> bytes:
        """The one case of this peer."""
        (case,) = self.come_in(name).cases()
        return unb64(case["case"])


@contextmanager
def running(kept: Kept, databases: Databases, home: Path) -> Iterator[Demo]:
    """A server on a copy of what was seeded."""
    shutil.copytree(kept.instance, home / "instance", ignore=shutil.ignore_patterns(*OF_THE_COMMAND))
    database = databases.copy(kept.database, home / "database")
    server = Server(database, home, workers=1, settings=SETTINGS)
    server.start()
    yield Demo(server, kept.seeded)
    server.discard()
    database.close()
    assert not server.faults(), server.log_text()[-4000:]


@pytest.fixture(scope="session", params=DATABASES)
def demo_kind(request: pytest.FixtureRequest) -> str:
    """sqlite, then postgres. `one_database`: SQLite, and counted for none."""
    return str(request.param)


one_database = pytest.mark.parametrize("demo_kind", [ALONE], indirect=True)


@pytest.fixture(scope="session")
def demo(
    demo_kind: str, kept: Callable[[str], Kept], databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """For tests that only look."""
    with running(kept(demo_kind.replace(ALONE, "sqlite")), databases, tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture
def own_demo(demo_kind: str, kept: Callable[[str], Kept], databases: Databases, tmp_path: Path) -> Iterator[Demo]:
    """For a test that changes something that others look at."""
    with running(kept(demo_kind.replace(ALONE, "sqlite")), databases, tmp_path / "demo") as demo:
        yield demo


@pytest.fixture(autouse=True)
def _count(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> None:
    """A test of the demo is counted for the database that it ran on."""
    if "demo_kind" in request.fixturenames and request.getfixturevalue("demo_kind") in DATABASES:
        record_property("database", request.getfixturevalue("demo_kind"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where `make demo` would keep its own things."""
    return tmp_path / "demo"
