"""Carl looks after Sara's card, and is about to ask Nora, when something happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS


def asks_nora(liar: Liar, meanwhile: Callable[[bytes], None], **sits: Any) -> Device:
    """Args: meanwhile: what happens, with Nora's fingerprint. sits: as `sit_down` takes it."""
    sara, nora, carl = liar.stage.sara(), liar.stage.supporter("Nora Lind"), liar.stage.carl
    carl.claim(sara.case)
    visit = liar.sit_down(carl, visit=liar.begin(watched=True), path="/desk", **sits)
    page = visit.page
    page.get_by_role("button", name="Open the card").click(timeout=SLOW_MS)
    page.get_by_role("checkbox", name="Nora Lind").check(timeout=SLOW_MS)
    page.get_by_label("A summary in your words, without names or places").fill("a colleague")
    meanwhile(nora.fp)
    page.get_by_role("button", name="Invite one person").click()
    return visit


def invited(visit: Device) -> bool:
    """Whether a letter left this device: only an honest server stood in the way then."""
    return bool(visit.sent("/letters"))
