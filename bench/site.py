"""Servers to measure: the product as an operator runs it, and bare programs under the same gunicorn."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from app.kept import address, current
from demo.people import Coordinator
from demo.wire import Over, unb64
from tests.support.databases import ROOT, Database, migrate
from tests.support.postgres import Postgres
from tests.support.server import Server

PAGE = Path(__file__).with_name("page")


class Served(Server):
    """A program under gunicorn with the product's own settings: no test's clock, no log of requests."""

    def __init__(self, database: Database, home: Path, program: str = "wsgi:app", *, workers: int = 2) -> None:
        super().__init__(database, home, workers=workers, settings={"ALONGSIDE_BUILD": str(home / "build")})
        self.program = program

    @property
    def environment(self) -> dict[str, str]:
        mine = super().environment
        for name in ("ALONGSIDE_TESTING", "ALONGSIDE_NOW", "ALONGSIDE_LOG_LEVEL", *(() if self.port else ("PORT",))):
            del mine[name]
        return mine

    def build(self) -> None:
        """Pages of the present sources, with the bench's own page among them."""
        target = self.home / "build"
        if (ROOT / "build" / "current").exists():
            shutil.copytree(ROOT / "build", target, dirs_exist_ok=True)
        self.run("build")
        bench = Path(shutil.copytree(PAGE, target / "static" / "bench", dirs_exist_ok=True))
        script = bench / "limit.js"
        script.write_text(script.read_text().replace("../vendor", address(current(target).static, "vendor")))

    def start(self) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", self.port))
            listener.listen(256)
            self.port = listener.getsockname()[1]
            command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}", self.program]
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, pass_fds=[listener.fileno()]
                )
        self._wait()


@dataclass
class Site:
    """A founded site. `carl` is its coordinator."""

    server: Served
    carl: Coordinator

    @property
    def port(self) -> int:
        return self.server.port


@contextmanager
def home() -> Iterator[Path]:
    """A folder of this run's own."""
    path = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


class Disks:
    """Databases that write through to the disk, as in use; tests' own PostgreSQL does not."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.folder = kind, folder
        self._postgres: Postgres | None = None
        self._made: list[Database] = []
        if kind == "postgres":
            self._postgres = Postgres()
            self._postgres.start(fsync=True)

    def fresh(self, name: str) -> Database:
        """A database at the newest migration."""
        folder = self.folder / name
        folder.mkdir()
        if self._postgres is None:
            database = Database("sqlite", f"sqlite:///{folder / 'alongside.sqlite'}", folder)
        else:
            made = self._postgres.create()
            database = Database("postgres", self._postgres.url(made), folder, self._postgres, made)
            with database.engine.begin() as db:
                db.execute(sa.text(f'alter database "{made}" set log_statement = none'))
        migrate(database.url, folder / "migrating")
        self._made.append(database)
        return database

    def close(self) -> None:
        for database in self._made:
            database.close()
        if self._postgres:
            self._postgres.stop()


@contextmanager
def disks(kind: str, folder: Path) -> Iterator[Disks]:
    made = Disks(kind, folder)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def running(server: Served) -> Iterator[Served]:
    """Start it, and end it. Raises: AssertionError when its log has errors."""
    server.start()
    try:
        yield server
    finally:
        server.stop()
    assert not server.faults(), server.log_text()[-4000:]


@contextmanager
def founded(database: Database, folder: Path, *, workers: int = 2) -> Iterator[Site]:
    """The product, running, with a coordinator."""
    server = Served(database, folder, workers=workers)
    server.build()
    with running(server):
        address = next(word for word in server.run("first-steps").split() if "/setup#" in word)
        carl = Coordinator(Over(server.url), "Carl Brandt", now_s=time.time)
        carl.found(unb64(address.split("#")[1]), email="carl@example.org")
        yield Site(server, carl)
