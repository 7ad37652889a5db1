"""The links at the head of a staff page: only the rooms whose role one holds."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from demo.people import Supporter
from tests.browser.test_case import SLOW_MS
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Stage, device
from tests.support.widths import sound_at_both

pytestmark = one_database
Begin = Callable[..., Visit]


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def rooms(page: Page, *names: str) -> None:
    """Wait until exactly these are there."""
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)
    expect(page.locator("#rooms").get_by_role("link")).to_have_text(list(names), timeout=SLOW_MS)


def test_whoever_is_put_into_the_list_sees_their_rooms_at_the_next_look_nora_no_desk_and_carl_no_cases(
    stage: Stage, visit: Begin
) -> None:
    nora = Supporter(stage.carl.wire.another(), "Nora Lind", now_s=stage.carl.now_s)
    nora.join(stage.carl.invite_staff("supporter"))
    theirs = device(visit, stage, nora, PHONE, "/people").page
    rooms(theirs, "People")
    stage.carl.certify(nora)
    theirs.get_by_role("button", name="Look again").click()
    rooms(theirs, "Letters", "Cases", "People")
    theirs.goto("/supporter")
    rooms(theirs, "Letters", "Cases", "People")
    sound_at_both(theirs)

    carls = device(visit, stage, stage.carl, PHONE, "/desk").page
    rooms(carls, "Waiting for us", "Questions", "People")
    sound_at_both(carls)


def test_when_the_list_cannot_be_had_no_room_is_kept_from_anyone(stage: Stage, visit: Begin) -> None:
    nora = stage.supporter("Nora Lind")
    here = visit(stage.server.url, DESKTOP)
    here.expect("ERR_|Failed to load|failed:")
    here.context.route("**/people/directory", lambda route: route.abort())
    page = stage.sit_down(here, nora, "/supporter")
    rooms(page, "Letters", "Cases", "Waiting for us", "Questions", "Research", "People", "The log")
