"""Begin the server's programs, and the operator's commands, without reading their modules each time (tests/support/zygote.py)."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TextIO

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "LANG", "VIRTUAL_ENV")
COMMAND_TIMEOUT_S = 120


class Forked:
    """A program that the zygote began, with the face of subprocess.Popen."""

    def __init__(self, zygote: Zygote, pid: int, handle: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._zygote, self._handle = zygote, handle

    def poll(self) -> int | None:
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """Its return code. Raises: subprocess.TimeoutExpired."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return code

    def terminate(self) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, signal.SIGTERM)

    def _ended(self, timeout_s: float | None) -> int | None:
        if self.returncode is None and select.select([self._handle], [], [], timeout_s)[0]:
            self.returncode = self._zygote.reap(self.pid)
            os.close(self._handle)
        return self.returncode


class Zygote:
    """One for each process of tests; it ends when that does, or at `close`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "tests" / "support" / "zygote.py"), str(theirs.fileno()), "gunicorn"],
                cwd=ROOT, pass_fds=[theirs.fileno()],
                env={**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip

    def begin(
        self,
        argv: list[str],
        *,
        env: Mapping[str, str],
        out: int,
        error: int,
        given: int = 0,
        pass_fds: tuple[int, ...] = (),
    ) -> Forked:
        """Go on as `python -m *argv` (or `python -c *argv[1:]`, if it begins so) in the repository's folder.

        These descriptors are its output, errors, input and own.
        """
        asked = {"argv": argv, "env": dict(env), "cwd": str(ROOT), "fds": [0, 1, 2, *pass_fds]}
        with self._lock:
            socket.send_fds(self._ours, [json.dumps(asked).encode()], [given, out, error, *pass_fds])
            answer, (handle,), _, _ = socket.recv_fds(self._ours, 100, 1)
        return Forked(self, int(answer), handle)

    @contextmanager
    def practising(self, environment: Mapping[str, str], listener: int) -> Iterator[None]:
        """Meanwhile it answers at this socket, for a site with these settings."""
        with self._lock:
            socket.send_fds(self._ours, [json.dumps({"practise": dict(environment)}).encode()], [listener])
            assert self._ours.recv(100) == b"began"
            try:
                yield
            finally:
                self._ours.send(json.dumps({"enough": True}).encode())
                assert self._ours.recv(100) == b"ready"

    def reap(self, pid: int) -> int:
        return int(self._ask({"reap": pid}))

    def _ask(self, asked: dict[str, Any]) -> bytes:
        with self._lock:
            self._ours.send(json.dumps(asked).encode())
            return self._ours.recv(100)

    def close(self) -> None:
        self._ours.close()
        self.process.wait()


_zygote: Zygote | None = None


def zygote() -> Zygote:
    """The one of this process, made when it is first needed."""
    global _zygote
    if _zygote is None or _zygote.process.poll() is not None:
        _zygote = Zygote()
        atexit.register(_zygote.close)
    return _zygote


class Spoken(NamedTuple):
    """A program that is told things, and answers."""

    process: Forked
    stdin: TextIO
    stdout: TextIO

    def rest(self) -> str:
        """What it says once nothing more is told, to its end."""
        self.stdin.close()
        said = self.stdout.read()
        self.process.wait(COMMAND_TIMEOUT_S)
        return said


@contextmanager
def spoken(code: str, *argv: object) -> Iterator[Spoken]:
    """`python -c code ...`, line by line. It is over when this is."""
    (theirs, tell), (hear, said) = os.pipe(), os.pipe()
    words = ["-c", code, *(str(word) for word in argv)]
    with os.fdopen(tell, "w", buffering=1) as stdin, os.fdopen(hear) as stdout:
        process = zygote().begin(words, env=os.environ, out=said, error=2, given=theirs)
        os.close(theirs)
        os.close(said)
        try:
            yield Spoken(process, stdin, stdout)
            stdin.close()
            process.wait(COMMAND_TIMEOUT_S)
        finally:
            process.terminate()


def command(*argv: object, env: Mapping[str, str], typed: str = "") -> subprocess.CompletedProcess[str]:
    """`python -m ...` to its end: its return code, and what it printed. Args: typed: what it is told meanwhile."""
    words = [str(word) for word in argv]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error, tempfile.TemporaryFile() as given:
        given.write(typed.encode())
        given.seek(0)
        process = zygote().begin(words, env=env, out=out.fileno(), error=error.fileno(), given=given.fileno())
        try:
            code = process.wait(COMMAND_TIMEOUT_S)
        finally:
            process.terminate()
        said = []
        for file in (out, error):
            file.seek(0)
            said.append(file.read().decode())
    return subprocess.CompletedProcess(words, code, *said)
