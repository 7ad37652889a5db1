"""The server hands Cora, on a device that knows of nothing, a list that has run out. Her signature would put back who was suspended."""

from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import next_directory
from crypto.frame import frame, unframe
from demo.wire import b64
from tests.hostile_server.devices import Device
from tests.hostile_server.doors import answer
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS

CHECK = Check(
    "worker/listing.js",
    "return !notebook().pins.directory.unsure && nowS() - state.expires < OVER_S;",
    "return true;",
)


def tell(liar: Liar) -> Device:
    cora = liar.stage.coordinator("Cora Bell")
    state = cora.directory().state
    fields = unframe("directory", next_directory(state, [], (), (), state.issued))
    ended = frame("directory", {**fields, "expires": fields["issued"] + 1})
    signed = keys.sign_thing(ended, [(cora.fp, cora.identity.ed_seed)])

    def change(_asked: Any, told: Any) -> None:
        told["directories"].append(b64(signed))

    visit = liar.begin(watched=True)
    visit.door.tell("/people/publish", lambda _asked: answer({"error": "newer"}, 409))
    return liar.sit_down(cora, visit=visit, wire={"/people/directory": change}, path="/people")


def signed_by(visit: Device) -> int:
    return len(visit.sent("/people/publish"))


def refused(visit: Device) -> None:
    title = "Nothing was signed. This list waits for your eyes"
    expect(visit.page.get_by_role("heading", name=title)).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("an older list may have been handed to you")).to_be_visible()
    assert signed_by(visit) == 0


def believed(visit: Device) -> None:
    assert signed_by(visit) > 0


def test_a_coordinators_browser_signs_no_old_list_by_itself(liar: Liar) -> None:
    visit = tell(liar)
    refused(visit)
    visit.page.reload()  # seen twice is not known
    refused(visit)
