"""What Sara and her team write to each other: found nowhere, never lost, and hers to take along."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from crypto import keys
from crypto.__main__ import main
from tests.browser.test_case import SLOW_MS, head, press, room
from tests.support.browser import PHONE
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device
from tests.support.typed import typed
from tests.support.widths import sound, sound_at_both

pytestmark = one_database


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def test_a_word_of_sara_is_found_nowhere_stands_once_whatever_it_meets_and_their_copy_opens_offline_with_her_words_alone(
    stage: Stage, visit: Begin, tmp_path: Path
) -> None:
    sara, nora = stage.sara(words=True), stage.supporter("Nora Lind")
    stage.team(sara, nora)
    canary, unsent = new_canary("I slept"), new_canary("not yet")
    here = device(visit, stage, sara, PHONE, watched=True)
    page = here.page
    room(page, "Messages")
    expect(page.get_by_text("You, Nora Lind. Nobody else, not the coordinators.").first).to_be_visible()
    page.get_by_label("Write to them").fill(canary)
    press(page, "Seal and send")
    expect(page.locator(".letter.mine")).to_contain_text(canary, timeout=SLOW_MS)
    expect(page.get_by_label("Write to them")).to_have_value("")
    sound(page)
    assert nora.open(sara.case).records[-1]["payload"]["text"] == canary

    nora.say(sara.case, {"kind": "message", "text": "I am glad."})
    page.get_by_label("Write to them").fill("And you?")
    press(page, "Seal and send")
    expect(page.get_by_role("heading", name="Others wrote before you")).to_have_count(0)
    expect(page.get_by_text("I am glad.")).to_be_visible(timeout=SLOW_MS)

    room(page, "Your page")
    press(page, "Keep a copy")
    sound_at_both(page)
    press(page, "Make the file")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the file").click(timeout=SLOW_MS)
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert file.name == "copy.sealed"
    opened = typed(main, "open", file, given=f"{sara.words}\n")
    assert opened.returncode == 0, opened.stderr
    for told in (
        "In March I put it in writing.", canary, "I am glad.", "I was there once.", "by Nora Lind", "signatures: checked",
    ):  # fmt: skip
        assert told in opened.stdout
    wrong = typed(main, "open", file, given=f"{keys.new_words(7)}\n")
    assert wrong.returncode == 1
    assert "does not open" in wrong.stderr
    room(page, "Who opened it")
    expect(page.locator(".trail li").filter(has_text="You took a copy")).to_be_visible(timeout=SLOW_MS)

    assert not here.complaints()
    here.expect("409|ERR_|Failed to load|failed:")
    room(page, "Messages")
    met: list[int] = []

    def just_before(route: Any) -> None:
        if not met:
            met.append(1)
            nora.say(sara.case, {"kind": "message", "text": "I was first."})
        route.continue_()

    here.context.route("**/cases/append", just_before)
    page.get_by_label("Write to them").fill("I was second.")
    press(page, "Seal and send")
    expect(page.get_by_role("heading", name="Others wrote before you")).to_be_visible(timeout=SLOW_MS)
    texts = [record["payload"].get("text") for record in sara.open(sara.case).records[1:]]
    assert texts[-2:] == ["I was first.", "I was second."]

    lost: list[int] = []

    def swallow(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(1)
        route.fetch(max_retries=3)  # it reaches the server; the answer does not come back
        route.abort()

    here.context.unroute("**/cases/append")
    here.context.route("**/cases/append", swallow)
    page.get_by_label("Write to them").fill("Once.")
    press(page, "Seal and send")
    expect(page.get_by_role("heading", name="You are not connected")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_label("Write to them")).to_have_value("Once.")
    press(page, "Seal and send")
    expect(page.get_by_label("Write to them")).to_have_value("", timeout=SLOW_MS)
    texts = [record["payload"].get("text") for record in sara.open(sara.case).records]
    assert texts.count("Once.") == 1

    page.get_by_label("Write to them").fill(unsent)
    press(page, "Lock")
    head(page, "Come back with your words")
    expect(page.get_by_text("Locked, and nothing is lost")).to_be_visible()
    sara.sign_in()
    stage.sit_down(here, sara)
    room(page, "Messages")
    expect(page.get_by_label("Write to them")).to_have_value(unsent, timeout=SLOW_MS)
    search([canary, unsent], [*stage.server.places(), *here.places()])
