"""While Sara writes to her team the log of her case ceases to fit: an act is gone. Her words would stand on what may not be her case."""

from typing import Any

from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import room, stopped

CHECK = Check("worker/case_write.js", "  if (state.marked && !(heals && mayHeal(state))) throw state.marked;\n", "")
WORDS = "I need you on Tuesday."


def tell(liar: Liar) -> Device:
    sara, _nora = liar.stage.together()
    lying: list[bool] = []

    def change(_asked: Any, answer: Any) -> None:
        if lying:
            answer["acts"] = [act for act in answer.get("acts", []) if (act["epoch"], act["n"]) != (1, 2)]

    visit = liar.sit_down(sara, wire={"/cases/open": change}, visit=liar.begin(watched=True))
    room(visit.page, "Messages")
    visit.page.get_by_label("Write to them").fill(WORDS)
    lying.append(True)
    visit.page.get_by_role("button", name="Seal and send", exact=True).click()
    return visit


def sent(visit: Device) -> bool:
    return bool(visit.sent("/cases/append"))


def refused(visit: Device) -> None:
    stopped(visit.page)
    assert not sent(visit)


def believed(visit: Device) -> None:
    visit.until(lambda: sent(visit), timeout_s=20)


def test_nothing_is_added_to_a_case_that_does_not_fit(liar: Liar) -> None:
    visit = tell(liar)
    refused(visit)
