"""Sara has seen her page. The server now lists no case of hers, so that she would write it all once more, for whom it likes."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, stopped
from tests.support.browser import Visit

CHECK = Check("worker/case_load.js", "  checkOwnIsListed(found);\n", "")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()

    def change(_asked: Any, answer: Any) -> None:
        answer["cases"] = []

    return liar.sit_down(sara, wire={"/cases/mine": change}, wait=False)


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_text("You do not need to send anything again")).to_be_visible()
    assert visit.page.url.endswith("/case")


def believed(visit: Visit) -> None:
    visit.page.wait_for_url("**/intake", timeout=SLOW_MS)


def test_sara_is_not_sent_to_write_it_all_again(liar: Liar) -> None:
    refused(tell(liar))
