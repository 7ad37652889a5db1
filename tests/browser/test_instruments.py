"""What is asked: Carl looks at a questionnaire as peers are asked it, and uploads the next version of it."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import FilePayload, Page, expect

from instruments.dictionary import read_dictionary
from instruments.editions import CONSENTS, load
from tests.browser.cast import button
from tests.browser.test_case import SLOW_MS, sound
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.editions import SECOND, edited, line_of
from tests.support.server import Server
from tests.support.stage import Stage, device
from tests.support.widths import sound_at_both

pytestmark = one_database
Begin = Callable[..., Visit]


def spoil(lines: list[dict[str, str]]) -> None:
    line_of(lines, "name_use")["Field Type"] = "txt"
    line_of(lines, "deadline_date")["Branching Logic (Show field only if...)"] = "[urgent_deadline(hearing)]='1' or"


SPOILT = edited(spoil)
PUBLIC = (
    '"Variable / Field Name","Form Name","Field Units","Section Header","Field Type","Field Label",'
    '"Choices OR Calculations","Field Note","Text Validation Type","Text Validation Min","Text Validation Max",'
    'Identifier?,"Branching Logic (Show field only if...)","Required Field?"\n'
    'study_id,demographics,,,text,"Study ID",,,,,,,,\n'
    'weight,demographics,kg,"<b>Body</b>",text,"<div>Weight</div>",,,number,1,300,,,y\n'
    'pain,demographics,,,slider,"Pain today","none | some | the worst",,,,,,,\n'
)


def choose(page: Page, dictionary: bytes) -> None:
    file: FilePayload = {"name": "next.csv", "mimeType": "text/csv", "buffer": dictionary}
    page.locator("#dictionary").set_input_files(file)
    button(page, "Look at the file").click()


def question(page: Page) -> Any:
    return page.locator("#preview")


def test_carl_uploads_the_next_intake_and_it_is_asked_from_the_next_start_on(server: Server, visit: Begin) -> None:
    stage = Stage(server)
    here = device(visit, stage, stage.carl, PHONE, "/instruments", watched=True)
    page, typed = here.page, new_canary("name")
    expect(page.get_by_role("heading", name="Intake, version 1")).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("tr", has_text="intake.v1").get_by_text("Asked now")).to_be_visible()

    # as it is asked: a branch opens, a wrong answer is said, nothing leaves the page
    expect(question(page)).to_contain_text("What are you using right now?")
    expect(question(page)).to_contain_text("Nobody. It only changes what this page shows")
    page.locator("summary", has_text=" parts").click()
    page.locator(".parts").get_by_role("button", name="How to reach you safely").click()
    expect(question(page)).to_contain_text("What should we call you?")
    page.locator("#answer").fill(typed)
    button(page, "Keep and go on").click()
    expect(question(page)).to_contain_text("Pronouns")

    # where each answer goes
    part = page.locator("details", has_text="How to reach you safely ·")
    part.locator("summary").click()
    expect(part.locator("tr", has_text="What should we call you?")).to_contain_text("Identifies a person")
    expect(part.locator("tr", has_text="What should we call you?")).to_contain_text("Yes, she can take it off")
    sound_at_both(page)

    # out of here as a file that REDCap loads
    row = page.locator("tr", has_text="intake.v1")
    row.get_by_role("button", name="As REDCap file").click()
    with page.expect_download() as saved:
        row.get_by_role("link", name="Save the file").click()
    assert saved.value.suggested_filename == "intake.v1.csv"
    assert read_dictionary(Path(saved.value.path()).read_bytes(), name="intake", also_known=CONSENTS) == load("intake")

    # refused by line and column, then read
    choose(page, SPOILT)
    expect(page.get_by_role("heading", name="2 lines have to be changed first")).to_be_visible()
    faults = page.locator("table", has_text="What is wrong").locator("tbody tr")
    expect(faults).to_have_count(2)
    expect(faults.nth(0)).to_contain_text("Branching Logic")
    expect(faults.nth(0)).to_contain_text("this ends too early")
    expect(faults.nth(1)).to_contain_text("“txt” is not a field type")
    sound_at_both(page)

    choose(page, SECOND)
    expect(page.get_by_role("heading", name="Intake, version 2 (not stored)")).to_be_focused()
    expect(page.get_by_text("1 field is new. 1 is gone. 1 is changed.")).to_be_visible()
    expect(page.locator("article", has_text="What may we call you?").locator("tr", has_text="Words of the question")).to_contain_text("What should we call you?")  # fmt: skip
    sound_at_both(page)
    button(page, "Store as intake.v2").click()
    expect(page.locator("#stored-head")).to_be_focused()
    expect(page.get_by_text("the holders of the root sheets sign the list of pages anew")).to_be_visible()
    expect(page.locator("tr", has_text="intake.v2").get_by_text("From the next start of the server on")).to_be_visible()
    expect(page.locator("tr", has_text="intake.v2")).to_contain_text("Carl Coordinator")
    sound_at_both(page)
    assert 'id="q-union"' not in requests.get(f"{server.url}/intake", timeout=10).text

    server.stop()
    server.run("own-pages")
    server.start()
    assert 'id="q-union"' in requests.get(f"{server.url}/intake", timeout=10).text
    page.reload()
    expect(page.locator("tr", has_text="intake.v2").get_by_text("Asked now")).to_be_visible(timeout=SLOW_MS)
    assert stage.count("instruments") == 1
    search([typed], [*server.places(), *here.places()])


class Shell(HTMLParser):
    """What each question of the intake's page says, by its name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: dict[str, list[str]] = {}
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "template":
            self.inside = (dict(attrs)["id"] or "").removeprefix("q-")

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.said.setdefault(self.inside, []).append(" ".join(data.split()))


SKIP_THROUGH = """async (preview) => {
  const words = (text) => text.split(/\\s+/).filter(Boolean).join(' '), said = {};
  for (;;) {
    const name = preview.querySelector('.mono').innerText;
    if (name in said) return said;
    said[name] = words(preview.innerText);
    [...document.querySelectorAll('button')].find((one) => one.innerText === 'Skip this one').click();
    await new Promise((done) => { setTimeout(done); });
  }
}"""


def skip_through(page: Page) -> dict[str, str]:
    """What the preview says of each question that comes up when all are skipped."""
    said: dict[str, str] = question(page).evaluate(SKIP_THROUGH)
    return said


def test_the_preview_says_what_the_page_of_the_intake_says_others_go_by_its_rules_and_any_dictionary_is_tried_and_not_stored(
    server: Server, visit: Begin
) -> None:
    stage = Stage(server)
    page = device(visit, stage, stage.carl, DESKTOP, "/instruments").page
    expect(question(page)).to_be_visible(timeout=SLOW_MS)
    shell = Shell(requests.get(f"{server.url}/intake", timeout=10).text).said
    seen = skip_through(page)
    both = shell.keys() & seen.keys()
    assert len(both) > 30
    assert [(name, words) for name in both for words in shell[name] if words not in seen[name]] == []

    for name, shown in {"outtake": "Outtake, version 1", "followup": "Follow-up, version 1"}.items():
        page.locator("tr", has_text=f"{name}.v1").get_by_role("button", name="Look at it").click(timeout=SLOW_MS)
        expect(page.get_by_role("heading", name=shown)).to_be_focused()
        put = list(skip_through(page))
        asked = [one.name for one in load(name).fields if one.asked_of_people and one.show is None]
        assert [one for one in put if one in asked] == asked
        page.evaluate("scrollTo(0, 0)")  # else the bar lies over a choice
        sound(page)

    page.set_viewport_size(PHONE)
    page.get_by_label("Any REDCap dictionary").check(timeout=SLOW_MS)
    choose(page, PUBLIC.encode())
    expect(page.get_by_role("heading", name="The file you chose (not stored)")).to_be_focused()
    for _ in range(2):
        button(page, "Skip this one").click()
    expect(question(page)).to_contain_text("A whole number from 0 (none) to 100 (the worst).")
    page.locator("#answer").fill("101")
    button(page, "Keep and go on").click()
    expect(question(page).locator(".wrong-words")).to_contain_text("Choose a whole number from 0 to 100.")
    sound(page)
    expect(button(page, "Store as")).to_have_count(0)
    choose(page, b"name,age\nSara,40\n")
    expect(page.get_by_text("a REDCap data dictionary has “Variable / Field Name”")).to_be_visible()
    assert stage.count("instruments") == 0
