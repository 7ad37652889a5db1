"""By which of the server's doors a browser comes, and what is told to it there. The test holds the doors: they stay as servers go.

Whoever runs the server changes answers in the server itself (between.py); Chromium does not notice, and works as for anybody.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

from tests.hostile_server.between import ALL
from tests.support.databases import ROOT

Headers = list[tuple[str, str]]
MANY = 3  # browsers at one site, in one lie
WHOLE = ("content-length", "etag", "last-modified")  # true of what was there before
CONFIG = """
from pathlib import Path
exec(Path({config!r}).read_text("utf-8"))
_as_ever = post_worker_init
def post_worker_init(worker):
    from tests.hostile_server.between import Between
    _as_ever(worker)
    worker.wsgi = Between(worker.wsgi, Path({lies!r}))
"""


@dataclass(frozen=True)
class Answer:
    """What a browser is told."""

    status: int
    headers: Headers
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def kind(self) -> str:
        return next(value for name, value in self.headers if name.lower() == "content-type")

    def json(self) -> Any:
        return json.loads(self.body)

    def but(self, body: bytes | str, kind: str = "application/json") -> Answer:
        """The same with something else in it, that no browser keeps for later."""
        theirs = [(n, v) for n, v in self.headers if n.lower() not in (*WHOLE, "content-type", "cache-control")]
        data = body.encode() if isinstance(body, str) else body
        return replace(self, headers=[*theirs, *_headers(data, kind)], body=data)


def answer(body: Any, status: int = 200) -> Answer:
    """Of one's own making, as JSON."""
    data = json.dumps(body).encode()
    return Answer(status, _headers(data, "application/json"), data)


def _headers(data: bytes, kind: str) -> Headers:
    return [("Content-Type", kind), ("Cache-Control", "no-store"), ("Content-Length", str(len(data)))]


@dataclass(frozen=True)
class Asked:
    """What a browser asks where a lie is told."""

    method: str
    body: bytes
    honest: Callable[[], Answer]

    def honest_answer(self) -> Answer:
        return self.honest()

    def fields(self) -> dict[str, Any]:
        """Of the JSON that was sent, if it is that."""
        found: dict[str, Any] = json.loads(self.body) if self.body.startswith(b"{") else {}
        return found


Tell = Callable[[Asked], Answer]


class Door:
    """A port of the server's by which one browser comes, and the lies that are told there, by address."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = str(self.socket.getsockname()[1])
        self.url = f"http://localhost:{self.port}"
        self.lies: dict[str, Tell] = {}
        self.watched = False
        self.sent: list[tuple[str, bytes]] = []

    def watch(self) -> None:
        """What is sent by this door is written down from now on."""
        self.watched = True
        self._doors.write()

    def forget(self) -> None:
        """It is as any other door. No site is behind it yet."""
        self.lies.clear()
        self.sent.clear()
        self.watched = False

    def tell(self, address: str, what: Tell) -> None:
        """From now on this is told at that address, and nothing that was told there before."""
        self.lies[address] = what
        self._doors.write()

    def be_honest(self, address: str) -> None:
        del self.lies[address]
        self._doors.write()


class Doors:
    """Those of one process of tests. One site at a time has them."""

    def __init__(self) -> None:
        self.all = [Door(self) for _ in range(MANY)]
        self.faults: list[Exception] = []
        self._file: Path | None = None
        self._listener = Listener(("127.0.0.1", 0), backlog=128)
        self._one_at_a_time = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def config(self, home: Path) -> str:
        """gunicorn's settings for the site in this folder, which has the doors from now on. No lie is told yet."""
        self._file = home / "lies.json"
        for door in self.all:
            door.forget()
        self.faults.clear()
        self.write()
        return CONFIG.format(config=str(ROOT / "gunicorn.conf.py"), lies=str(self._file))

    def write(self) -> None:
        assert self._file, "no site has these doors"
        beside = self._file.with_suffix(".new")
        doors = {door.port: [*door.lies, *([ALL] if door.watched else [])] for door in self.all}
        beside.write_text(json.dumps({"at": self._listener.address, "doors": doors}), "utf-8")
        beside.replace(self._file)

    def check(self) -> None:
        """Raises: what went wrong while a lie was told."""
        if self.faults:
            raise self.faults[0]

    def _listen(self) -> None:
        while True:
            try:
                server = self._listener.accept()
            except OSError:  # closed
                return
            threading.Thread(target=self._answer, args=(server,), daemon=True).start()

    def _answer(self, server: Connection) -> None:
        with server, suppress(EOFError, OSError):  # a server that is gone asks nothing more
            site = self._file
            port, method, address, sent = server.recv()
            (door,) = [one for one in self.all if one.port == port]

            def honest() -> Answer:
                self._one_at_a_time.release()
                try:
                    server.send(None)
                    return Answer(*server.recv())
                finally:
                    self._one_at_a_time.acquire()

            with self._one_at_a_time:
                door.sent.append((address, sent))
                try:
                    told = door.lies.get(address, Asked.honest_answer)(Asked(method, sent, honest))
                except (EOFError, OSError):
                    raise
                except Exception as fault:
                    if site is self._file:  # of a site that has gone meanwhile nobody waits for an answer
                        self.faults.append(fault)
                    told = answer({"error": "fault", "words": repr(fault)}, 500)
            server.send((told.status, told.headers, told.body))

    def close(self) -> None:
        for door in self.all:
            door.socket.close()
        self._listener.close()
