"""The demo, seeded once on each database, for tests that only look."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo.people import Coordinator, Peer, Staff, Supporter
from demo.seeding import Entry, Seeded, seed
from demo.wire import Over, unb64
from tests.support.counts import DATABASES
from tests.support.databases import Databases
from tests.support.server import Server

KINDS = {"peer": Peer, "coordinator": Coordinator, "supporter": Supporter}


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


@pytest.fixture(scope="module", params=DATABASES)
def demo(
    request: pytest.FixtureRequest, built: None, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    home = tmp_path_factory.mktemp("demo")
    server = Server(databases.fresh(request.param, home / "database"), home, settings={"ALONGSIDE_ROWS_BATCH": "1"})
    server.start()
    address = next(word for word in server.run("first-steps").split() if "/setup#" in word)
    yield Demo(server, seed(server.url, unb64(address.split("#")[1]), server.clock.now_s))
    server.stop()
    assert not server.faults(), server.log_text()[-4000:]


@pytest.fixture(autouse=True)
def _count(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> None:
    """A test of the demo is counted for the database that it ran on."""
    if "demo" in request.fixturenames:
        record_property("database", request.node.callspec.params["demo"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where `make demo` would keep its own things."""
    return tmp_path / "demo"
