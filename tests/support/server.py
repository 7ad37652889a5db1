"""The real server, as an operator runs it: gunicorn in processes of its own, with a log that says everything."""

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import requests

from tests.support.canary import Place, folder
from tests.support.clock import Clock
from tests.support.databases import ROOT, Database
from tests.support.forked import Forked, command
from tests.support.practice import practised

START_TIMEOUT_S = 30
STOP_TIMEOUT_S = 15
LOOKED = b"the search of the canary helper came by here"
FAULT = re.compile(
    r"^.*(?:Traceback \(most recent call last\)|\[ERROR\]|\[CRITICAL\]|Worker \(pid:\d+\) was sent SIGKILL).*$", re.M
)


class Server:
    """One running site with an instance folder, a folder for temporary files and a log of its own."""

    def __init__(
        self,
        database: Database,
        home: Path,
        *,
        workers: int = 2,
        settings: dict[str, str] | None = None,
        config: str = "",
        cold: bool = False,
        also: Sequence[socket.socket] = (),
        port: int = 0,
    ) -> None:
        """Args: config: a test's own text for gunicorn's settings. cold: begun by itself, not by the zygote.
        also: sockets of the test's own that listen, at which it answers, too. port: 0 for any that is free."""
        self.database = database
        self.home = home
        self.workers = workers
        self.settings = settings or {}
        self.instance, self.temporary, self.log = home / "instance", home / "tmp", home / "server.log"
        for path in (self.instance, self.temporary):
            path.mkdir(parents=True, exist_ok=True)
        self.clock = Clock(home / "now")
        self._config = ROOT / "gunicorn.conf.py"
        if config:
            self._config = home / "gunicorn.conf.py"
            self._config.write_text(config, encoding="utf-8")
        self.port = port
        self._also = [one.fileno() for one in also]
        self._cold = cold or any(not name.startswith("ALONGSIDE_") for name in self.settings)
        self._process: subprocess.Popen[bytes] | Forked | None = None
        self._faults_expected = False

    @property
    def url(self) -> str:
        """Its address, by a name: passkeys work on localhost and not on 127.0.0.1."""
        return f"http://localhost:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process, "the server is not running"
        return self._process.pid

    @property
    def environment(self) -> dict[str, str]:
        """What the server's processes see; nothing of the developer's own settings."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
        return {
            **kept,
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PORT": str(self.port),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "ALONGSIDE_TESTING": "1",
            "ALONGSIDE_NOW": str(self.clock.file),
            "ALONGSIDE_INSTANCE": str(self.instance),
            "ALONGSIDE_DATABASE_URL": self.database.url,
            "ALONGSIDE_WORKERS": str(self.workers),
            "ALONGSIDE_LOG_LEVEL": "debug",
            **self.settings,
        }

    def start(self) -> None:
        """Begin answering, on the same port as before if it ran before. The socket is ours, so no port is raced for."""
        with self._listen() as listener:
            self.port = listener.getsockname()[1]
            listeners = (listener.fileno(), *self._also)
            words = [
                "gunicorn", "-c", str(self._config), *(f"--bind=fd://{one}" for one in listeners),
                "--log-level", "debug", "--access-logfile", "-", "--capture-output", "wsgi:app",
            ]  # fmt: skip
            with self.log.open("ab") as log:
                self._process = self._begin(words, log.fileno(), listeners)
        self._wait()

    def _listen(self) -> socket.socket:
        """At its port, as soon as the last process of one that was killed there is gone."""
        end = time.monotonic() + STOP_TIMEOUT_S
        while True:
            listener = socket.socket()
            try:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(("127.0.0.1", self.port))
                listener.listen(128)
                return listener
            except OSError as said:
                listener.close()
                if said.errno != errno.EADDRINUSE or time.monotonic() > end:
                    raise
            time.sleep(0.02)

    def _begin(self, words: list[str], log: int, listeners: tuple[int, ...]) -> subprocess.Popen[bytes] | Forked:
        if self._cold:
            words = [sys.executable, "-m", *words]
            return subprocess.Popen(words, cwd=ROOT, env=self.environment, stdout=log, stderr=log, pass_fds=listeners)
        return practised().begin(words, env=self.environment, out=log, error=log, pass_fds=listeners)

    def _wait(self) -> None:
        assert self._process
        end = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < end and self._process.poll() is None:
            try:
                requests.get(f"http://127.0.0.1:{self.port}/", timeout=5)
                if len(self.worker_pids()) >= self.workers:  # one that starts later could outlive `kill`
                    return
            except (requests.RequestException, FileNotFoundError):
                pass
            time.sleep(0.05)
        self.stop()
        raise AssertionError(f"the server did not start:\n{self.log_text()[-4000:]}")

    def stop(self) -> None:
        """End it by its own process id, as an operator would; kill it if it does not leave."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None

    def kill(self) -> None:
        """The machine loses power, as far as the server can tell. The one that would write of the others' end goes first."""
        for pid in [self.pid, *self.worker_pids()]:
            os.kill(pid, signal.SIGKILL)
        assert self._process
        self._process.wait()
        self._process = None

    def discard(self) -> None:
        """Nobody needs it any more; ending in order takes a second or two, and has tests of its own."""
        if self._process and self._process.poll() is None:
            self.kill()

    def worker_pids(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [int(pid) for pid in children]

    def restart(self) -> None:
        self.stop()
        self.start()

    def run(self, *arguments: str) -> str:
        """What `python -m app.cli ...` prints, with this server's settings."""
        done = command("app.cli", *arguments, env=self.environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def log_text(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def until_logged(self, words: str) -> None:
        """Until its log has these words: what was asked is written down after the answer."""
        end = time.monotonic() + 10
        while words not in self.log_text():
            assert time.monotonic() < end, f"the log does not have {words!r}:\n{self.log_text()[-4000:]}"
            time.sleep(0.02)

    def expect_faults(self) -> None:
        """This test breaks the server on purpose: an error in the log is no failure."""
        self._faults_expected = True

    def faults(self) -> list[str]:
        """The errors in the log that no test asked for."""
        return [] if self._faults_expected else FAULT.findall(self.log_text())

    def places(self) -> list[Place]:
        """All that the server wrote: its database, log, instance folder and temporary files."""
        for path in (self.instance, self.temporary):
            (path / "looked-here").write_bytes(LOOKED)
        self.until_logged("GET / ")  # of the start
        return [
            *self.database.places(),
            Place("server log", b"GET / ", {"server.log": self.log.read_bytes()}),
            folder("instance folder", self.instance, LOOKED),
            folder("temporary files", self.temporary, LOOKED),
        ]
