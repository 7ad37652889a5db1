"""The browsers at which people sit stay from test to test: what a browser has ready for the site's pages it need not make
ready again, which is half of what a page costs. Between two tests it forgets all that it was told, and that it did is asserted.

For that every test's site has one address in a process of tests (`Address`): to the browser, it is one site that begins anew.
A browser on which something was hung that can't be taken off again (SPOILS) is put away as before, and the next is a new one.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import CDPSession, Error, ViewportSize

from tests.support.addresses import static
from tests.support.browser import STORAGE, Record, Visit

BLANK = "blank.svg"  # in static/: of the same origin and as isolated as a page, with nothing on it
FORGOTTEN = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems,websql"
NOTHING = '{"local":{},"session":{},"databases":{},"cached":{},"window":"","state":null}'
SPOILS = ("route", "on", "once", "add_init_script", "expose_binding", "expose_function", "emulate_media", "set_offline",
          "grant_permissions", "set_extra_http_headers", "set_default_timeout", "set_default_navigation_timeout")  # fmt: skip
SPOILS_TIME = ("install", "pause_at", "set_fixed_time", "set_system_time")
MOST = 10  # that rest at once: each is a process


class Address:
    """A port that this process of tests keeps, so that nobody else is given it while no site listens there."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://localhost:{self.port}"

    def close(self) -> None:
        self._socket.close()


def empty(visit: Visit, at_rest: str = "") -> None:
    """As new: one tab, with nothing in it or about it. Args: at_rest: a page of the site's, if it has one with nothing on it.

    Raises: Error where the browser can't go on; AssertionError where it has not forgotten.
    """
    first = visit.page
    for page in visit.context.pages:
        if page is not first:
            page.close()
    visit.context.unroute_all()
    first.goto(at_rest or static(BLANK))
    first.evaluate("sessionStorage.clear(), window.name = ''")
    devtools = visit.context.new_cdp_session(first)
    devtools.send("Storage.clearDataForOrigin", {"origin": visit.base_url, "storageTypes": FORGOTTEN})
    devtools.send("Page.resetNavigationHistory")
    devtools.detach()
    visit.context.clear_cookies()
    left = first.evaluate(STORAGE), visit.context.cookies(), first.evaluate("history.length")
    assert left == (NOTHING, [], 1), f"the device has not forgotten: {left}"


class Staying(Visit):
    """One that is not put away, but emptied."""

    def __init__(self, chromium: Chromium, base_url: str, viewport: ViewportSize, *, watched: bool) -> None:
        super().__init__(chromium, base_url, viewport, watched=watched)
        self.kind = (base_url, *viewport.values(), watched)
        self.spoilt = False
        self._chromium, self._viewport = chromium, viewport
        for what in (self.context, self.page):
            self._spoilt_by(what, SPOILS)
        self._spoilt_by(self.context.clock, SPOILS_TIME)

    def _spoilt_by(self, what: Any, names: tuple[str, ...]) -> None:
        def spoiling(does: Callable[..., Any]) -> Callable[..., Any]:
            def and_spoils(*given: Any, **named: Any) -> Any:
                self.spoilt = True
                return does(*given, **named)

            return and_spoils

        for name in names:
            if hasattr(what, name):
                setattr(what, name, spoiling(getattr(what, name)))

    def passkeys(self, *, prf: bool = True) -> CDPSession:
        self.spoilt = True
        return super().passkeys(prf=prf)

    def again(self) -> None:
        """Somebody else sits down."""
        self._record, self._expected, self._closed = Record(), [], False
        if self._watched:
            self._devtools = self._watch_addresses(self._chromium)
        if self.page.viewport_size != self._viewport:
            self.page.set_viewport_size(self._viewport)

    def _put_away(self) -> None:
        record, self._record = self._record, Record()  # the site may be gone by now, and that is no complaint
        rests = False  # if a test left it in a state in which nobody can go on
        try:
            if not self.spoilt and not self.page.is_closed():
                empty(self)
                rests = True
        except Error:
            pass
        finally:
            if not rests:
                self.spoilt = True
                self.context.close()
            self._record = record


class Devices:
    """Those of one process of tests: who begins at one of `addresses` may find one that others had before."""

    def __init__(self, chromium: Chromium) -> None:
        self.addresses: set[str] = set()
        self._chromium = chromium
        self._at_rest: list[Staying] = []

    def begin(self, base_url: str, viewport: ViewportSize, *, watched: bool = False, **options: Any) -> Visit:
        if options or base_url not in self.addresses:
            return Visit(self._chromium, base_url, viewport, watched=watched, **options)
        kind = (base_url, *viewport.values(), watched)
        for one in self._at_rest:
            if one.kind == kind:
                self._at_rest.remove(one)
                one.again()
                return one
        return Staying(self._chromium, base_url, viewport, watched=watched)

    def put_away(self, visits: list[Visit]) -> None:
        """These people leave. Raises: AssertionError with what their browsers complained of."""
        complaints: list[str] = []
        for one in visits:
            try:
                one.close()
            except AssertionError as said:
                complaints.append(str(said))
            if isinstance(one, Staying) and not one.spoilt:
                self._at_rest.append(one)
        while len(self._at_rest) > MOST:
            self._at_rest.pop(0).context.close()
        assert not complaints, "\n".join(complaints)

    def close(self) -> None:
        for one in self._at_rest:
            one.context.close()
