"""The site was really put back, and Sara is asked whether to go on with the notes that she is shown. While she reads that, the server
lays older ones under her yes."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import SLOW_MS

CHECK = Check("worker/account_restored.js", "if (isOpen(version, unb64u(box))) return", "return")


def tell(liar: Liar) -> Device:
    sara, nora = liar.stage.seen()
    version, box = liar.rows("select version, box from notebooks where fp = :fp", fp=sara.fp)[0]
    nora.say(sara.case, {"kind": "message", "text": "Call me tonight."})
    visit = liar.sit_down(sara, visit=liar.begin(watched=True))
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    liar.until_logged()
    other = PutBack(liar.stage.carl, liar.log_seed, gone=6)
    visit.door.sent.clear()

    def share(_asked: Any, answer: Any) -> None:
        answer["log"] = 2

    def notes(_asked: Any, answer: Any) -> None:
        answer.update(version=version, box=b64(bytes(box)))

    wire = {**other.public(), "/sign-in/share": share, "/sign-in/notebook": notes}
    page = liar.sit_down(sara, visit=visit, fork=other, wire=wire, wait=False).page
    button = page.get_by_role("dialog").get_by_role("button", name="Go on from there")
    with page.expect_navigation(timeout=SLOW_MS):
        button.click(timeout=SLOW_MS)
    return visit


def saved(visit: Device) -> bool:
    return bool(visit.sent("/sign-in/notebook/save"))


def refused(visit: Device) -> None:
    asked_anew = visit.page.get_by_role("dialog").get_by_role("button", name="Go on from there")
    expect(asked_anew).to_be_visible(timeout=SLOW_MS)
    assert not saved(visit)


def believed(visit: Device) -> None:
    assert saved(visit)


def test_a_yes_is_to_the_notes_that_she_was_asked_about(liar: Liar) -> None:
    refused(tell(liar))
