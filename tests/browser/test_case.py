"""Sara's own page: what is on it, what she adds and takes away again, whom she writes to, and whom she takes out."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_check_number import number, shown
from tests.support.browser import PHONE
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device
from tests.support.widths import sound as sound
from tests.support.widths import sound_at_both

pytestmark = one_database

SLOW_MS = 20_000


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def room(page: Page, name: str) -> None:
    page.locator("#rooms").get_by_role("button", name=name, exact=True).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def head(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1, name=words)).to_be_visible(timeout=SLOW_MS)


def test_sara_sees_who_opened_it_and_adds_and_erases_and_no_view_of_it_is_in_the_history(
    stage: Stage, visit: Begin
) -> None:
    sara, nora = stage.together()
    omar = stage.supporter("Omar Haddad")
    stage.carl.invite(sara.case, omar.fp, summary="a colleague")
    omar.answer(sara.case, "yes")
    account = nora.open(sara.case).records[0]["hash"]
    nora.say(sara.case, {"kind": "read", "about": account.hex()})
    here = device(visit, stage, sara, PHONE, watched=True)
    page = here.page

    def back() -> None:
        press(page, "Back to your page")
        head(page, "Your page")

    head(page, "Your page")
    before = page.evaluate("history.length")
    page.get_by_text("Is this the same site as on your sheet?").click(timeout=SLOW_MS)
    shown(page, number(stage))
    sound_at_both(page)

    room(page, "Who opened it")  # the reader's word stands apart from the site's
    own = page.locator("section[aria-labelledby=own-head]")
    expect(own.locator("li")).to_have_count(1, timeout=SLOW_MS)
    expect(own.locator("li")).to_contain_text("Nora Lind read your account")
    site = page.locator("section[aria-labelledby=server-head]")
    expect(site.get_by_text("This is the site’s word")).to_be_visible()
    expect(site.locator("li").filter(has_text="Carl Coordinator opened your card")).to_be_visible()
    expect(site.locator("li").filter(has_text="Nora Lind opened it")).to_be_visible()
    expect(site.locator("li").filter(has_text="Someone whom the desk asked sent a letter about it")).to_have_count(1)
    sound_at_both(page)
    back()

    room(page, "What I sent")
    expect(page.get_by_text("In March I put it in writing.")).to_be_visible()
    expect(page.get_by_text("Friday, January 8")).to_be_visible()
    page.get_by_label("What you want to add").fill("It was April.")
    press(page, "Seal and add")
    added = page.locator("section.sheet").filter(has_text="It was April.")
    expect(added).to_be_visible(timeout=SLOW_MS)
    sound_at_both(page)
    added.get_by_role("button", name="Erase").click()
    expect(page.get_by_text("Whoever read it has read it.")).to_be_visible()
    press(page, "Erase it")
    expect(added).to_have_count(0, timeout=SLOW_MS)
    expect(page.get_by_text("To keep somebody out, also one you think of only now, tell them apart")).to_be_visible()
    press(page, "Name someone to keep out")
    expect(page.get_by_label("Write to the desk")).to_be_visible()
    expect(page.get_by_text("Erased. Whoever read it has read it.")).to_be_visible()
    assert [record["erased"] for record in nora.open(sara.case).records] == [False, False, True, False]
    back()

    for name in ("Letters", "Team"):
        room(page, name)
        back()
    assert page.evaluate("history.length") == before
    assert page.url == f"{stage.server.url}/case"
    assert set(here.record.titles[-1].split(" http")[:1]) == {"Your page · Alongside"}
