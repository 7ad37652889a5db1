"""What Sara sees when the site was put back from a backup: said in a page that stayed open, asked in one that is opened anew."""

from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.test_restore import LOST, PROVEN, declare, lose
from tests.shots.studio import Studio, a_server
from tests.support.backup import back_up
from tests.support.stage import Stage
from tests.support.tree import wait_until_all_are_in


def restored(studio: Studio) -> None:
    server = studio.stack.enter_context(a_server())
    stage = Stage(server)
    with studio.visit(server, complains="") as visit:
        sara, nora = stage.together()
        wait_until_all_are_in(stage.database)
        backup = back_up(stage.database)
        nora.say(sara.case, {"kind": "message", "text": LOST, "at": 0})
        page = stage.sit_down(visit, sara)
        visit.until(PROVEN, timeout_s=30)
        lose(stage, backup)
        declare(stage)
        wait_until_all_are_in(stage.database)
        page.locator("#rooms").get_by_role("button", name="Who opened it", exact=True).click()
        expect(page.get_by_role("heading", name="The site was put back")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "restored-open")
        page.reload()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("heading", name="The site was put back")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "restored-asked")
        button(dialog, "Not now").click()
        studio.take(page, "restored-not-now")
