"""Cora suspends Vera. The server gives a right receipt, puts her list aside, and goes on showing the one before."""

from playwright.sync_api import expect

from crypto import log
from crypto.frame import H, frame, unframe
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.doors import Answer, Asked, answer
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import IS_SUSPENDED, SLOW_MS, suspend
from tests.support.browser import Visit

CHECK = Check("worker/listing.js", "await pinDirectory(version, H(thing));", "")


def tell(liar: Liar) -> Visit:
    vera = liar.stage.supporter(f"Vera {liar.nonce.hex()}")
    cora = liar.stage.coordinator("Cora Bell")

    def put_aside(asked: Asked) -> Answer:
        thing, sigs = read_signed(unb64(asked.fields()["directory"]))
        version = unframe("directory", thing)["version"]
        tag = log.lane_tag(log.site_lane_key(liar.site, "directory"), "directory", version)
        told = liar.event("directory", tag=tag, case=bytes(16), actor=next(iter(sigs)), digest=H(thing), logged=False)
        receipt = {name: unb64(told[name]) for name in ("salt", "event", "tag")}
        promise = {"index": 0, "proof": [], "checkpoint": told["promise"]}
        return answer({"receipt": b64(frame("receipt", {**receipt, **promise}))})

    visit = liar.begin()
    visit.door.tell("/people/publish", put_aside)
    liar.sit_down(cora, visit=visit, path="/people")
    suspend(visit, vera.name)
    return visit


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_role("alert")).to_contain_text("older than the one you saw before", timeout=SLOW_MS)


def believed(visit: Visit) -> None:
    """Cora is told that Vera is out. She is not."""
    expect(visit.page.get_by_role("heading", name=IS_SUSPENDED)).to_be_visible(timeout=SLOW_MS)


def test_a_list_that_is_not_shown_afterwards_was_not_changed(liar: Liar) -> None:
    refused(tell(liar))
