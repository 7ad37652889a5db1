"""The site was put back, and Carl's notes with it. He says "Not now". The list of people is news to these notes: that is no yes either."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import SLOW_MS

CHECK = Check("worker/notebook.js", "  if (older) throw older;\n", "")


def at_the_desk(liar: Liar) -> Device:
    """Carl, who has Sara's card and was just there."""
    sara = liar.stage.sara()
    liar.stage.supporter("Nora Lind")
    liar.stage.carl.claim(sara.case)
    visit = liar.sit_down(liar.stage.carl, visit=liar.begin(watched=True), path="/desk")
    expect(visit.page.get_by_role("button", name="Open the card")).to_be_visible(timeout=SLOW_MS)
    liar.until_logged()
    return visit


def not_now(liar: Liar, visit: Device, other: PutBack) -> None:
    """He comes back after the restore, is asked, and goes on without an answer."""

    def share(_asked: Any, answer: Any) -> None:
        answer["log"] = 2

    visit.door.sent.clear()
    wire = {**other.public(), "/sign-in/share": share}
    page = liar.sit_down(liar.stage.carl, visit=visit, fork=other, wire=wire, wait=False, path="/desk").page
    page.get_by_role("dialog").get_by_role("button", name="Not now").click(timeout=SLOW_MS)


def tell(liar: Liar) -> Device:
    carl = liar.stage.carl
    version, box = liar.rows("select version, box from notebooks where fp = :fp", fp=carl.fp)[0]
    before = len(liar.fork().add().lines)
    visit = at_the_desk(liar)
    other = PutBack(carl, liar.log_seed)
    gone = PutBack(carl, liar.log_seed, gone=other.shown - before)
    liar.change("update notebooks set version = :v, box = :b where fp = :fp", v=version, b=box, fp=carl.fp)
    not_now(liar, visit, gone)
    return visit


def saved(visit: Device) -> bool:
    return bool(visit.sent("/sign-in/notebook/save"))


def refused(visit: Device) -> None:
    expect(visit.page.get_by_text("The site was put back to an earlier copy").first).to_be_visible(timeout=SLOW_MS)
    assert not saved(visit)


def believed(visit: Device) -> None:
    visit.until(lambda: saved(visit), timeout_s=20)


def test_nothing_is_saved_on_top_of_them(liar: Liar) -> None:
    refused(tell(liar))
