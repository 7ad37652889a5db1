"""Tomas is suspended, and the server keeps the key in use back, so that the next one is made without a way back to what was written."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from demo.client import Person
from demo.people import Peer
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet, room
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_write.js",
    "if (!keys.has(chain.epoch) && !(cutsOff && owner)) throw owner ? newKeyFirst() : noKey();",
    "",
)


def kept_back(epoch: int) -> dict[str, Callable[[Any, Any], None]]:
    def change(_asked: Any, answer: Any) -> None:
        answer["grants"] = [one for one in answer["grants"] if one["epoch"] != epoch]

    return {"/cases/open": change}


def scene(liar: Liar) -> tuple[Peer, Person]:
    sara, nora, tomas, _uma = liar.team()
    case = sara.open(sara.case)
    case.hand_in(case.make_rekey(case.members()))
    liar.stage.carl.list_people(revoke=(tomas.fp,))
    return sara, nora


def tell(liar: Liar) -> Visit:
    return liar.sit_down(scene(liar)[0], wire=kept_back(3))


def closed_part(page: Page) -> None:
    expect(page.get_by_text("The newest part does not open here")).to_be_visible(timeout=SLOW_MS)


def refused(visit: Visit) -> None:
    closed_part(visit.page)
    expect(visit.page.get_by_text("A new key does not lead back")).to_be_visible()
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Without one now")).to_have_count(0)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Without one now")).to_be_visible()


def test_sara_makes_such_a_key_only_after_she_was_told(liar: Liar) -> None:
    visit = tell(liar)
    refused(visit)
    visit.page.get_by_role("button", name="Make a new key", exact=True).click()
    visit.page.get_by_role("button", name="Yes, make a new key that does not lead back").click()
    expect(visit.page.get_by_text("Without one now")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_label("Write to them")).to_be_visible()


def test_nora_never_makes_one(liar: Liar) -> None:
    sara, nora = scene(liar)
    page = liar.sit_down(nora, wire=kept_back(3)).page
    page.get_by_role("button", name="Open it").click()
    closed_part(page)
    expect(page.get_by_role("button", name="Make a new key")).to_have_count(0)
    assert sara.open(sara.case).chain.epoch == 3
