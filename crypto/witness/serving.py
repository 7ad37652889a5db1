"""The witness on HTTP: `POST /add-checkpoint`, and what it has seen, for anybody to read."""

import logging
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from crypto.cosign import MOST_BYTES
from crypto.witness.judge import Refused, Witness

TEXT = "text/plain; charset=utf-8"
MOST_AT_ONCE = 32
TIMEOUT_S = 10
said = logging.getLogger("witness")


class Server(ThreadingHTTPServer):
    """Listens. At most 32 connections are open; a further one is closed at once."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], witness: Witness) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.witness = witness
        self._places = threading.BoundedSemaphore(MOST_AT_ONCE)
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        """As TCPServer does it: HTTPServer's own would ask a name server who this machine is."""
        TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke off is no news, and an address is nobody's business."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "alongside-witness"
    sys_version = ""
    protocol_version = "HTTP/1.1"  # keep-alive
    timeout = TIMEOUT_S

    def do_GET(self) -> None:
        path = self.path.strip("/")
        if not path:
            self._answer(200, self.server.witness.about())
            return
        note = self.server.witness.newest(path.removesuffix("/checkpoint")) if path.endswith("/checkpoint") else ""
        self._answer(200 if note else 404, note or "Nothing is here.\n")

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            return
        try:
            line = self.server.witness.add_checkpoint(body)
        except Refused as no:
            said.warning("refused (%s): %s", no.status, no.words)
            if no.known is None:
                self._answer(no.status, f"{no.words}\n")
            else:
                self._answer(no.status, f"{no.known}\n", "text/x.tlog.size")
        except OSError as wrong:
            said.error("can't write: %s. Nothing was cosigned.", wrong.strerror)
            self._answer(500, "This witness can't keep what it saw, so it cosigns nothing.\n")
        else:
            said.info("cosigned")
            self._answer(200, line)

    def _body(self) -> bytes | None:
        """What was sent; None when it was refused unread."""
        length = self.headers.get("Content-Length", "")
        self.close_connection = True
        if self.path != "/add-checkpoint":
            self._answer(404, "Nothing is here.\n")
        elif not (length.isascii() and length.isdigit()) or self.headers.get("Transfer-Encoding"):
            self._answer(411, "Say how long this is.\n")
        elif int(length) > MOST_BYTES:
            self._answer(413, "This is too long for a checkpoint.\n")
        else:
            body = self.rfile.read(int(length))
            self.close_connection = self.headers.get("Connection", "").lower() == "close"
            return body if len(body) == int(length) else None
        return None

    def _answer(self, status: int, text: str, kind: str = TEXT) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """No line for each request: it would hold addresses."""
