"""Run gunicorn on a port that is ours before it starts, and say `Ready:` when that very process answers.

The socket is bound here and handed down, so nobody else can answer on it in between.
"""

from __future__ import annotations

import errno
import http.client
import logging
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from app import kept
from app.config import ROOT, Config

START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 15
SWEEP_EVERY_S = 60
log = logging.getLogger("alongside")
Step = Callable[[Config], int]


class CannotServe(RuntimeError):
    """The server can't start here; its text says why and what to do."""


@contextmanager
def own_port(config: Config) -> Iterator[socket.socket]:
    """A socket bound to the port of this machine. Raises: CannotServe when it can't be had, and says why."""
    host, port = config.bind, config.port
    try:
        listener = _bound(host, port)
    except OSError as refused:
        raise CannotServe(_why(refused, host, port)) from None
    with listener:
        if host == "127.0.0.1" and _answers_on_ipv6(port):  # a browser asks ::1 first when it is told localhost
            raise CannotServe(_why(OSError(errno.EADDRINUSE, ""), host, port))
        yield listener


def _bound(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _why(refused: OSError, host: str, port: int) -> str:
    """What kept a socket from its address, and what to do."""
    if refused.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program. End that one, or choose another port: make run PORT={port + 1}"
        )
    if refused.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} needs more rights than you have. Choose one above 1023: make run PORT=8000"
    if refused.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
        return f"ALONGSIDE_BIND is '{host}', which is no address of this machine. Set it to one, or leave it out."
    return f"Nothing can listen on {host}, port {port}: {refused.strerror}. Choose another ALONGSIDE_BIND or PORT."


def _answers_on_ipv6(port: int) -> bool:
    try:
        with socket.create_connection(("::1", port), timeout=1):
            return True
    except OSError:
        return False


def run(config: Config, listener: socket.socket, *, ready: Step, each_minute: Step) -> int:
    """Start gunicorn on `listener`, wait until it ends; its exit status. TERM and INT end it."""
    kept.current(config.build)  # or it says that there is none
    address = listener.getsockname()
    child = subprocess.Popen(  # noqa: S603  our own interpreter and file
        [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), "-b", f"fd://{listener.fileno()}",
         "wsgi:app"],
        cwd=ROOT, pass_fds=[listener.fileno()],
    )  # fmt: skip
    listener.close()
    ended = False

    def end(_signal: int, _frame: FrameType | None) -> None:
        nonlocal ended
        ended = True
        child.terminate()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        _wait_until_it_answers(child, address)
        if not ended and child.poll() is None:
            ready(config)
        _watch(child, config, each_minute, lambda: ended)
    finally:
        _stop(child)
        for number, handler in before.items():
            signal.signal(number, handler)
    if not ended and child.returncode:
        raise CannotServe("The server ended by itself. What it said is above.")
    return 0


def _wait_until_it_answers(child: subprocess.Popen[bytes], address: tuple[str, int]) -> None:
    end = time.monotonic() + START_TIMEOUT_S
    while child.poll() is None:
        if time.monotonic() > end:
            raise CannotServe("The server did not answer within a minute. What it said is above.")
        connection = http.client.HTTPConnection(address[0].replace("0.0.0.0", "127.0.0.1"), address[1], timeout=5)  # noqa: S104
        try:
            connection.request("GET", "/static/site.json")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.05)


def _watch(child: subprocess.Popen[bytes], config: Config, each_minute: Step, ended: Callable[[], bool]) -> None:
    """Wait for the end, sweeping meanwhile. A sweep that fails is tried again and never ends the server."""
    while not ended():
        try:
            child.wait(SWEEP_EVERY_S)
            return
        except subprocess.TimeoutExpired:
            pass
        if ended():
            return
        try:
            each_minute(config)
        except Exception as error:
            log.error("the sweep failed: %s", type(error).__name__)


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
