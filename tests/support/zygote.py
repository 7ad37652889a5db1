"""A process that has read the server's modules already, and forks one that goes on as `python -m ...` (or `-c`) for each start.

For servers and for the operator's commands (app.cli). What costs half a second of a start is reading modules; no
setting is read by then and no application made. Every child gets its environment, folder, files and arguments, and
then runs the program as Python would, from its first line. No wall stands here: wsgi.py raises its own, and refuses to
start if what it walls off was loaded before.

Run by its path (tests/support/forked.py does), so that nothing of tests/ is loaded. One thread, one fork at a time:
    {"argv": [module, ...], "env": {...}, "cwd": "...", "fds": [0, 1, 2, 7]} with these descriptors -> pid, its pidfd
    {"reap": pid} -> its return code, as subprocess gives it
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
import signal
import socket
import sys
from pathlib import Path
from typing import TypedDict

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


def serve(ours: socket.socket) -> bool:
    """Answer until the other end is closed. Gives: whether this is a child by now."""
    while True:
        request, given, _, _ = socket.recv_fds(ours, LONGEST, 8)
        if not request:
            return False
        asked = json.loads(request)
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
