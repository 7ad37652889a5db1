"""Chromium as a person would use it, with everything it does written down.

A `Visit` is one person at one device: a context of her own, one tab to begin with, and a record of every request,
title and complaint. Closing a visit fails if the browser complained (an error, a violation of the CSP) and the test
did not say that it would.
"""

import json
import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    ViewportSize,
)

from tests.support.canary import Place

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
# A request to anywhere but this machine finds no address, and so fails the test as a complaint.
ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
TITLES = """{
  let last = '';
  new MutationObserver(() => { if (document.title !== last) testSawTitle(last = document.title); })
    .observe(document, {subtree: true, childList: true, characterData: true});
}"""
STORAGE = """async () => {
  const databases = {};
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((done, fail) => {
      const open = indexedDB.open(name); open.onsuccess = () => done(open.result); open.onerror = fail; });
    for (const store of db.objectStoreNames) {
      databases[`${name}/${store}`] = await new Promise((done, fail) => {
        const all = db.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => done(all.result); all.onerror = fail; });
    }
    db.close();
  }
  const cached = {};
  for (const name of await caches.keys()) for (const asked of await (await caches.open(name)).keys()) {
    cached[asked.url] = await (await caches.match(asked)).text();
  }
  return JSON.stringify({local: {...localStorage}, session: {...sessionStorage}, databases, cached, window: window.name,
    state: history.state}, (_, v) => v instanceof Uint8Array ? [...v] : v);
}"""


def chromium_path() -> str:
    """The browser to test in: CHROMIUM, or the one on the path; without windows it is a quarter quicker."""
    on_the_path = (shutil.which(name) for name in ("chromium-headless-shell", "chromium", "chromium-browser"))
    found = os.environ.get("CHROMIUM") or next(filter(None, on_the_path), None)
    assert found, "The browser tests need Chromium: run `make test`, or set CHROMIUM to the path of one."
    return found


def launch(playwright: Playwright) -> Chromium:
    """Each answer that a page reads goes through a piece of shared memory, a file on the disk for one who has no room for it."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 1_000_000_000
    return playwright.chromium.launch(
        executable_path=chromium_path(), args=[ONLY_HERE],
        ignore_default_args=["--disable-dev-shm-usage"] if roomy else None,
    )  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """One request as it left the page or its worker."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    @classmethod
    def from_request(cls, request: Request) -> "Sent":
        return cls(request.method, request.url, dict(request.headers), request.post_data_buffer or b"")


@dataclass
class Record:
    """What the browser did: requests, titles and addresses of tabs, complaints."""

    requests: list[Sent] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


class Visit:
    """One person at one device. Use as a context manager; `page` is her first tab."""

    def __init__(
        self, chromium: Chromium, base_url: str, viewport: ViewportSize, *, watched: bool = False, **options: Any
    ) -> None:
        """Args: watched: somebody asks for the record later: to write down each request is a tenth of a page's cost."""
        self.base_url = base_url
        self._record, self._watched = Record(), watched
        self._expected: list[re.Pattern[str]] = []
        self._closed = False
        self.context: BrowserContext = chromium.new_context(
            base_url=base_url, viewport=viewport, reduced_motion="reduce", has_touch=viewport is PHONE, **options
        )
        self.context.set_default_timeout(10_000)
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda error: self._record.complaints.append(f"uncaught: {error.error.message}"))
        self.context.on("requestfailed", self._on_request_failed)
        self._devtools = self._watch(chromium) if watched else None
        self.page: Page = self.context.new_page()

    @property
    def record(self) -> Record:
        """Raises: AssertionError where it would be empty whatever happened."""
        assert self._watched, "nobody watches this visit: begin it with watched=True"
        return self._record

    def _watch(self, chromium: Chromium) -> CDPSession:
        self.context.on("request", lambda request: self._record.requests.append(Sent.from_request(request)))
        self.context.expose_binding("testSawTitle", lambda _, title: self._record.titles.append(title))
        self.context.add_init_script(TITLES)
        return self._watch_addresses(chromium)

    def _watch_addresses(self, chromium: Chromium) -> CDPSession:
        """Every full address that a tab has had, as the history would show it."""
        devtools = chromium.new_browser_cdp_session()

        def changed(event: dict[str, Any]) -> None:
            target = event["targetInfo"]
            if target["type"] == "page":
                self._record.titles.append(f"{target['title']} {target['url']}")

        devtools.on("Target.targetInfoChanged", changed)
        devtools.send("Target.setDiscoverTargets", {"discover": True})
        return devtools

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._record.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _on_request_failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):
            self._record.complaints.append(f"failed: {request.method} {request.url} {request.failure}")

    def expect(self, complaint: str) -> None:
        """This visit will make the browser complain, in words that match: no failure."""
        self._expected.append(re.compile(complaint))

    def complaints(self) -> list[str]:
        return [said for said in self._record.complaints if not any(e.search(said) for e in self._expected)]

    def go(self, path: str = "/") -> Page:
        """Open an address of the site in the first tab."""
        self.page.goto(path)
        return self.page

    def until(self, what: Callable[[], bool] | str, *, timeout_s: float = 10) -> None:
        """Wait until it is so: a function, or an expression in the page (`wait_for_function` breaks under our CSP)."""
        end, pause_ms = time.monotonic() + timeout_s, 25
        while not (what() if callable(what) else self.page.evaluate(f"!!({what})")):
            assert time.monotonic() < end, f"it did not become so within {timeout_s} s: {what}\n{self.seen()}"
            self.page.wait_for_timeout(pause_ms)
            pause_ms = min(2 * pause_ms, 100)  # each look costs the page some milliseconds

    def seen(self) -> str:
        """For a failure: what was asked last, and what the first tab shows."""
        asked = "\n".join(f"  {sent.method} {sent.url}" for sent in self._record.requests[-12:])
        shown = self.page.evaluate("document.body?.innerText ?? ''")[:1500]
        return f"asked last:\n{asked}\nthe page says:\n{shown}\ncomplaints: {self._record.complaints}"

    def passkeys(self, *, prf: bool = True) -> CDPSession:
        """Give the first tab an authenticator that answers by itself, with or without the PRF extension."""
        session = self.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable", {"enableUI": False})
        options = {
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True, "hasPrf": prf, "automaticPresenceSimulation": True,
        }  # fmt: skip
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return session

    def places(self) -> list[Place]:
        """All that left the page or stays in the browser: requests, titles with addresses, cookies and storage."""
        site = self.base_url.removeprefix("http://").encode()
        sent = {f"{n} {r.method} {r.url}": r for n, r in enumerate(self.record.requests)}
        stored: dict[str, bytes] = {"cookies": json.dumps(self.context.cookies()).encode()}
        for number, page in enumerate(self.context.pages):
            if page.url.startswith("http"):
                stored[f"tab {number} {page.url}"] = page.evaluate(STORAGE).encode()
        return [
            Place("addresses of requests", site, {name: r.url.encode() for name, r in sent.items()}),
            Place("headers of requests", b"user-agent", {n: json.dumps(r.headers).encode() for n, r in sent.items()}),
            Place("bodies of requests", b"looked", {"": b"looked"} | {name: r.body for name, r in sent.items()}),
            Place("titles", site, {str(n): title.encode() for n, title in enumerate(self.record.titles)}),
            Place("storage of the browser", b'"session"', stored),
        ]

    def close(self) -> None:
        """Put the device away; a second time only asks again. Raises: AssertionError if the browser complained."""
        if not self._closed:
            self._closed = True
            if self._devtools:
                self._devtools.detach()
            self._put_away()
        complaints = self.complaints()
        assert not complaints, "the browser complained:\n" + "\n".join(complaints)

    def _put_away(self) -> None:
        self.context.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
            return
        try:
            self.close()
        except (AssertionError, Error) as further:
            error.add_note(str(further))
