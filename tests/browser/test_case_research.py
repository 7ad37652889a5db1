"""Sara and research: what she gives, sees, takes back and gives again, and that nothing says it was she."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from crypto.rows_file import open_rows_file, read_rows_file
from crypto.words import words_secret
from demo import rows
from demo.people import Peer, Staff
from demo.releases import Steward
from tests.browser import intake
from tests.browser.cast import SLOW_MS, button, heading
from tests.browser.test_case import head, press
from tests.browser.test_case_agreed import choose
from tests.browser.test_check_number import number, shown
from tests.support.addresses import script
from tests.support.apart import Apart
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.hurry import NEW, Hurry
from tests.support.people import Cast
from tests.support.releases import folder
from tests.support.server import Server
from tests.support.stage import ACCOUNT, Begin, Stage
from tests.support.widths import sound

pytestmark = one_database
EMAIL = "stan@example.org"
SAVE = "/sign-in/notebook/save"
ONE_IS_A_BATCH = {"ALONGSIDE_ROWS_BATCH": "1"}
ANSWERS = {"name_use": "Sara", "degree": "md", "career_stage": "early", "state": "oh", "wi_type": ["disc", "retal"], "perp_role": {"skip": True}}  # fmt: skip
LATER: dict[str, Any] = {**ACCOUNT, "answers": ANSWERS, "consents": {"consent_service": "yes", "consent_research": "later", "consent_version": 1}}  # fmt: skip
YES = {**LATER, "consents": {**LATER["consents"], "consent_research": "yes"}}
OTHERS = """async ([row, words]) => {
  const { ask } = await import('ASK');
  await ask('research.sendRow', row);
  return (await ask('research.comment', words)).rows.length;
}""".replace("ASK", script("parts/ask.js"))


@pytest.fixture
def hurry(tmp_path: Path) -> Hurry:
    return Hurry(tmp_path)


@pytest.fixture
def server(make_server: Callable[..., Server], hurry: Hurry) -> Server:
    return make_server(settings=ONE_IS_A_BATCH, config=hurry.config)


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def steward(stage: Cast, name: str = "Stan Steward") -> Steward:
    return stage.staff(Steward, name, email=EMAIL)


def opened(stan: Staff) -> list[dict[str, Any]]:
    """What `open-rows` finds in the file that a steward takes home."""
    found, refused = open_rows_file(
        read_rows_file(rows.take_rows_home(stan)), words_secret(stan.words, stan.site, "staff", EMAIL)
    )
    assert not refused
    return found


def until_there(many: int, here: Visit, stan: Staff) -> None:
    """Until so many rows are there for the steward; looked for a few times a second, for every look costs the server."""
    end = time.monotonic() + 20
    while len(found := rows.fetch(stan)) != many:
        assert time.monotonic() < end, f"{len(found)} rows are there, and not {many}\n{here.seen()}"
        here.page.wait_for_timeout(200)


def proven(here: Visit) -> None:
    here.until("document.body.dataset.log === 'proven'", timeout_s=20)


def hurried(visit: Begin, stage: Stage, person: Peer, viewport: Any = DESKTOP, **options: Any) -> Visit:
    """A new device with this person at it, where nothing waits for long."""
    here = visit(stage.server.url, viewport, **NEW, **options)
    stage.sit_down(here, person)
    return here


def posts(visit: Visit, path: str) -> int:
    return sum(one.method == "POST" and one.url.endswith(path) for one in visit.record.requests)


def until_posted(visit: Visit, path: str, many: int) -> None:
    """Until this was asked for so many times."""
    visit.until(lambda: posts(visit, path) >= many, timeout_s=20)


def agreed(page: Page) -> None:
    press(page, "What you agreed to")
    head(page, "What you agreed to")


def test_sara_says_yes_sees_what_went_takes_it_back_and_gives_it_again(server: Server, visit: Begin) -> None:
    stage = intake.founded(server)
    stan = steward(stage)
    here = visit(server.url, PHONE, watched=True, **NEW)
    apart = Apart(here)
    sara = intake.begin(here, "Short way")
    intake.go_through(sara, urgent_deadline=["none"], contact_ok=["inapp"])
    intake.send(sara)
    page = sara.page
    expect(page.get_by_role("heading", name="You said yes to research")).to_be_visible()
    sound(page)
    until_there(1, here, stan)
    (row,) = opened(stan)
    assert (row["instrument"], row["wave"], row["answers"]["consent_version"]) == ("intake.v1", "intake", "1")
    assert (
        row["answers"]["wi_type___" + next(c for c in ("disc", "retal") if f"wi_type___{c}" in row["answers"])] in "01"
    )

    page.get_by_role("link", name="Go to your page").click()
    heading(page, "Your page")
    agreed(page)
    button(page, "See what goes, line by line").click()
    head(page, "What research gets from you")
    expect(page.get_by_text("Stan Steward, the research steward").first).to_be_visible()
    for part in page.locator("#app details summary").all():
        part.click()
    expect(page.locator("#app details").first).to_contain_text("Discrimination")
    sound(page)

    button(page, "Change what you agreed to").click()
    page.locator("#consent-research").get_by_label("No", exact=True).check()
    expect(page.get_by_text("What is already out can’t be called back.").last).to_be_visible()
    page.evaluate("scrollTo(0, 0)")  # or the bar that sticks covers half a choice
    sound(page)
    page.locator("#consent-research").get_by_role("button", name="Keep this choice").click()
    expect(page.locator("#consent-research")).to_contain_text("You said no on", timeout=SLOW_MS)
    until_there(0, here, stan)
    assert stage.count("sealed_rows") == stage.count("waiting_rows") == 0, "it is gone, and not marked as gone"
    button(page, "See what would go, line by line").click()
    expect(page.get_by_text("Nothing of yours goes to research.")).to_be_visible()
    expect(page.get_by_text("Where it stands")).to_have_count(0)

    button(page, "Change what you agreed to").click()
    choose(page, "research", "Yes, I agree")
    expect(page.locator("#consent-research")).to_contain_text("You agreed on", timeout=SLOW_MS)
    until_there(1, here, stan)
    (again,) = opened(stan)
    assert again["answers"] == row["answers"]
    assert again["thread"] != row["thread"], "who took everything back is somebody new"
    button(page, "See what goes, line by line").click()
    expect(page.get_by_text("Sent in")).to_be_visible(timeout=SLOW_MS)
    apart.assert_nobody()
    assert posts(here, "/research/withdraw") == 1
    sara.search([*server.places(), *here.places()])


def test_what_could_not_be_sent_goes_at_a_later_visit_stands_once_and_is_taken_back_when_she_leaves_at_once(
    server: Server, hurry: Hurry, visit: Begin
) -> None:
    stage = intake.founded(server)
    hurry.on(slack_ms=60_000)
    sara = intake.ready_to_send(server, lambda *where: visit(*where, watched=True, **NEW))
    here, page = sara.visit, sara.page
    page.get_by_text("Is this the right site?").click()  # beside the card, before anything is sent
    shown(page.locator("#review-site"), number(stage))
    sound(page)
    intake.send(sara)
    expect(page.get_by_role("heading", name="You said yes to research")).to_be_visible()
    expect(page.get_by_text("Nothing goes yet.")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Go to your page").click()
    heading(page, "Your page")
    proven(here)
    agreed(page)
    button(page, "See what goes, line by line").click()
    expect(page.get_by_text("Waits with you, until there is a research steward")).to_be_visible()
    assert posts(here, "/research/row") == 0, "there is nobody to seal it to"

    stan = steward(stage)
    hurry.on()  # the save of today that the row goes with is still to come, however slow all this was
    for _ in range(2):
        page.reload()
        proven(here)
        until_there(1, here, stan)
        page.wait_for_timeout(3000)
    assert posts(here, "/research/row") == 1, "what arrived is noted with the save that everybody's page makes"

    hurry.off()
    page.reload()
    proven(here)
    agreed(page)
    choose(page, "research", "Ask me later")
    expect(page.locator("#consent-research")).to_contain_text("ask me later", timeout=SLOW_MS)
    assert len(rows.fetch(stan)) == 1
    page.get_by_role("link", name="Leave this site").click()
    until_there(0, here, stan)


def test_sara_finds_on_her_own_device_how_many_look_like_her_and_rows_of_later_waves_and_comments_go_the_same_way(
    stage: Stage, visit: Begin
) -> None:
    stan, sara = steward(stage), stage.sara(YES)
    for product in ("microdata", "tables", "public"):
        stan.publish(folder(product))
    here = visit(stage.server.url, PHONE, watched=True, **NEW)
    apart = Apart(here)
    page = stage.sit_down(here, sara)
    until_there(1, here, stan)
    agreed(page)
    button(page, "See what goes, line by line").click()
    expect(page.get_by_text("Sent in")).to_be_visible(timeout=SLOW_MS)
    button(page, "See how many").click()
    published = page.locator("section[aria-labelledby=published-head]")
    told = published.get_by_text("26 people in it look like you.")  # it was there before she said yes
    expect(told).to_be_visible(timeout=SLOW_MS)
    expect(published).to_contain_text("Career stage: In practice, up to 5 years")
    expect(published).to_contain_text("Counts alone.")
    expect(published.locator("dt")).to_have_count(2)
    sound(page)
    asked = [one.body for one in here.record.requests if one.url.endswith("/research/public")]
    assert asked == [b"{}"], "all of them are asked for, whoever asks"

    said = new_canary("comment")
    wave = {"instrument": "followup.v1", "wave": "followup-3", "answers": {"f_wave": "3"}}
    until_posted(here, SAVE, 3)  # of the list of people, of the case, and the one that everybody's page makes
    page.wait_for_timeout(500)
    before = posts(here, SAVE)
    assert page.evaluate(OTHERS, [wave, {"wave": "outtake", "text": said}]) == 3
    page.wait_for_timeout(1500)
    assert posts(here, SAVE) == before, "they are noted with a save that happens anyway"
    assert len(rows.fetch(stan)) == 1, "and never go before they can be taken back"
    button(page.locator("#rooms"), "What I sent").click()
    page.get_by_label("What you want to add").fill("One thing more.")
    button(page, "Seal and add").click()
    until_there(3, here, stan)
    found = sorted(opened(stan), key=lambda one: (one["kind"], one["wave"]))
    assert [(one["kind"], one["wave"]) for one in found] == [("comment", "outtake"), ("row", "followup-3"), ("row", "intake")]  # fmt: skip
    assert found[1]["thread"] == found[2]["thread"]
    assert found[0]["text"] == said and "thread" not in found[0]
    assert (found[2]["answers"]["degree"], found[2]["answers"]["perp_role___chair"]) == ("md", "skip")
    agreed_no(page)
    until_there(0, here, stan)
    apart.assert_nobody()
    search([said, found[1]["thread"]], [*stage.server.places(), *here.places()])


def agreed_no(page: Page) -> None:
    button(page.locator("#rooms"), "Your page").click()
    agreed(page)
    choose(page, "research", "No")
    expect(page.locator("#consent-research")).to_contain_text("You said no on", timeout=SLOW_MS)


def test_a_no_in_a_tab_that_knew_of_no_row_takes_back_what_another_tab_gave(stage: Stage, visit: Begin) -> None:
    """Her phone lies open since before she said yes on her laptop. On the day itself neither asks her again."""
    stan, sara = steward(stage), stage.sara(LATER)
    phone, laptop = hurried(visit, stage, sara, PHONE), hurried(visit, stage, sara)
    for here in (phone, laptop):
        proven(here)
        here.page.wait_for_timeout(500)
        expect(here.page.locator("section[aria-labelledby=later-head]")).to_have_count(0)
        agreed(here.page)
    choose(laptop.page, "research", "Yes, I agree")
    until_there(1, laptop, stan)
    choose(phone.page, "research", "No")
    expect(phone.page.locator("#consent-research")).to_contain_text("You said no on", timeout=SLOW_MS)
    until_there(0, phone, stan)


def test_a_page_asks_for_the_same_whatever_was_chosen(stage: Stage, visit: Begin) -> None:
    """Sara said yes and Vera no: their browsers load the same, and save their notes as often and at the same length."""
    asked: list[set[str]] = []
    saved: list[list[int]] = []
    steward(stage)
    for account in (YES, {**LATER, "consents": {"consent_service": "yes", "consent_research": "no"}}):
        here = hurried(visit, stage, stage.sara(account), watched=True)
        proven(here)
        until_posted(here, SAVE, 3)
        until_posted(here, "/research/row", account is YES)
        here.page.wait_for_timeout(1500)
        asked.append({one.url for one in here.record.requests if "/static/" in one.url})
        saved.append([len(one.body) for one in here.record.requests if one.url.endswith(SAVE)])
        assert posts(here, "/research/row") == (account is YES)
    assert asked[0] == asked[1]
    assert saved[0] == saved[1] and len(saved[0]) > 1
    assert any(url.endswith("/instruments/intake.v1.json") for url in asked[0])
