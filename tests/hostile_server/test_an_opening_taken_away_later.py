"""Sara's page opened well. When she asks who opened her case, the server has left one opening out."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet, room, stopped
from tests.support.browser import Visit

CHECK = Check("pages/case.js", "    page.seen = page.openings.view;\n", "")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    nora.open(sara.case)
    lying: list[bool] = []

    def change(_asked: Any, answer: Any) -> None:
        if lying and "acts" in answer:
            answer["acts"] = [act for act in answer["acts"] if act["n"] != 1]

    visit = liar.sit_down(sara, wire={"/cases/open": change})
    quiet(visit.page)
    lying.append(True)
    room(visit.page, "Who opened it")
    expect(visit.page.get_by_role("heading", name="What the site noted")).to_be_visible(timeout=SLOW_MS)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_text("fit the log")).to_have_count(0)


def believed(visit: Visit) -> None:
    quiet(visit.page)


def test_the_page_does_not_vouch_for_what_no_longer_fits(liar: Liar) -> None:
    refused(tell(liar))
