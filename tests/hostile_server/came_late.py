"""A site that refuses the log when a page opens a case, and hands it out when it was asked again."""

from __future__ import annotations

from tests.hostile_server.doors import Answer, Asked, answer
from tests.hostile_server.liar import Device


def log_comes_late(visit: Device, looks: int = 1) -> None:
    """Args: looks: so many in vain, on each page that is loaded."""
    left = 0

    def page(asked: Asked) -> Answer:
        nonlocal left
        left = looks
        return asked.honest()

    def since(asked: Asked) -> Answer:
        nonlocal left
        if not left:
            return asked.honest()
        left -= 1
        return answer({"error": "busy", "words": "Busy."}, 503)

    visit.door.tell("/case", page)
    visit.door.tell("/log/since", since)
    visit.expect("503")  # the browser says so, too
