"""Sara's page has been open since the morning. Nora's key was suspended at noon; only the list says so."""

from playwright.sync_api import expect

from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, approve, not_approved, room
from tests.hostile_server.vouched import list_tag

CHECK = Check(
    "worker/directory.js",
    "(await directory({ reload: true })).state.checkFresh",
    "(await directory()).state.checkFresh",
)


def tell(liar: Liar) -> Device:
    sara, nora = liar.stage.introduced()
    fork = liar.fork()
    fork.without(list_tag(fork, "directory", liar.stage.carl.directory().state.version + 1))
    liar.sooner = ("worker/clock.js",)
    visit = liar.sit_down(sara, fork=fork, visit=liar.begin(watched=True))
    room(visit.page, "Letters")
    expect(visit.page.get_by_role("button", name="Approve Nora Lind", exact=True)).to_be_visible(timeout=SLOW_MS)
    liar.stage.carl.list_people(revoke=(nora.fp,))
    approve(visit.page, "Nora Lind")
    return visit


def asked_to_let_in(visit: Device) -> bool:
    return bool(visit.sent("/cases/rekey"))


def refused(visit: Device) -> None:
    expect(visit.page.locator(".notice.caution, .notice.stop").first).to_be_visible(timeout=SLOW_MS)
    not_approved(visit.page, "Nora Lind")
    assert not asked_to_let_in(visit)


def believed(visit: Device) -> None:
    """The key for Nora left this device: only an honest server stood in the way."""
    visit.until(lambda: asked_to_let_in(visit), timeout_s=20)


def test_who_was_suspended_meanwhile_is_not_let_in(liar: Liar) -> None:
    refused(tell(liar))
