"""Sara has said yes to research, and there is Stan, a steward. What her browser sends without a name is watched."""

from __future__ import annotations

from crypto.frame import unframe
from crypto.mail import read_mail
from demo.people import Peer
from demo.releases import Steward
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Liar
from tests.hostile_server.scripts import changed, hand_out
from tests.hostile_server.seen import SLOW_MS
from tests.support.browser import Visit
from tests.support.hurry import SOON
from tests.support.stage import ACCOUNT

YES = {
    **ACCOUNT, "answers": {"name_use": "Sara", "degree": "md"},
    "consents": {"consent_service": "yes", "consent_research": "yes"},
}  # fmt: skip
CLOCK = "worker/clock.js"
SETTLED_MS = 4000  # by then a row has gone, if it goes


def sara_and_stan(liar: Liar) -> tuple[Peer, Steward]:
    stan = liar.stage.staff(Steward, "Stan Steward")
    return liar.stage.sara(YES), stan


def device(liar: Liar) -> Device:
    """A browser whose rows don't wait long."""
    visit = liar.begin(watched=True)
    visit.give_up(hand_out(visit.door, CLOCK, changed(CLOCK, list(SOON.items()))))
    return visit


def settle(visit: Visit) -> None:
    """The case is open, and whatever would have gone has gone."""
    visit.until("document.body.dataset.log === 'proven'", timeout_s=SLOW_MS / 1000)
    visit.page.wait_for_timeout(SETTLED_MS)


def readers(visit: Device) -> list[set[str]]:
    """Of each row that came from this browser, for whom it can be opened: fingerprints in hex."""
    sent = visit.sent("/research/row")
    return [{fp.hex() for fp in read_mail(unframe("row", body)["mail"])["stanzas"]} for body in sent]
