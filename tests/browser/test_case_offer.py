"""What a coordinator writes beside an offer reaches Sara, as that coordinator's words of that day."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.test_case import SLOW_MS, room, sound
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Stage, device

pytestmark = one_database


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_sara_reads_what_carl_wrote_beside_his_offer(
    server: Server, visit: Callable[..., Visit], viewport: object
) -> None:
    stage = Stage(server)
    sara, nora, tomas = stage.sara(), stage.supporter("Nora Lind"), stage.supporter("Tomas Vega")
    stage.introduce(sara, nora, tomas)
    stage.carl.offer(sara.case, nora.fp, tomas.fp, note="Both know hospitals well.\n\nTake the time you need.")
    page = device(visit, stage, sara, viewport).page
    room(page, "Letters")
    written = page.get_by_role("region", name="With their proposal the coordinators wrote")
    expect(written.get_by_text("Both know hospitals well.")).to_be_visible(timeout=SLOW_MS)
    expect(written.get_by_text("Carl Coordinator, coordinator")).to_be_visible()
    expect(written.get_by_role("listitem")).to_have_count(1)  # the offer without words is no empty letter
    expect(page.get_by_role("button", name="Approve Tomas Vega")).to_be_visible()
    sound(page)
