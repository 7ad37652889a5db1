"""Fixtures that all tests share.

`database` runs its test twice, on SQLite and on PostgreSQL; `server` is the real one on that database;
`phone` and `desktop` are visits to it. `modules` is static/ without a server.
"""

import fcntl
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ViewportSize, expect, sync_playwright

from tests.support.browser import DESKTOP, PHONE, Visit, launch
from tests.support.counts import DATABASES
from tests.support.counts import count_vectors as count_vectors
from tests.support.databases import ALONE, ROOT, Database, Databases
from tests.support.server import Server
from tests.support.static_site import static_site
from tests.support.staying import Address, Devices

hypothesis.settings.register_profile("project", deadline=None)  # speed is for bench/; a busy machine is no fault
hypothesis.settings.load_profile("project")
expect.set_options(timeout=20_000)  # the same; what is so at once is not waited for
SOURCES = ("app", "instruments", "templates", "static")


# A file goes to one worker as a whole: the longest go first, or one worker would sit over one of them at the end.
LONGEST = ("tests/hostile_server/test_every", "tests/browser", "tests/hostile_server", "tests/demo", "tests/unit/audit")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        return next((place for place, where in enumerate(LONGEST) if item.nodeid.startswith(where)), len(LONGEST))

    items.sort(key=rank)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """With a failure, the last that its server wrote: each request that was answered stands there."""
    report = yield
    if report.failed:
        held = getattr(item, "funcargs", {})
        server = held.get("server") or getattr(held.get("stage"), "server", None)
        if isinstance(server, Server):
            report.sections.append(("the server's log", server.log_text()[-3000:]))
    return report


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes databases: `databases.fresh("postgres", folder)`, `databases.empty(...)`."""
    databases = Databases(tmp_path_factory.mktemp("databases"))
    yield databases
    databases.close()


@pytest.fixture(params=DATABASES)
def database_kind(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> str:
    """sqlite, then postgres; the test is counted for each. `one_database`: SQLite, and counted for none."""
    if request.param == ALONE:
        return "sqlite"
    record_property("database", request.param)
    return str(request.param)


@pytest.fixture
def database(database_kind: str, databases: Databases, tmp_path: Path) -> Iterator[Database]:
    """A database of this test's own at the newest migration, on each kind in turn."""
    database = databases.fresh(database_kind, tmp_path / "database")
    yield database
    database.close()


@pytest.fixture
def empty_database(database_kind: str, databases: Databases, tmp_path: Path) -> Iterator[Database]:
    """A database without a table, for tests of the migrations."""
    database = databases.empty(database_kind, tmp_path / "database")
    yield database
    database.close()


@pytest.fixture(scope="session")
def built() -> None:
    """build/ holds the pages of the present sources."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / ".lock").open("w") as lock:  # in a linked worktree .git is a file
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = ROOT / "build" / ".made-by-tests"
        newest = max(f.stat().st_mtime for folder in SOURCES for f in (ROOT / folder).rglob("*") if f.is_file())
        if not stamp.exists() or stamp.stat().st_mtime < newest:
            subprocess.run([sys.executable, "-m", "app.cli", "build"], cwd=ROOT, check=True)
            stamp.touch()


@pytest.fixture(scope="session")
def site_address() -> Iterator[Address]:
    """Where the first site of each test is."""
    address = Address()
    yield address
    address.close()


@pytest.fixture
def make_server(
    built: None, database: Database, site_address: Address, tmp_path: Path
) -> Iterator[Callable[..., Server]]:
    """Start servers on this test's database: `make_server(workers=1, settings={...})`."""
    servers: list[Server] = []

    def make(**options: Any) -> Server:
        at = {} if servers else {"port": site_address.port}
        server = Server(database, tmp_path / f"server-{len(servers)}", **at, **options)
        servers.append(server)
        server.start()
        return server

    yield make
    for server in servers:
        server.discard()
    faults = [fault for server in servers for fault in server.faults()]
    assert not faults, "the server's log has errors:\n" + "\n".join(faults) + "\n" + servers[-1].log_text()[-4000:]


@pytest.fixture
def server(make_server: Callable[..., Server]) -> Server:
    """The real server on this test's database."""
    return make_server()


@pytest.fixture(scope="session")
def shared_server(built: None, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server on SQLite for all tests that only look at what is the same for everyone, and write nothing."""
    home = tmp_path_factory.mktemp("shared-server")
    server = Server(databases.fresh("sqlite", home / "database"), home, workers=1)
    server.start()
    yield server
    server.stop()
    assert not server.faults(), server.log_text()[-4000:]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def staying(chromium: Chromium, site_address: Address) -> Iterator[Devices]:
    """The browsers at which people sit, one test after another."""
    devices = Devices(chromium)
    devices.addresses.add(site_address.url)
    yield devices
    devices.close()


@pytest.fixture
def visit(staying: Devices) -> Iterator[Callable[..., Visit]]:
    """Bring a person with a device: `visit(server.url)`, `visit(server.url, PHONE, watched=True, color_scheme="dark")`."""
    visits: list[Visit] = []

    def begin(base_url: str, viewport: ViewportSize = DESKTOP, **options: Any) -> Visit:
        visits.append(staying.begin(base_url, viewport, **options))
        return visits[-1]

    yield begin
    staying.put_away(visits)


@pytest.fixture
def phone(server: Server, visit: Callable[..., Visit]) -> Visit:
    """A watched visit to the server on a phone, 360 by 740."""
    return visit(server.url, PHONE, watched=True)


@pytest.fixture
def desktop(server: Server, visit: Callable[..., Visit]) -> Visit:
    """A visit to the server on a wide screen, 1280 by 800."""
    return visit(server.url, DESKTOP)


@pytest.fixture(scope="session")
def modules() -> Iterator[str]:
    """The address of the repository's own files under the product's CSP, without a server."""
    with static_site() as address:
        yield address
