"""Stan published a release of rows; Rita signed the terms, and looks at it in her browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from crypto.frame import H
from demo.releases import Researcher, Steward
from demo.wire import b64
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS, quiet, stopped
from tests.support.browser import Visit
from tests.support.releases import folder

OTHER = b"row,career_stage,changed_specialty\n00aa,res,no\n01bb,res,no\n02cc,early,no\n"
CHANGED = "not the one that the steward signed"


def published(liar: Liar) -> tuple[Steward, int]:
    """A steward, and the number of a release that they published just now."""
    stan = liar.stage.staff(Steward, "Stan Kim")
    made = folder("public", month=b64(stan.fp))
    stan.publish(made)
    return stan, len(stan.post("/research/public")["releases"])


def looks(
    liar: Liar, wire: dict[str, Callable[[Any, Any], None]], lines: tuple[tuple[bytes, bytes], ...] = ()
) -> Device:
    """Rita looks at the releases. Args: wire: as `tells` takes it. lines: of the log, that only her browser is shown."""
    rita = liar.stage.staff(Researcher, "Rita Roe")
    rita.agree()
    visit = liar.device()
    liar.tells(visit, wire)
    if lines:
        liar.until_logged()
        liar.fork().add(*lines).serve(visit.door)
    liar.stage.sit_down(visit, rita, "/research")
    visit.until("document.body.dataset.ready !== undefined", timeout_s=30)
    return visit


def refuses(visit: Visit, because: str = CHANGED) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text(because)


def believes(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("heading", name="Releases")).to_be_visible(timeout=SLOW_MS)


def instead(told: dict[str, Any], name: str, data: bytes) -> None:
    """For the wire: this file of a release, as the server would like it to be."""
    for file in told["files"]:
        if file["name"] == name:
            file["hash"], file["size"] = b64(H(data)), len(data)
