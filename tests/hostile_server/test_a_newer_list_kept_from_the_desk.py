"""Carl has Sara's card open, and is about to ask Nora. She is suspended meanwhile: the log has it, and Carl is shown the list before."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.at_the_card import asks_nora, invited
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.support.browser import Visit

CHECK = Check("worker/desk_letters.js", "  await mustFitTheLog();\n", "")


def tell(liar: Liar) -> Visit:
    lying: list[bool] = []

    def meanwhile(fp: bytes) -> None:
        liar.stage.carl.list_people(revoke=(fp,))
        liar.until_logged()
        lying.append(True)

    def change(_asked: Any, answer: Any) -> None:
        if lying:
            answer["directories"].pop()

    return asks_nora(liar, meanwhile, wire={"/people/directory": change}, vouched=False)


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_text("a newer list of people than the one")).to_be_visible(timeout=SLOW_MS)
    assert not invited(visit)


def believed(visit: Visit) -> None:
    visit.until(lambda: invited(visit), timeout_s=20)


def test_nobody_is_asked_under_an_older_list(liar: Liar) -> None:
    refused(tell(liar))
