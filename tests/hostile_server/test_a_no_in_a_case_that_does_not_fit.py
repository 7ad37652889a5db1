"""Sara has her letters before her. The log of her case does not fit any more when she says no to Nora."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, room, stopped

CHECK = Check("worker/case_team.js", "  if (state.marked) throw state.marked;\n", "")


def tell(liar: Liar) -> Device:
    sara, _nora = liar.stage.introduced()
    lying: list[bool] = []

    def change(_asked: Any, answer: Any) -> None:
        if lying:
            answer["acts"] = [act for act in answer.get("acts", []) if act["n"] != 2]

    visit = liar.sit_down(sara, wire={"/cases/open": change}, visit=liar.begin(watched=True))
    room(visit.page, "Letters")
    button = visit.page.get_by_role("button", name="No, thank you")
    expect(button).to_be_visible(timeout=SLOW_MS)
    lying.append(True)
    button.click()
    return visit


def sent(visit: Device) -> bool:
    return bool(visit.sent("/letters"))


def refused(visit: Device) -> None:
    stopped(visit.page)
    assert not sent(visit)


def believed(visit: Device) -> None:
    expect(visit.page.get_by_role("button", name="I have changed my mind")).to_be_visible(timeout=SLOW_MS)
    assert sent(visit)


def test_nothing_about_a_case_is_sent_while_it_does_not_fit(liar: Liar) -> None:
    visit = tell(liar)
    refused(visit)
    visit.page.reload()
    stopped(visit.page)
    room(visit.page, "Letters")
    expect(visit.page.get_by_text("You can decide when what is said above is cleared up.")).to_be_visible()
    for name in ("Approve Nora Lind", "No, thank you"):
        expect(visit.page.get_by_role("button", name=name)).to_have_count(0)
