"""The intake, step by step, as far as the receipt."""

from tests.browser.cast import button, heading, sheet_words
from tests.browser.intake import Sara, answer, choose, give_two_back, keep, open_account, question, send, start
from tests.shots import told
from tests.shots.studio import Studio
from tests.support.browser import Visit

PICTURED = {"urgent_harm", "contact_ok", "exclude_people", "exclude_states", "deadline_date", "narrative"}
ANSWERS = {
    "urgent_harm": "thoughts", "urgent_deadline": ["hearing"], "deadline_date": "2027-01-08", "name_use": "Sara",
    "contact_ok": ["inapp"], "exclude_people": "Dr. Wilde", "exclude_states": ["oh", "ca"], "wi_type": ["disc"],
    "goals": ["career", "safe"], "narrative": told.STORY, "employer_org": "Lakeside Medical Center",
}  # fmt: skip


def beginning(studio: Studio, visit: Visit) -> Sara:
    page = visit.go("/intake")
    page.get_by_label("My own device, on my employer’s Wi-Fi or VPN").check()
    studio.take(page, "intake-before")
    page.get_by_role("button", name="Full way").click()
    heading(page, "These seven words are your key")
    sara = Sara(visit, sheet_words(page))
    studio.take(page, "intake-words")
    button(page, "I have kept them").click()
    heading(page, "Two words, to be sure")
    studio.take(page, "intake-check")
    page.locator("#check-first").fill("abacus")
    button(page, "Go on").click()
    studio.take(page, "intake-check-wrong")
    give_two_back(sara)
    heading(page, "Your choices, one at a time")
    studio.take(page, "intake-consent")
    choose(page)
    heading(page, "Any order. Skip what you like.")
    studio.take(page, "intake-parts")
    return sara


def questions(studio: Studio, sara: Sara) -> None:
    """Answer what is in ANSWERS, skip the rest, and take the pictures on the way."""
    page = sara.page
    button(page, "Begin with the first").click()
    while page.locator("section[data-step=question]").is_visible():
        name = question(page)
        if name not in ANSWERS:
            button(page, "Skip this one").click()
            continue
        answer(sara, **ANSWERS)
        if name in PICTURED:
            studio.take(page, f"intake-question-{name}")
        keep(page)
    heading(page, "This card is all the coordinators will see")


def intake(studio: Studio) -> None:
    with studio.visit() as visit:
        sara = beginning(studio, visit)
        questions(studio, sara)
        studio.take(sara.page, "intake-review")
        send(sara)
        studio.take(sara.page, "intake-sent")


def stopping(studio: Studio) -> None:
    """Stopped by herself, without a connection, and locked where she was."""
    with studio.visit(complains="401|DISCONNECTED|Failed|failed") as visit:
        sara = start(visit, "Short way")
        open_account(sara)
        choose(sara.page)
        page = sara.page
        while question(page) != "exclude_people":
            button(page, "Skip this one").click()
        page.locator("#answer").fill("Dr. Wilde")
        button(page, "Stop for now").click()
        heading(page, "Kept, and sealed")
        studio.take(page, "intake-stopped")
        button(page, "Go on writing").click()
        visit.context.set_offline(True)
        page.locator("#answer").fill("Dr. Wilde, and the")
        visit.until("document.querySelector('#question-kept').textContent.includes('Not kept yet')")
        studio.take(page, "intake-offline")
        visit.context.clear_cookies()  # to the server, as if she had been away for ten minutes
        visit.context.set_offline(False)
        heading(page, "Locked, and nothing is lost")
        studio.take(page, "intake-locked")
