"""static/ alone, under the product's own CSP: for modules and vectors, which need a browser and no server."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
    "worker-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types lit-html alongside"
)
BLANK = b'<!doctype html><html lang="en"><title>Modules</title><h1>Modules</h1>'


class _Answers(http.server.SimpleHTTPRequestHandler):
    extensions_map = {
        ".mjs": "text/javascript",
        ".js": "text/javascript",
        ".json": "application/json",
        "": "text/plain",
    }

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
            return
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(BLANK)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


@contextmanager
def static_site(root: Path = ROOT) -> Iterator[str]:
    """Serve the folder `root` (the repository: /static/..., /tests/vectors/...) on a free port; its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answers, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
