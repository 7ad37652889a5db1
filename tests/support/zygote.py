"""A process that has read the server's modules already, and forks one that goes on as `python -m ...` (or `-c`) for each start.

For servers and for the operator's commands (app.cli). What costs half a second of a start is reading modules. Every child
gets its environment, folder, files and arguments, and then runs the program as Python would, from its first line. No wall
stands here: wsgi.py raises its own, and refuses to start if what it walls off was loaded before.

Before it forks the first server it may practise (practice.py): an application is made for a site that is thrown away, and
answers some questions, one at a time. Whatever it learned by that is about the program and not about the site: its routes
are compiled, and its statements. A server that is begun later goes on with that application, on settings, keys, a clock and a
database of its own (factory.furnish), as tests in one process do (applications.py).

Run by its path (tests/support/forked.py does), so that nothing of tests/ is loaded. One thread, one fork at a time:
    {"argv": [module, ...], "env": {...}, "cwd": "...", "fds": [0, 1, 2, 7]} with these descriptors -> pid, its pidfd
    {"reap": pid} -> its return code, as subprocess gives it
    {"practise": {...}} with a socket that listens -> "began"; it answers there until it is told {"enough": true} -> "ready"
It leaves when its other end is closed.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

LONGEST = 200_000  # bytes of one request
ABOVE = 512  # received descriptors wait here, above any that they are moved to
SERVER = (
    "gunicorn.app.wsgiapp", "gunicorn.arbiter", "gunicorn.workers.gthread", "app.cli", "app.config", "app.factory",
    "app.shells", "app.audit.sequencer", "app.audit.witnesses", "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg",
)  # fmt: skip


class Start(TypedDict):
    """What a program begins with."""

    argv: list[str]  # a module and its words, or -c, a text and its words
    env: dict[str, str]
    cwd: str
    fds: list[int]  # where the descriptors that come along belong


def read_modules() -> None:
    """All that the server would import, as nothing has begun yet."""
    for name in SERVER:
        importlib.import_module(name)
    for room in sys.modules["app.factory"].ROOMS:
        importlib.import_module(f"app.{room}.routes")
    sys.modules["sqlalchemy.orm"].configure_mappers()
    del sys.modules["app.cli"]  # read for what it imports: Python warns of a program that is a module already
    assert len(list(Path("/proc/self/task").iterdir())) == 1, "a module began a thread, and no thread outlives a fork"
    gc.collect()
    gc.freeze()  # a child that collected would copy every page


def become(asked: Start, given: list[int]) -> None:
    """In the child: the descriptors, folder, environment and arguments of the program that it becomes."""
    waiting = [fcntl.fcntl(fd, fcntl.F_DUPFD, ABOVE) for fd in given]
    places = asked["fds"]
    for fd, place in zip(waiting, places, strict=True):
        os.dup2(fd, place)
    for fd in [int(one.name) for one in Path("/proc/self/fd").iterdir()]:
        if fd not in places:
            with contextlib.suppress(OSError):  # the list was read through one of them
                os.close(fd)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(asked["cwd"])
    sys.path[0] = asked["cwd"]
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv[:] = asked["argv"]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


def practise(ours: socket.socket, environment: dict[str, str], listener: int) -> None:
    """Make an application for these settings, and answer at this socket until somebody says that it is enough."""
    share_what_is_compiled()
    factory: Any = sys.modules["app.factory"]
    sequencer = sys.modules["app.audit.sequencer"]
    app = factory.create_app(sys.modules["app.config"].from_environment(environment))
    engine, sessions = app.extensions["alongside_engine"], app.extensions["alongside_sessions"]
    sys.modules["app.db"].Base.metadata.create_all(engine)
    server = WSGIServer(("127.0.0.1", 0), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = socket.socket(fileno=listener)
    server.server_name, server.server_port = "localhost", server.socket.getsockname()[1]
    server.setup_environ()
    server.set_app(app)
    ours.send(b"began")
    while ours not in select.select([ours, server.socket], [], [])[0]:
        server.handle_request()
        with sessions() as db:
            sequencer.follow(db)
            while sequencer.take_in(db):
                pass
    ours.recv(100)
    server.server_close()
    engine.dispose()
    sys.modules["app.people.service"]._known.clear()
    go_on_with(app)
    while len(list(Path("/proc/self/task").iterdir())) > 1:  # what counts tries begins a thread for a moment
        time.sleep(0.01)
    gc.collect()
    gc.freeze()


def share_what_is_compiled() -> None:
    """Engines of one kind share what was made of a statement (compiled.py)."""
    shared = runpy.run_path("tests/support/compiled.py")["shared"]
    db: Any = sys.modules["app.db"]
    make = db.create_engine
    db.create_engine = lambda *given, **named: shared(make(*given, **named))


def go_on_with(app: Any) -> None:
    """The next application that a program makes is this one, furnished anew; unless settings are built into it that differ."""
    factory: Any = sys.modules["app.factory"]
    limiter = sys.modules["app.limits"].limiter
    make: Callable[[Any], Any] = factory.create_app
    storage, ready = app.config["RATELIMIT_STORAGE_URI"], [app]

    def create_app(config: Any) -> Any:
        if not ready or config.proxies or config.rate_limit_storage != storage:
            return make(config)
        factory.furnish(ready[0], config)
        limiter.reset()
        return ready.pop()

    factory.create_app = create_app


def serve(ours: socket.socket) -> bool:
    """Answer until the other end is closed. Gives: whether this is a child by now."""
    while True:
        request, given, _, _ = socket.recv_fds(ours, LONGEST, 8)
        if not request:
            return False
        asked = json.loads(request)
        if "practise" in asked:
            practise(ours, asked["practise"], given[0])
            ours.send(b"ready")
            continue
        if "reap" in asked:
            _, status = os.waitpid(asked["reap"], 0)
            ours.send(json.dumps(os.waitstatus_to_exitcode(status)).encode())
            continue
        pid = os.fork()
        if pid == 0:
            ours.detach()  # its number may be another's from here on
            become(asked, given)
            return True
        handle = os.pidfd_open(pid)
        socket.send_fds(ours, [json.dumps(pid).encode()], [handle])
        for fd in (handle, *given):
            os.close(fd)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a person who stops the tests: they close their end
    sys.path[0] = str(Path.cwd())
    read_modules()
    if serve(socket.socket(fileno=int(sys.argv[1]))):
        if sys.argv[0] == "-c":
            exec(compile(sys.argv.pop(1), "<string>", "exec"), {"__name__": "__main__"})
        else:
            runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
