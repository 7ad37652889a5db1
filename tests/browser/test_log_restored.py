"""The site was put back from a backup, and roots declared it. A visitor checks both logs, and what they saved is told from what is gone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.test_log import give, open_log, save
from tests.browser.test_restore import declare, lose
from tests.support.backup import back_up
from tests.support.browser import DESKTOP, Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Stage
from tests.support.tree import check_tree, wait_until_all_are_in
from tests.support.unpacked import unpack
from tests.support.widths import sound
from tests.unit.auditor.conftest import verdict

pytestmark = [one_database, pytest.mark.slow]


@pytest.fixture
def stage(server: Server) -> Stage:
    server.expect_faults()  # a server that is behind says so in its log
    return Stage(server)


def keep(stage: Stage, olga: Visit) -> str:
    wait_until_all_are_in(stage.database)
    return save(open_log(olga), "Save today’s signature")


def test_both_logs_are_checked_and_what_is_gone_is_told(
    stage: Stage, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    sara, nora = stage.together()
    olga = visit(stage.server.url, DESKTOP)
    early = keep(stage, olga)
    backup, lines = back_up(stage.database), check_tree(stage.database)
    for n in range(5):
        nora.say(sara.case, {"kind": "message", "text": "Call me.", "at": n})
    late = keep(stage, olga)
    lose(stage, backup)
    declare(stage)
    wait_until_all_are_in(stage.database)

    page = open_log(olga)
    expect(page.get_by_text("The site was put back from a backup. Log 2 began.")).to_be_visible(timeout=SLOW_MS)
    button(page, "Check every line").click()
    expect(page.get_by_role("heading", name=f"{lines + 1} lines checked. All of them fit.")).to_be_visible(
        timeout=SLOW_MS
    )
    for line, label in (
        (1, ""),
        (lines, ""),
        (lines + 1, "The site was put back from a backup. Log 2 began."),
    ):  # as receipts count
        page.get_by_label("The line").fill(str(line))
        button(page, "Prove it").click()
        expect(page.get_by_role("heading", name=f"Line {line} is in the log")).to_be_visible(timeout=SLOW_MS)
        if label:
            expect(page.get_by_role("status").or_(page.locator("#app")).get_by_text(label).first).to_be_visible()
    page.get_by_label("The line").fill(str(lines + 2))
    button(page, "Prove it").click()
    expect(page.locator("#line-wrong")).to_contain_text("There is no line with this number.", timeout=SLOW_MS)
    button(page, "Older lines").click()
    expect(page.get_by_role("row").filter(has_text="The list of people, version 1")).to_have_count(1, timeout=SLOW_MS)
    give(page, early)
    expect(page.get_by_text(f"It had {lines} lines then. It has {lines + 1} now")).to_be_visible(timeout=SLOW_MS)
    sound(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the log").click()
    status, words = verdict(unpack(saved.value.path().read_bytes(), tmp_path / "log"))
    assert status == 0 and f"Log 1: {lines} leaves" in words and "Log 2: 1 leaves" in words, words

    give(page, late)
    expect(page.get_by_role("heading", name="The site was put back to how it was on")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("lines of the log that you had seen are gone.")).to_be_visible()
    sound(page)
