"""Carl at the desk, with one card before him: the queue of all lies' people is long."""

from collections.abc import Callable
from typing import Any

from demo.people import Peer
from demo.wire import b64
from tests.hostile_server.liar import Liar
from tests.support.browser import Visit


def open_card(liar: Liar, sara: Peer, **wire: Callable[[Any, Any], None]) -> Visit:
    """Carl opens Sara's card. Args: wire: card, directory: what becomes of that answer."""

    def alone(_asked: Any, answer: Any) -> None:
        sent = dict.fromkeys(("invite", "answer", "statement", "offer", "word"), 0)
        line = {
            "case": b64(sara.case),
            "day": sara.today,
            "state": "new",
            "claimed_by": None,
            "sent": sent,
            "heard": 0,
            "over": False,
            "mine": True,
        }
        answer.update(cards=[line], more=False)

    addresses = {"card": "/desk/card", "directory": "/people/directory"}
    changes = {addresses[name]: change for name, change in wire.items()}
    visit = liar.sit_down(liar.stage.carl, wire={"/desk/queue": alone, **changes}, path="/desk")
    opens_card(visit)
    return visit


def opens_card(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Open the card").click()
    visit.until("document.querySelector('[aria-busy=true]') === null", timeout_s=30)
