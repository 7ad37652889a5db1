"""What nobody is named on waits up to a minute in the browser. Here it waits a moment, or a test would take as long.

The server hands out the one script with other numbers in it. (A browser whose requests a test holds up keeps no file, and asks for
some eighty with each page.) The pause as it is: tests/unit/worker/research.test.mjs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.addresses import script

ROOT = Path(__file__).resolve().parents[2]
PAUSE = "worker/clock.js"
SOON = {"LEAST_MS = 5000": "LEAST_MS = 100", "MOST_MS = 60_000": "MOST_MS = 400"}
NEW = {"locale": "en-US"}  # of a visit: a browser that has no script of the site's from before
CONFIG = """
from pathlib import Path
exec(Path({config!r}).read_text("utf-8"))
_as_ever = post_worker_init
def post_worker_init(worker):
    from tests.support.hurry import Hurried
    _as_ever(worker)
    worker.wsgi = Hurried(worker.wsgi, {address!r}, Path({file!r}))
"""
HEADERS = [
    ("Content-Type", "text/javascript"), ("Cache-Control", "no-store"), ("Cross-Origin-Resource-Policy", "same-origin"),
]  # fmt: skip


class Hurried:
    """A WSGI application: at this address it gives what the file holds, as long as there is one."""

    def __init__(self, app: Any, address: str, file: Path) -> None:
        self._app, self._address, self._file = app, address, file

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] != self._address or not self._file.exists():
            return self._app(environ, start_response)
        start_response("200 OK", HEADERS)
        return [self._file.read_bytes()]


class Hurry:
    """How a site in this folder hurries its visitors. Args of `on`: slack_ms: so long after all that waited has gone does
    everybody's page make its save."""

    def __init__(self, home: Path) -> None:
        self._file = home / "clock.js"
        self.config = CONFIG.format(
            config=str(ROOT / "gunicorn.conf.py"), address=script(PAUSE), file=str(self._file)
        )  # gunicorn's settings
        self.on()

    def on(self, *, slack_ms: int = 1600) -> None:
        text = (ROOT / "static" / "js" / PAUSE).read_text(encoding="utf-8")
        for before, now in {**SOON, "SLACK_MS = 6000": f"SLACK_MS = {slack_ms}"}.items():
            assert text.count(before) == 1, f"{PAUSE} has this {text.count(before)} times: {before}"
            text = text.replace(before, now)
        self._file.write_text(text, encoding="utf-8")

    def off(self) -> None:
        """From the next page on it waits as long as it does."""
        self._file.unlink()
