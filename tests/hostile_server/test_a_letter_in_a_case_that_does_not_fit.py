"""Sara writes to the desk about her case, whose log does not fit any more. A complaint, which is about no case, still goes out."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, room, stopped

CHECK = Check("worker/cases.js", "  if (marked && type !== 'complaint') throw marked;\n", "")


def tell(liar: Liar) -> Device:
    sara, _nora = liar.stage.together()
    lying: list[bool] = []

    def change(_asked: Any, answer: Any) -> None:
        if lying:
            answer["acts"] = [act for act in answer.get("acts", []) if (act["epoch"], act["n"]) != (1, 2)]

    visit = liar.sit_down(sara, wire={"/cases/open": change}, visit=liar.begin(watched=True))
    room(visit.page, "Messages")
    visit.page.get_by_label("Write to the desk").fill("Please call me.")
    lying.append(True)
    visit.page.get_by_role("button", name="Seal and send to the desk").click()
    return visit


def sent(visit: Device) -> bool:
    return bool(visit.sent("/letters"))


def refused(visit: Device) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_label("Write to the desk")).to_have_value("Please call me.")
    assert not sent(visit)


def believed(visit: Device) -> None:
    expect(visit.page.locator("section[aria-labelledby=desk-head] .letter.mine")).to_be_visible(timeout=SLOW_MS)
    assert sent(visit)


def test_only_what_is_about_no_case_goes_out(liar: Liar) -> None:
    visit = tell(liar)
    refused(visit)
    visit.page.reload()
    stopped(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("For now your letter stands under no case")).to_be_visible()
    visit.page.get_by_label("Write to the desk").fill("Please call me.")
    visit.page.get_by_role("button", name="Seal and send to the desk").click()
    expect(visit.page.locator("section[aria-labelledby=desk-head] .letter.mine")).to_be_visible(timeout=SLOW_MS)
    assert sent(visit)
