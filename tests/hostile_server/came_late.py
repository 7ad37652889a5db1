"""A site that refuses the log once on each page, just when a case is opened, and hands it out when it is asked again."""

from __future__ import annotations

from tests.hostile_server.doors import Answer, Asked, answer
from tests.hostile_server.liar import Device


def log_comes_late(visit: Device) -> None:
    refusing: list[bool] = []

    def page(asked: Asked) -> Answer:
        refusing[:] = [True]
        return asked.honest()

    def since(asked: Asked) -> Answer:
        return answer({"error": "busy", "words": "Busy."}, 503) if refusing and refusing.pop() else asked.honest()

    visit.door.tell("/case", page)
    visit.door.tell("/log/since", since)
    visit.expect("503")  # the browser says so, too
