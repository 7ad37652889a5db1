"""Cora suspends Vera. The server takes her list, and answers with a receipt that it gave for the list before."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import IS_SUSPENDED, SLOW_MS, suspend
from tests.support.browser import Visit

CHECK = Check(
    "worker/listing.js",
    "await promised(receipt, { type: 'directory', object: H(thing), actor: unhex(first), tag: siteTag('directory', version) });",
    "",
)


def tell(liar: Liar) -> Visit:
    vera = liar.stage.supporter(f"Vera {liar.nonce.hex()}")
    cora = liar.stage.coordinator("Cora Bell")
    before = cora.list_people()["receipt"]

    def change(_asked: Any, answer: Any) -> None:
        answer["receipt"] = before

    visit = liar.sit_down(cora, wire={"/people/publish": change}, path="/people")
    suspend(visit, vera.name)
    return visit


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_role("alert")).to_contain_text("the receipt is for something else", timeout=SLOW_MS)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name=IS_SUSPENDED)).to_be_visible(timeout=SLOW_MS)


def test_no_list_counts_as_changed_without_a_receipt_for_it(liar: Liar) -> None:
    refused(tell(liar))
