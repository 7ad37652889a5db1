"""Tomas was suspended, and the server refused the key that Sara's browser made without him. Then Sara approves Uma: that key the
server takes, and it would be sealed to Tomas too."""

import json

from playwright.sync_api import expect

from demo.wire import unb64
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, approve, approved, room
from tests.hostile_server.test_somebody_gone_who_is_still_in import no

CHECK = Check(
    "worker/case_write.js", "nextRoster(state, await butTheGone(state, members))", "nextRoster(state, members)"
)


def tell(liar: Liar) -> Device:
    sara, _nora = liar.stage.together(tomas=True)
    uma, (tomas,) = liar.stage.supporter("Uma Reed"), [one for one in sara.offered() if one["name"] == "Tomas Vega"]
    liar.stage.introduce(sara, uma)
    liar.stage.carl.list_people(revoke=(unb64(tomas["fp"]),))
    visit = liar.begin(watched=True)
    visit.door.tell("/cases/rekey", no)
    liar.sit_down(sara, visit=visit)
    room(visit.page, "Letters")
    expect(visit.page.get_by_role("button", name="Approve Uma Reed", exact=True)).to_be_visible(timeout=SLOW_MS)
    visit.door.be_honest("/cases/rekey")
    before = len(keys_made(visit))
    approve(visit.page, "Uma Reed")
    visit.until(lambda: len(keys_made(visit)) > before, timeout_s=20)
    return visit


def keys_made(visit: Device) -> list[int]:
    """For how many people each key was sealed that left this device."""
    return [len(json.loads(body)["identities"]) for body in visit.sent("/cases/rekey")]


def refused(visit: Device) -> None:
    approved(visit.page, "Uma Reed")
    assert keys_made(visit)[-1] == 3, "Sara, Nora and Uma"


def believed(visit: Device) -> None:
    """It left this device: only an honest server would not have taken it."""
    assert keys_made(visit)[-1] == 4, "and Tomas"


def test_who_is_suspended_gets_no_key_with_somebody_else_s(liar: Liar) -> None:
    refused(tell(liar))
