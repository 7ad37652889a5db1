"""A backup is put back under people who have seen more. Declared, they are told what is gone and asked; unsaid, their pages stop."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crypto import checkpoint, keys
from crypto.__main__ import main
from demo.people import Peer, Supporter
from tests.browser.cast import SLOW_MS, button
from tests.support.backup import Backup, back_up, put_back
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Stage, device
from tests.support.tree import check_tree, wait_until_all_are_in
from tests.support.typed import typed

pytestmark = [one_database, pytest.mark.slow]
LOST = "Call me tonight."
PROVEN = "document.body.dataset.log === 'proven'"


@pytest.fixture
def stage(server: Server) -> Stage:
    server.expect_faults()  # a server that is behind says so in its log
    return Stage(server)


def lose(stage: Stage, backup: Backup) -> None:
    """The machine is lost, and the backup put back."""
    wait_until_all_are_in(stage.database)
    stage.server.stop()
    put_back(stage.database, backup)
    stage.server.start()


def declare(stage: Stage) -> None:
    """What docs/restore.md says, with a root sheet at hand."""
    server = stage.server
    assert "The next log will be number 2." in server.run("restore")
    file = server.instance / "restore.alongside"
    done = typed(main, "sign", file, given=f"yes\n{keys.root_sheet_text(stage.carl.root_code)}\n")
    assert done.returncode == 0, done.stderr
    assert "the site put back from a backup" in done.stdout
    assert "Log 2 has begun" in server.run("restored", f"{file}.signed")


def at_her_page(stage: Stage, visit: Callable[..., Visit]) -> tuple[Peer, Supporter, Visit]:
    """Sara and Nora, and Sara's tab, proven."""
    sara, nora = stage.together()
    wait_until_all_are_in(stage.database)
    here = device(visit, stage, sara)
    here.until(PROVEN, timeout_s=30)
    wait_until_all_are_in(stage.database)
    return sara, nora, here


def sees(here: Visit, words: str) -> None:
    here.page.reload()
    here.until(PROVEN, timeout_s=30)
    room(here.page, "Messages")
    expect(here.page.get_by_text(words)).to_be_visible(timeout=SLOW_MS)


def room(page: Page, name: str) -> None:
    page.locator("#rooms").get_by_role("button", name=name, exact=True).click()


def test_whoever_saw_what_is_gone_is_told_and_asked_once_and_goes_on(stage: Stage, visit: Callable[..., Visit]) -> None:
    sara, nora, here = at_her_page(stage, visit)
    backup = back_up(stage.database)
    before = check_tree(stage.database)
    nora.say(sara.case, {"kind": "message", "text": LOST, "at": 0})
    sees(here, LOST)
    lose(stage, backup)
    declare(stage)
    wait_until_all_are_in(stage.database)
    page = here.page

    room(page, "Who opened it")  # in the page that stayed open: what was read stays readable
    expect(page.get_by_role("heading", name="The site was put back to how it was on")).to_be_visible(timeout=SLOW_MS)
    room(page, "Messages")
    expect(page.get_by_text(LOST)).to_be_visible()
    expect(page.get_by_label("Write to them")).to_have_count(0)

    page.reload()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="The site was put back to how it was on")).to_be_visible(timeout=SLOW_MS)
    expect(dialog).to_contain_text("of the log that you had seen")
    with page.expect_download() as saved:
        dialog.get_by_role("link", name="Save the evidence file").click()
    assert '"put-back"' in saved.value.path().read_text()
    button(dialog, "Not now").click()
    room(page, "Messages")
    expect(page.get_by_label("Write to them")).to_have_count(0)

    page.reload()
    with page.expect_navigation():
        button(page.get_by_role("dialog"), "Go on from there").click()
    here.until(PROVEN, timeout_s=30)
    room(page, "Messages")
    expect(page.get_by_text(LOST)).to_have_count(0)
    page.get_by_label("Write to them").fill("Are you there?")
    button(page, "Seal and send").click()
    expect(page.get_by_text("Are you there?")).to_be_visible(timeout=SLOW_MS)
    wait_until_all_are_in(stage.database)
    sees(here, "Are you there?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    room(page, "Who opened it")
    expect(page.get_by_text("fit the log")).to_be_visible(timeout=SLOW_MS)
    assert check_tree(stage.database, 1) == before and check_tree(stage.database, 2) > 1


def test_unsaid_it_ends_in_the_evidence_page(stage: Stage, visit: Callable[..., Visit]) -> None:
    sara, nora, here = at_her_page(stage, visit)
    backup = back_up(stage.database)
    nora.say(sara.case, {"kind": "message", "text": LOST, "at": 0})
    sees(here, LOST)
    lose(stage, backup)
    page = here.page
    room(page, "Who opened it")
    expect(page.get_by_role("alert")).to_contain_text("shorter than it was when you were here before", timeout=SLOW_MS)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the evidence file").click()
    notes = json.loads(saved.value.path().read_text())["checkpoints"]
    pinned, shown = (checkpoint.read_checkpoint(checkpoint.split_note(notes[one])[0]) for one in ("pinned", "shown"))
    assert pinned["origin"] == shown["origin"] and pinned["size"] > shown["size"]
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("an older copy of your private notes", timeout=SLOW_MS)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the evidence file").click()
    told = json.loads(saved.value.path().read_text())
    assert told["refused"]["facts"]["version"] < told["refused"]["facts"]["seen"]
    assert told["refused"]["facts"]["size"] > checkpoint.read_checkpoint(told["checkpoints"]["shown"])["size"]
    assert "run: .venv/bin/python -m app.cli restore" in stage.server.log_text()
