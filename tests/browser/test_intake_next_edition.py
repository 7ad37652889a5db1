"""Sara begins under one version of the questions and goes on under the next: she loses nothing that she wrote."""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import expect

from demo.wire import b64
from tests.browser.cast import SLOW_MS, button, heading
from tests.browser.intake import Sara, drafted, founded, goes_on, send, wait_until_stored
from tests.browser.test_case import sound
from tests.support.browser import PHONE, Visit
from tests.support.canary import new_canary
from tests.support.databases import one_database
from tests.support.editions import Line, edited, line_of, with_union
from tests.support.people import Cast
from tests.support.server import Server

pytestmark = one_database
CHOICES = "Choices, Calculations, OR Slider Labels"


def with_fewer(lines: list[Line]) -> None:
    """A question is gone, and a choice of another one."""
    with_union(lines)
    when = line_of(lines, "contact_ok")
    when[CHOICES] = " | ".join(choice for choice in when[CHOICES].split(" | ") if not choice.startswith("inapp,"))
    when["Field Annotation"] = "class=identifier; export=never; triage=yes; short=yes"


def next_edition(cast: Cast, server: Server, change: Callable[[list[Line]], None]) -> None:
    """Carl stores it, and the operator starts the server with its pages."""
    cast.carl.act("/instruments/store", name="intake", dictionary=b64(edited(change)), after="intake.v1")
    server.stop()
    server.run("own-pages")
    server.start()


def told_and_nothing_else(sara: Sara) -> None:
    """Each question that she has answered stands."""
    said = sara.page.locator("#earlier")
    expect(said.get_by_role("heading", name="The questions have changed since you wrote")).to_be_visible(
        timeout=SLOW_MS
    )
    expect(said.locator("dd")).to_have_count(0)
    button(sara.page, "Good, go on").click()
    heading(sara.page, "Your choices, one at a time")
    expect(sara.page.locator("#consent-service input[value=yes]")).to_be_checked()


def test_what_sara_wrote_under_older_questions_stands_the_rest_goes_along_in_words_and_a_draft_that_stands_is_told_about(
    server: Server, visit: Callable[..., Visit]
) -> None:
    cast = founded(server)
    name, pronouns = new_canary("name"), new_canary("pronouns")
    wrote = {"name_use": name, "pronouns": pronouns, "contact_ok": ["inapp"]}
    peer = drafted(server, step="question", question="contact_times", words=True, **wrote)
    another = drafted(server, step="consents")
    next_edition(cast, server, with_fewer)
    told_and_nothing_else(goes_on(another, visit(server.url, PHONE)))

    sara = goes_on(peer, visit(server.url, PHONE, watched=True))
    sara.typed |= {"name_use": name, "pronouns": pronouns}
    page = sara.page
    said = page.locator("#earlier")
    expect(said.get_by_role("heading", name="The questions have changed since you wrote")).to_be_visible(
        timeout=SLOW_MS
    )
    expect(said.locator("dd")).to_have_text([pronouns, "Only messages inside this site."])
    expect(said.locator("dt")).to_have_text(["Pronouns (optional)", "How may we contact you?"])
    sound(page)
    button(page, "Good, go on").click()
    expect(said.locator("*")).to_have_count(0)
    page.locator("#question-parts").click()
    page.get_by_role("button", name="How to reach you safely").click()
    expect(page.locator("#question h1")).to_have_text("What may we call you?")
    expect(page.locator("#answer")).to_have_value(name)
    button(page, "Keep and go on").click()
    expect(page.locator("#question h1")).to_have_text("Are you in a union?")
    page.locator("#question input[value=yes]").check()
    button(page, "Keep and go on").click()
    wait_until_stored(sara)

    page.reload()  # it is told once more, and nothing is doubled
    expect(said.locator("dd")).to_have_text([pronouns, "Only messages inside this site."], timeout=SLOW_MS)
    sara.visit.expect("401")
    sara.visit.context.clear_cookies()
    with suppress(NotInTime):  # a page that has found out by itself is locked already
        button(page, "Skip this one").click(timeout=3_000)  # something to keep, and nobody to keep it
    heading(page, "Locked, and nothing is lost")
    assert pronouns not in page.locator("main").inner_html()
    page.locator("#unlock-words").fill(" ".join(sara.words))
    page.locator("#unlock-go").click()
    button(page, "See what would be sent").or_(page.locator("#question-parts")).first.wait_for(timeout=SLOW_MS)
    if said.get_by_role("button", name="Good, go on").count():
        button(page, "Good, go on").click()
    page.locator("#question-parts").click()
    button(page, "See what would be sent").click()
    heading(page, "This card is all the coordinators will see")
    expect(page.locator("#card")).not_to_contain_text(pronouns)
    expect(page.locator("#card-readers[data-taken='1']")).to_be_attached(timeout=SLOW_MS)
    send(sara)
    sara.search([*server.places(), *sara.visit.places()])

    peer.sign_in()
    (case,) = cast.rows("cases")
    account = peer.open(case.id).records[0]["payload"]
    assert (account["instrument"], account["answers"]["union"]) == ("intake.v2", "yes")
    told = [(line["label"], line["text"]) for line in account["told"]]
    assert [text for label, text in told if label == "Pronouns (optional)"] == [pronouns]
    assert ("What may we call you?", name) in told
