"""Many clients at once, each with a thread and plain sockets: cheap enough to leave the cores to the server."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

TIMEOUT_S = 30


@dataclass
class Load:
    """What came of it. times: seconds of each answered request."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    last: bytes = b""  # one answer's body

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def get(path: str, port: int, *, headers: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{headers}\r\n".encode()


def post(path: str, port: int, body: bytes, mime: str = "application/json") -> bytes:
    """A request as a new browser would send it: its connection is not used again."""
    at = f"localhost:{port}"
    head = f"POST {path} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nConnection: close\r\n"
    return f"{head}Content-Type: {mime}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def at_once(port: int, requests: Iterator[bytes], *, clients: int, seconds: float, keep: bool) -> Load:
    """Have `clients` ask without a pause until the time is over or there are no more requests.

    keep: each client goes on over one connection; else each request has its own.
    """
    load, lock = Load(), threading.Lock()
    begin = time.monotonic()
    end = begin + seconds

    def next_request() -> bytes | None:
        with lock:
            return next(requests, None) if time.monotonic() < end else None

    threads = [threading.Thread(target=_client, args=(port, next_request, load, keep)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.monotonic() - begin
    return load


def _client(port: int, next_request: Callable[[], bytes | None], load: Load, keep: bool) -> None:
    connection: socket.socket | None = None
    while (request := next_request()) is not None:
        started = time.monotonic()
        try:
            if connection is None:
                connection = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S)
            connection.sendall(request)
            status, body, stays = _answer(connection)
        except (OSError, ValueError) as error:
            load.errors.append(type(error).__name__)
            status, body, stays = 0, b"", False
        if status == 200:
            load.times.append(time.monotonic() - started)
            load.last = body
        elif status:
            load.errors.append(f"{status} {body[:80].decode(errors='replace')}")
        if connection is not None and not (keep and stays):
            connection.close()
            connection = None
    if connection is not None:
        connection.close()


def _answer(connection: socket.socket) -> tuple[int, bytes, bool]:
    """(status, body, whether the connection stays open). Raises: ValueError: not an answer with its length."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), None)
    if length is None:
        raise ValueError("no length")
    while len(body) < length:
        body += _more(connection)
    return int(head[9:12]), body, b"connection: close" not in lines


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ValueError("the connection ended")
    return data
