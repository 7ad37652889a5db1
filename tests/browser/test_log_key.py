"""The log's key changes while Sara's page is open, and she notices nothing; whoever checks all of it finds all well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crypto import checkpoint
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.rotation import at_server, new_key, offline, signed
from tests.support.server import Server
from tests.support.stage import Stage, device
from tests.support.tree import check_tree, wait_until_all_are_in

pytestmark = one_database  # what changes in the database: tests/unit/people/test_next_root_at_work.py, on both
SLOW_MS = 20_000
Begin = Callable[..., Visit]


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def proven(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)


def write(page: Page, words: str) -> None:
    page.locator("#rooms").get_by_role("button", name="Messages", exact=True).click()
    page.get_by_label("Write to them").fill(words)
    page.get_by_role("button", name="Seal and send", exact=True).click()
    expect(page.get_by_label("Write to them")).to_have_value("", timeout=SLOW_MS)
    expect(page.locator(".letter.mine").filter(has_text=words)).to_be_visible(timeout=SLOW_MS)


def well(visit: Visit) -> None:
    proven(visit)
    expect(visit.page.get_by_role("alert")).to_have_count(0)


def test_sara_goes_on_writing_over_a_change_of_the_logs_key(stage: Stage, visit: Begin, tmp_path: Path) -> None:
    server, database = stage.server, stage.server.database
    sara, nora = stage.together()
    here, hers = device(visit, stage, sara), device(visit, stage, nora, path="/supporter")
    proven(here)
    write(here.page, "Before the key changed.")
    well(here)
    state = ("--state", str(tmp_path / "olga.json"))
    wait_until_all_are_in(database)
    assert offline("verify-log", server.url, *state).returncode == 0

    old, new = stage.carl.facts["log_vkey"], new_key(server)
    file = signed(server, tmp_path / "away", stage.carl.root_code, "--log-vkey", new)
    taken = at_server(server, "take-root", file)
    assert taken.returncode == 0 and "Root 2 is in force." in taken.stdout, taken.stderr
    write(here.page, "And at once after it.")
    well(here)

    wait_until_all_are_in(database)
    check_tree(database)  # under the key that the newest root names
    write(here.page, "A little later.")
    well(here)
    here.page.reload()
    proven(here)
    expect(here.page.get_by_role("alert")).to_have_count(0)
    again = device(visit, stage, sara)  # a device that knows nothing but what is in her notes
    well(again)
    hers.page.reload()
    expect(hers.page.get_by_role("alert")).to_have_count(0)
    note = stage.carl.post("/log/proofs", leaves=[])["checkpoint"]
    name = note.split("\n")[0]
    assert [kid for _, kid, _ in checkpoint.split_note(note)[1]] == [
        checkpoint.key_id(name, checkpoint.read_vkey(new)["ed_pk"])
    ]
    assert server.instance.joinpath("log.key." + checkpoint.read_vkey(old)["key_id"].hex()).exists()
    wait_until_all_are_in(database)
    found = offline("verify-log", server.url, *state)
    assert found.returncode == 0 and "Roots: 2." in found.stdout and "All is well." in found.stdout, found.stdout
