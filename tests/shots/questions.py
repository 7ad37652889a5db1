"""What is asked: a questionnaire as it is tried, where answers go, a file with faults, and one that changes something."""

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.seeded import come_in
from tests.shots.studio import Studio
from tests.support.editions import Line, edited, line_of, with_union


def further(lines: list[Line]) -> None:
    """A next version that sends more into rows, gives a code other words, and takes a question out."""
    with_union(lines)
    goals = line_of(lines, "goals")
    column = "Choices, Calculations, OR Slider Labels"
    code, _, rest = goals[column].partition(",")
    goals[column] = f"{code}, Something else than before |{rest.partition('|')[2]}"
    line_of(lines, "union")["Field Annotation"] = "class=sensitive; export=yes; triage=yes"
    line_of(lines, "team_pref")["Field Annotation"] = "class=sensitive; export=yes; triage=yes"


def spoil(lines: list[Line]) -> None:
    line_of(lines, "name_use")["Field Type"] = "txt"
    line_of(lines, "npi")["Field Annotation"] = "class=plain; export=yes"
    line_of(lines, "deadline_date")["Branching Logic (Show field only if...)"] = "[urgent_deadline(hearing)]='1' or"


def choose(page: Page, dictionary: bytes) -> None:
    file: FilePayload = {"name": "next.csv", "mimeType": "text/csv", "buffer": dictionary}
    page.locator("#dictionary").set_input_files(file)
    button(page, "Look at the file").click()


def questions(studio: Studio) -> None:
    with studio.visit() as visit:
        page = come_in(visit, studio.site.carl)
        visit.go("/instruments")
        expect(page.get_by_role("heading", name="Intake, version 1")).to_be_visible(timeout=SLOW_MS)
        page.locator("details", has_text="What you want ·").locator("summary").click()
        studio.take(page, "questions")
        choose(page, edited(spoil))
        expect(page.locator("#faults-head")).to_be_visible()
        studio.take(page, "questions-faults")
        choose(page, edited(further))
        expect(page.get_by_role("heading", name="What it changes")).to_be_visible()
        studio.take(page, "questions-changes")
        button(page, "Store as intake.v2").click()
        expect(page.locator("#stored-head")).to_be_visible()
        studio.take(page, "questions-stored")
