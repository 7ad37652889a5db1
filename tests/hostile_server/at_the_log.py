"""Olga at the page of the log, without an account, and what she is told there."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.hostile_server.devices import Device
from tests.hostile_server.forked import ForkedLog
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS, stopped
from tests.support.browser import Visit


def open_log(visit: Device, fork: ForkedLog | None = None) -> Page:
    """Args: fork: the log that her browser is shown from now on."""
    if fork:
        fork.serve(visit.door)
    page = visit.go("/log")
    visit.until("document.body.dataset.ready !== undefined", timeout_s=30)
    return page


def check(page: Page) -> None:
    page.get_by_role("button", name="Check every line").click(timeout=SLOW_MS)


def checks(visit: Visit) -> None:
    check(visit.page)


def fits(visit: Visit) -> None:
    expect(visit.page.get_by_text("All of them fit.")).to_be_visible(timeout=SLOW_MS)


def refuses(visit: Visit, because: str) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text(because)
    expect(visit.page.get_by_role("heading", name="What this means")).to_be_visible()


def rewritten(liar: Liar) -> ForkedLog:
    """The log with something else in one of its first lines, where the founder's notes were saved."""
    (first,) = liar.rows(
        "select tag from events where lane = 'account' and position is not null order by position limit 1"
    )
    fork = liar.fork()
    fork.instead[bytes(first.tag)] = bytes(32)
    return fork
