"""Sara writes. The server answers with a receipt that it gave for something else."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet, room, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/promise.js", "if (!right) throw", "if (false) throw")
WORDS = "I need you on Tuesday."


def goes_on(visit: Visit) -> None:
    room(visit.page, "Messages")
    visit.page.get_by_label("Write to them").fill(WORDS)
    visit.page.get_by_role("button", name="Seal and send", exact=True).click()


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()

    def change(_asked: Any, answer: Any) -> None:
        answer["receipt"] = sara.sent["receipts"]["record"]

    visit = liar.sit_down(sara, wire={"/cases/append": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_label("Write to them")).to_have_value(WORDS)  # nothing typed is lost


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_label("Write to them")).to_have_value("", timeout=SLOW_MS)
    quiet(visit.page)


test_nothing_is_called_sent_without_a_receipt_for_it = told_twice(CHECK, tell, refused, believed, goes_on)
