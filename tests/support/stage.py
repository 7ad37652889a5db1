"""A site with people in it whom tests move by the Python client, and at whose devices a browser can sit down at any moment."""

from __future__ import annotations

from collections.abc import Callable
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor

from playwright.sync_api import Page

from crypto import keys
from demo.client import Person
from demo.people import Peer, Supporter
from demo.wire import Over, b64, unb64
from tests.support.browser import DESKTOP, Visit
from tests.support.people import Cast
from tests.support.server import Server

ACCOUNT = {
    "answers": {"name_use": "Sara"}, "consents": {}, "exclusions": {}, "card": [], "instrument": "intake.v1",
    "told": [
        {"field": "consent_service", "label": "I agree that you may arrange support for me.", "text": "I agree"},
        {"field": "name_use", "label": "What should we call you?", "text": "Sara"},
        {"field": "deadline_date", "label": "Date of the first deadline", "text": "2027-01-08"},
        {"field": "account", "label": "In your own words, what happened?", "text": "In March I put it in writing.\n\nThen it began."},
    ],
}  # fmt: skip


class Stage(Cast):
    """Sara has sent her account, Nora and Tomas are listed supporters, Carl coordinates."""

    def __init__(self, server: Server, *, coordinators: int = 1) -> None:
        super().__init__(server.database, Over(server.url), server.clock, coordinators=coordinators)
        self.server = server

    def sara(self, account: dict[str, Any] | None = None, *, words: bool = False) -> Peer:
        """A peer who has sent her account. Args: words: she has seven words, which cost a second, to sign in with."""
        sara = self.peer("Sara", enrolled=False)
        if words:
            sara.use_words()
        sara.enrol()
        sara.submit(account or ACCOUNT)
        return sara

    def together(self, *, tomas: bool = False) -> tuple[Peer, Supporter]:
        """Sara with Nora on her team; Tomas, too, if asked for."""
        sara, nora = self.sara(), self.supporter("Nora Lind")
        self.team(sara, nora, *([self.supporter("Tomas Vega")] if tomas else []))
        return sara, nora

    def sit_down(self, visit: Visit, person: Person, path: str = "/case") -> Page:
        return sit_down(visit, person, path)


def sit_down(visit: Visit, person: Person, path: str) -> Page:
    """The browser of this visit goes on as this person, in a tab that was signed in before; at `path`."""
    page = visit.page
    visit.context.add_cookies([{"name": n, "value": v, "url": visit.base_url} for n, v in cookies_of(person)])
    share = unb64(person.post("/sign-in/share")["share"])
    tab = b64(keys.seal_tab(share, person.site, person.fp, person.account_key))
    devtools = visit.context.new_cdp_session(page)  # what the tab holds is there before the page's first script
    devtools.send("Page.enable")  # without it the script is taken and never run
    held = f"if (location.pathname === '{urlsplit(path).path}') sessionStorage.setItem('tab', '{tab}')"
    script = devtools.send("Page.addScriptToEvaluateOnNewDocument", {"source": held})
    page.goto(path)
    devtools.send("Page.removeScriptToEvaluateOnNewDocument", script)
    devtools.detach()
    return page


def cookies_of(person: Person) -> list[tuple[str, str]]:
    """(name, value) of each cookie that this person's client holds."""
    return [(one.name, one.value or "") for one in jar_of(person.wire)]


def jar_of(wire: Any) -> CookieJar:
    """Where a connection over HTTP keeps its cookies."""
    handlers = wire._opener.handlers
    (jar,) = [handler.cookiejar for handler in handlers if isinstance(handler, HTTPCookieProcessor)]
    return jar


Begin = Callable[..., Visit]


def device(
    visit: Begin, stage: Stage, person: Person, viewport: Any = DESKTOP, path: str = "/case", **options: Any
) -> Visit:
    """A new device with this person at it. Args: options: of `Visit`."""
    here = visit(stage.server.url, viewport, **options)
    stage.sit_down(here, person, path)
    return here
