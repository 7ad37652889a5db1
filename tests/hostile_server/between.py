"""In the server's own process: between the product's application and a browser that came by one of the liar's doors.

What is asked at an address where a lie is told goes to the test (doors.py), which may ask for the honest answer, and
says what becomes of it. All else passes as it is, and so does whoever came by the server's own door.
"""

from __future__ import annotations

import json
from io import BytesIO
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

ALL = "*"  # in place of an address: whatever is sent to the server
AT_REST = "/at-rest"  # a page of the same origin, with nothing on it
BLANK = [  # as isolated as the product's pages are, or the browser would begin another process for each of them
    ("Content-Type", "text/html"), ("Cache-Control", "no-store"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"), ("Cross-Origin-Resource-Policy", "same-origin"),
]  # fmt: skip
# An answer comes whole, and as it would be if the browser kept nothing.
ONLY_FOR_A_BROWSER = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")


class Between:
    """A WSGI application. Args: lies: a file: {"at": where the test listens, "doors": {port: [address, ...]}}."""

    def __init__(self, app: Any, lies: Path) -> None:
        self._app, self._file = app, lies
        self._read: tuple[int, int] = (0, 0)
        self._at: Any = None
        self._doors: dict[str, list[str]] = {}

    def _look(self) -> None:
        """The file is another whenever it says something else."""
        stat = self._file.stat()
        if (stat.st_ino, stat.st_mtime_ns) != self._read:
            told = json.loads(self._file.read_text("utf-8"))
            self._at, self._doors = tuple(told["at"]), told["doors"]
            self._read = (stat.st_ino, stat.st_mtime_ns)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self._look()
        lies = self._doors.get(environ["SERVER_PORT"])
        if lies is not None and environ["PATH_INFO"] == AT_REST:
            start_response("200 OK", BLANK)
            return [b"<!doctype html><title>At rest</title>"]
        if lies is None or not (environ["PATH_INFO"] in lies or (ALL in lies and environ["REQUEST_METHOD"] == "POST")):
            return self._app(environ, start_response)
        status, headers, body = self._told(environ)
        start_response(f"{status} Told", headers)
        return [body]

    def _told(self, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        with Client(self._at) as liar:
            liar.send((environ["SERVER_PORT"], environ["REQUEST_METHOD"], environ["PATH_INFO"], sent))
            while (told := liar.recv()) is None:
                liar.send(self._honest(environ, sent))
        answer: tuple[int, list[tuple[str, str]], bytes] = told
        return answer

    def _honest(self, environ: dict[str, Any], sent: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        asked = {name: value for name, value in environ.items() if name not in ONLY_FOR_A_BROWSER}
        said: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            said[:] = int(status.split()[0]), headers
            return said.append

        answer = self._app({**asked, "wsgi.input": BytesIO(sent)}, start)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status, headers = said
        return status, headers, body
