"""Who was on Sara's team and is not now: told as that, never as somebody new who wrote to her."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_case import SLOW_MS, press, room, sound
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Stage, device

pytestmark = one_database
Begin = Callable[..., Visit]


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_whom_sara_removed_has_not_written_to_her_anew_and_can_come_back(
    stage: Stage, visit: Begin, viewport: Any
) -> None:
    sara, nora = stage.together()
    tomas = stage.supporter("Tomas Vega")
    stage.introduce(sara, tomas)
    page = device(visit, stage, sara, viewport).page
    expect(page.get_by_role("heading", name="Someone wrote to you")).to_be_visible(timeout=SLOW_MS)
    sara.open(sara.case).remove(nora.fp)
    page.reload()
    expect(page.get_by_role("heading", name="Someone wrote to you")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("heading", name="2 people wrote to you")).to_have_count(0)

    room(page, "Letters")
    were = page.get_by_role("region", name="They were on your team")
    expect(were.get_by_text("Nora Lind was on your team until")).to_contain_text("when you removed them")
    expect(page.get_by_role("region", name="They would like to be on your team").locator("li.person")).to_have_count(1)
    expect(were.get_by_role("button", name="No, thank you")).to_have_count(0)
    sound(page)

    press(page, "Approve Nora Lind again")
    expect(page.get_by_text("What was read by then can’t be unread.")).to_be_visible()
    assert nora.fp not in [one["fp"] for one in sara.open(sara.case).chain.members], "it asks once more"
    press(page, "Yes, approve Nora Lind")
    expect(page.get_by_text("You approved Nora Lind on")).to_be_visible(timeout=SLOW_MS)
    expect(were).to_have_count(0)
    assert nora.fp in [one["fp"] for one in sara.open(sara.case).chain.members]


def test_whoever_is_off_the_list_was_not_removed_by_sara_and_cannot_be_let_in(stage: Stage, visit: Begin) -> None:
    sara, nora = stage.together()
    stage.carl.list_people(revoke=(nora.fp,))
    page = device(visit, stage, sara).page
    expect(page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("heading", name="Someone wrote to you")).to_have_count(0)
    room(page, "Letters")
    expect(page.get_by_text("was on your team until")).not_to_contain_text("removed")
    expect(page.get_by_text("is no longer in the list")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    sound(page)
