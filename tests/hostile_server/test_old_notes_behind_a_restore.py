"""The site was really put back, and nothing that Sara saw is gone. The server hands out her notes from before, as if they had been."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import SLOW_MS, STOPPED
from tests.support.browser import Visit

CHECK = Check("worker/account_restored.js", "throw logTrouble('notes-hidden');", "return;")
ASKED = "The site was put back to how it was on"


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.seen()
    version, box = liar.rows("select version, box from notebooks where fp = :fp", fp=sara.fp)[0]
    nora.say(sara.case, {"kind": "message", "text": "Call me tonight."})
    visit = liar.sit_down(sara)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    liar.until_logged()
    other = PutBack(liar.stage.carl, liar.log_seed)
    liar.change("update notebooks set version = :v, box = :b where fp = :fp", v=version, b=box, fp=sara.fp)

    def share(_asked: Any, answer: Any) -> None:
        answer["log"] = 2

    wire = {**other.public(), "/sign-in/share": share}
    return liar.sit_down(sara, visit=visit, fork=other, wire=wire, wait=False)


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_role("alert")).to_contain_text(STOPPED, timeout=SLOW_MS)
    expect(visit.page.get_by_role("alert")).to_contain_text("The log holds a newer copy of your private notes")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("This did not open")


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name=ASKED).first).to_be_visible(timeout=SLOW_MS)


def test_what_a_restore_took_away_is_not_in_the_log(liar: Liar) -> None:
    refused(tell(liar))
