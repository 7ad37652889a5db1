"""Anybody opens the log: it is checked in their browser, one line is proven, and they come back with what they saved."""

import base64
import re
import tarfile
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from crypto import checkpoint, log
from crypto.frame import unframe
from crypto.receipt import note_keys
from demo.people import Staff
from tests.browser.cast import SLOW_MS, button
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import ACCOUNT, Begin, Stage, device
from tests.support.tree import wait_until_all_are_in, write_many
from tests.support.widths import sound, sound_at_both

pytestmark = one_database


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def open_log(visit: Visit) -> Page:
    page = visit.go("/log")
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)
    return page


def save(page: Page, link: str) -> str:
    with page.expect_download() as saved:
        page.get_by_role("link", name=link).click()
    return saved.value.path().read_text("utf-8")


def check_proof(text: str, stage: Stage) -> dict[str, Any]:
    """A C2SP tlog-proof, read by nothing of the page's: the leaf's fields, once they are proven."""
    proof, _, note = text.partition("\n\n")
    kind, extra, index, *path = proof.split("\n")
    assert (kind, extra[:6], index[:6]) == ("c2sp.org/tlog-proof@v1", "extra ", "index ")
    leaf = base64.b64decode(extra[6:])
    keys = note_keys(stage.carl.facts["log_vkey"], checkpoint.origin(stage.carl.site, 1))
    head = checkpoint.read_checkpoint(checkpoint.open_note(note, keys))
    hashes = [base64.b64decode(one) for one in path]
    log.verify_inclusion(log.leaf_hash(leaf), int(index[6:]), head["size"], hashes, head["root"])
    return unframe("leaf", leaf)


def test_a_visitor_is_told_that_nothing_is_set_up_then_checks_every_line_proves_one_and_comes_back_with_what_was_saved(
    server: Server, visit: Begin
) -> None:
    olga = visit(server.url, PHONE, watched=True)
    page = open_log(olga)
    expect(page.get_by_text("This site has not been set up yet.")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("link", name="Save the log")).to_be_visible()
    sound(page)

    canary, stage = new_canary("what happened"), Stage(server)
    stage.sara({**ACCOUNT, "answers": {"narrative": canary}})
    wait_until_all_are_in(stage.database)
    page = open_log(olga)
    expect(page.get_by_role("row").filter(has_text="The list of people, version 1")).to_have_count(1)
    expect(page.get_by_text("Nobody outside this site watches its log yet.")).to_be_visible()
    sound_at_both(page)
    button(page, "Check every line").click()
    expect(page.get_by_role("heading", name=re.compile(r"^\d+ lines checked. All of them fit.$"))).to_be_visible(
        timeout=SLOW_MS
    )
    size = int(page.get_by_role("heading", name="lines checked").inner_text().split()[0])
    page.get_by_label("The line").fill("9999")
    button(page, "Prove it").click()
    expect(page.locator("#line-wrong")).to_contain_text("There is no line with this number.", timeout=SLOW_MS)
    page.get_by_label("The line").fill(str(size))
    button(page, "Prove it").click()
    expect(page.get_by_role("heading", name=f"Line {size} is in the log")).to_be_visible(timeout=SLOW_MS)
    page.get_by_text("For someone who knows this field").click()
    sound_at_both(page)
    assert len(check_proof(save(page, "Save this proof"), stage)["tag"]) == 32
    note = save(page, "Save today’s signature")
    assert checkpoint.read_checkpoint(note)["size"] == size
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the log").click()
    with tarfile.open(saved.value.path()) as tar:
        assert {"public.json", "log/1/checkpoint"} < set(tar.getnames())

    write_many(stage.server, 60)
    wait_until_all_are_in(stage.database)
    page = open_log(olga)
    before = page.get_by_role("row").count()
    button(page, "Older lines").click()
    expect(page.get_by_role("row")).to_have_count(before + 10, timeout=SLOW_MS)
    give(page, note.replace("\n1", "\n2", 1) if "\n1" in note else note + "x")
    expect(page.locator("#note-wrong")).to_contain_text("was changed since", timeout=SLOW_MS)
    give(page, note)
    expect(page.get_by_text(f"It had {size} lines then. It has {size + 60} now")).to_be_visible(timeout=SLOW_MS)
    sound_at_both(page)
    asked = [one for one in olga.record.requests if "/log/" in one.url]
    assert asked and not any("cookie" in one.headers for one in asked)
    search([canary], olga.places())


def give(page: Page, note: str) -> None:
    file = {"name": "log.txt", "mimeType": "text/plain", "buffer": note.encode()}
    page.get_by_label("A signature that you saved before").set_input_files([file])  # type: ignore[list-item]


def test_whoever_audits_sees_how_many_of_each_thing_were_done_in_a_month(stage: Stage, visit: Begin) -> None:
    olga = Staff(stage.wire.another(), "Olga", now_s=stage.clock.now_s)
    olga.roles = "auditor"
    olga.join(stage.carl.invite_staff("auditor"))
    stage.carl.certify(olga)
    nora = stage.supporter("Nora Lind")
    stage.sara()
    page = device(visit, stage, nora, DESKTOP, "/log").page
    expect(page.get_by_role("heading", name="How it stands")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("What was done, by month")).to_have_count(0)
    here = device(visit, stage, olga, PHONE, "/log")
    page = here.page
    expect(page.get_by_text("No month is over yet.")).to_be_visible(timeout=SLOW_MS)
    sound(page)
    stage.clock.move(days=32)
    sign_in_again(olga)
    stage.sit_down(here, olga, "/log")
    button(page, "Yes, it is").click(timeout=SLOW_MS)  # her device is not a month ahead
    counted = page.get_by_role("table", name="What was done in")
    expect(counted.get_by_role("row").filter(has_text="Sealed records added to cases")).to_contain_text(
        "1", timeout=SLOW_MS
    )
    sound(page)
    button(page, "Check every line").click()
    expect(page.get_by_text("All of them fit.")).to_be_visible(timeout=SLOW_MS)


def sign_in_again(person: Staff) -> None:
    person.send("/sign-in", b"{}", "application/json", {"Authorization": person.authorize(bytes(32))})
