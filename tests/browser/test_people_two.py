"""Two coordinators must each hear the words. What one of them signed is joined by the other, and never lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from demo.people import Coordinator, Supporter
from demo.wire import b64
from tests.browser.cast import SLOW_MS, button, waiting_card
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE
from tests.support.databases import one_database
from tests.support.layout import assert_fits
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device

pytestmark = one_database


@pytest.fixture
def stage(server: Server) -> Stage:
    """Two must agree. Nora, Tomas and Uma have joined and wait for their calls."""
    stage = Stage(server, coordinators=2)
    for name in ("Nora Lind", "Tomas Vega", "Uma Reed"):
        one = Supporter(stage.carl.wire.another(), name, now_s=stage.carl.now_s)
        one.join(stage.carl.invite_staff("supporter"))
    return stage


def two(stage: Stage, visit: Begin) -> tuple[Page, Page, Coordinator]:
    """Carl and Cora at their pages of people; their notes have seen the list before."""
    cora = stage.coordinator("Cora Vale")
    for one in (stage.carl, cora):
        state = one.directory().state
        seen = {"directory": {"version": state.version, "hash": b64(state.hash)}}
        one.notebook["pins"] = {**seen, "root": {"version": 1, "hash": b64(stage.carl.site)}, "people": {}, "cases": {}}
        one.save_notebook()
    carls = device(visit, stage, stage.carl, DESKTOP, "/people").page
    return carls, device(visit, stage, cora, PHONE, "/people").page, cora


def says(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible(timeout=SLOW_MS)


def match(page: Page, name: str, said: str | re.Pattern[str]) -> None:
    """The words of this person match."""
    button(waiting_card(page, name), "They match").click()
    says(page, said)


def both(words: str, *names: str) -> re.Pattern[str]:
    """These two, in whichever order their keys come."""
    one, two = names
    return re.compile(words.replace("@", f"({one}, {two}|{two}, {one})"))


def listed(stage: Stage) -> set[str]:
    return {one["name"] for one in stage.carl.directory().holders("supporter")}


def test_two_coordinators_let_three_people_in_whomever_they_call_first(stage: Stage, visit: Begin) -> None:
    carls, coras, _cora = two(stage, visit)
    match(carls, "Nora Lind", "You have signed for Nora Lind.")
    match(carls, "Tomas Vega", "You have signed for Tomas Vega.")
    match(coras, "Uma Reed", "Kept: the words of Uma Reed match.")
    says(coras, both("Carl Coordinator has signed for @", "Nora Lind", "Tomas Vega"))
    assert_accessible(coras)
    assert_fits(coras)
    match(coras, "Nora Lind", "Kept: the words of Nora Lind match.")
    expect(waiting_card(coras, "Nora Lind")).to_contain_text("Words compared by you")
    assert listed(stage) == set(), "Cora has not heard Tomas, and signs for nobody whom she has not heard"
    match(coras, "Tomas Vega", both("@ are in the list.", "Nora Lind", "Tomas Vega"))
    says(coras, "Waiting for a second coordinator")
    match(carls, "Uma Reed", "Uma Reed is in the list.")
    assert listed(stage) == {"Nora Lind", "Tomas Vega", "Uma Reed"}


def test_one_who_cannot_be_reached_keeps_nobody_out_and_a_list_renewed_meanwhile_takes_no_signature_away(
    stage: Stage, visit: Begin
) -> None:
    carls, coras, cora = two(stage, visit)
    match(carls, "Nora Lind", "You have signed for Nora Lind.")
    match(carls, "Tomas Vega", "You have signed for Tomas Vega.")
    match(coras, "Nora Lind", "Kept: the words of Nora Lind match.")
    button(coras, "Sign only for those I compared").click()
    says(coras, "You have signed for Nora Lind.")
    assert_accessible(coras)
    carls.reload()  # he has heard Nora before: nothing is left to ask him
    says(carls, "Nora Lind is in the list.")
    says(carls, "Waiting for a second coordinator")
    match(coras, "Tomas Vega", "Tomas Vega is in the list.")
    assert listed(stage) == {"Nora Lind", "Tomas Vega"}

    match(carls, "Uma Reed", "You have signed for Uma Reed.")
    cora.list_people()
    carls.reload()
    says(carls, "Waiting for a second coordinator")
    match(coras, "Uma Reed", "Uma Reed is in the list.")
