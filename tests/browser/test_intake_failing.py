"""Scripts off, a module missing, no connection, nobody at the desk: nothing typed can leave unsealed, and the page says so."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from app.kept import packed
from app.shells import shell_path
from tests.browser.cast import button, heading
from tests.browser.intake import choose, founded, give_two_back, ready_to_send, start
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, Visit
from tests.support.databases import ROOT, one_database
from tests.support.server import Server

Visits = Callable[..., Visit]
TEXT = "textarea, input:not([type=radio], [type=checkbox])"
DAY_S = 86_400
FIRST = ("pages/intake.js", "parts/shell.js")
LATER = ("pages/intake_question.js", "parts/instrument.js", "worker/main.js", "worker/account.js", "crypto/box.js")


def without(device: Visit, script: str) -> Visit:
    """This device, at the intake, where one script never comes."""
    device.expect("404|ERR_FAILED|ERR_BLOCKED_BY_RESPONSE")
    device.context.route(f"**/js/{script}", lambda route: route.fulfill(status=404, body=""))
    device.go("/intake")
    return device


def places_to_type(page: Page) -> int:
    """How many fields for words are on the screen."""
    return sum(field.is_visible() for field in page.locator(TEXT).all())


def test_with_scripts_off_there_is_nothing_to_type_in_and_the_page_says_why(
    shared_server: Server, visit: Visits
) -> None:
    device = visit(shared_server.url, PHONE, java_script_enabled=False)
    device.expect(r"failed: GET \S+\.js csp")  # what the head names is not fetched
    page = device.go("/intake")
    assert "This page can’t seal what you write" in page.locator("main").inner_text()
    assert places_to_type(page) == 0
    assert not any(press.is_visible() for press in page.locator("button").all())


def test_a_page_whose_first_scripts_are_missing_offers_nothing_and_owns_up(
    shared_server: Server, visit: Visits
) -> None:
    for device in [without(visit(shared_server.url, PHONE), script) for script in FIRST]:  # both wait at once
        owns_up = device.page.get_by_text("This is taking too long, and that is our fault. Nothing was sent.")
        expect(owns_up).to_be_visible(timeout=15_000)
        assert places_to_type(device.page) == 0
        expect(device.page.get_by_role("button", name="Full way")).to_be_hidden()


@one_database
def test_a_script_missing_half_way_stops_before_anything_can_be_typed(server: Server, visit: Visits) -> None:
    founded(server)
    device = visit(server.url, PHONE, watched=True)
    page = device.page
    for script in LATER:
        without(device, script)
        page.get_by_role("button", name="Full way").click()
        device.until(
            lambda: page.locator("#start-failed").is_visible() or page.locator("#trouble .notice").is_visible()
        )
        page.get_by_role("button", name="Full way").click()
        expect(page.get_by_role("button", name="Full way")).not_to_have_attribute("aria-busy", "true")
        assert places_to_type(page) == 0, script
        posts = [sent for sent in device.record.requests if sent.method == "POST"]
        assert not [sent.url for sent in posts if sent.body not in (b"", b"{}")], script
        device.context.unroute_all()


@one_database
def test_offline_at_send_says_what_is_not_sent_and_an_answer_lost_at_a_later_try_is_fetched_by_the_same_bytes(
    server: Server, visit: Visits
) -> None:
    carl = founded(server).carl
    sara = ready_to_send(server, visit)
    sara.visit.expect("ERR_INTERNET_DISCONNECTED")
    sara.visit.context.set_offline(True)
    button(sara.page, "Send the card and seal my account").click()
    expect(sara.page.get_by_role("heading", name="Kept, and not sent yet")).to_be_visible()
    assert_accessible(sara.page)
    sara.visit.context.set_offline(False)
    bodies: list[bytes] = []

    def lose_the_first(route: Route) -> None:
        bodies.append(route.request.post_data_buffer or b"")
        if len(bodies) == 1:
            route.fetch(max_retries=3)  # it arrives, and its answer does not
            route.abort("connectionreset")
        else:
            route.continue_()

    sara.visit.expect("ERR_CONNECTION_RESET")
    sara.visit.context.route("**/intake/submit", lose_the_first)
    button(sara.page, "Try again").click()
    expect(sara.page.get_by_role("heading", name="Kept, and we don’t know yet whether it arrived")).to_be_visible()
    expect(sara.page.get_by_role("button", name="Take off Call me")).to_have_count(0)
    button(sara.page, "Send it again").click()
    heading(sara.page, "It is sealed, and we have it")
    assert len(bodies) == 2 and bodies[0] == bodies[1]
    assert len(carl.queue()) == 1


@one_database
def test_a_tab_closed_while_sending_goes_on_with_the_same_bytes(server: Server, visit: Visits) -> None:
    carl = founded(server).carl
    sara = ready_to_send(server, visit)
    bodies: list[bytes] = []

    def never_arrives(route: Route) -> None:
        bodies.append(route.request.post_data_buffer or b"")
        route.abort("connectionreset")

    sara.visit.expect("ERR_CONNECTION_RESET")
    sara.visit.context.route("**/intake/submit", never_arrives)
    button(sara.page, "Send the card and seal my account").click()
    expect(sara.page.get_by_role("button", name="Send it again")).to_be_visible()
    sara.visit.context.unroute("**/intake/submit")
    sara.page.reload()
    heading(sara.page, "This card is all the coordinators will see")
    with sara.page.expect_request("**/intake/submit") as again:
        button(sara.page, "Send it again").click()
    assert again.value.post_data_buffer == bodies[0]
    heading(sara.page, "It is sealed, and we have it")
    assert len(carl.queue()) == 1


@one_database
def test_a_list_of_coordinators_that_ran_out_long_ago_takes_no_card_and_keeps_the_draft(
    server: Server, visit: Visits
) -> None:
    now = server.clock.now_s()
    server.clock.set(now - 40 * DAY_S)
    founded(server)
    server.clock.set(now)
    sara = ready_to_send(server, visit)
    expect(sara.page.get_by_role("heading", name="We can’t take cards today")).to_be_visible()
    button(sara.page, "Send the card and seal my account").click()
    expect(sara.page.get_by_role("heading", name="It was not sent")).to_be_visible()
    expect(sara.page.get_by_text("Your account is kept, sealed.").first).to_be_visible()


@one_database
def test_a_word_typed_wrong_opens_no_account_and_no_to_the_service_goes_no_further(
    server: Server, visit: Visits
) -> None:
    founded(server)
    sara = start(visit(server.url, PHONE, watched=True))
    page = sara.page
    button(page, "I have kept them").click()
    page.locator("#check-first").fill("nonsense")
    page.locator("#check-second").fill(sara.words[-1])
    button(page, "Go on").click()
    expect(page.get_by_text("Look at your sheet again.").first).to_be_visible()
    assert not [sent for sent in sara.visit.record.requests if sent.url.endswith("/sign-in/enrol")]
    give_two_back(sara)
    heading(page, "Your choices, one at a time")  # nothing is ticked
    button(page, "Keep and go on").click()
    expect(page.get_by_text("Choose one to go on. With no, nothing is sent.").first).to_be_visible()
    page.locator("#service-no").check()
    button(page, "Keep and go on").click()
    expect(page.get_by_text("Then we can’t look for people, and nothing is sent.").first).to_be_visible()
    page.locator("#service-yes").check()
    button(page, "Keep and go on").click()
    page.locator("#research-no").check()
    button(page, "Keep and go on").click()
    expect(page.locator("#consent-quotes")).to_be_hidden()
    choose(page, followup="later")
    heading(page, "Any order. Skip what you like.")


def test_the_page_is_light_names_no_field_for_words_and_makes_no_key_for_a_site_that_is_not_set_up(
    shared_server: Server, visit: Visits
) -> None:
    device = visit(shared_server.url, PHONE, watched=True)
    page = device.go("/intake")
    device.until("document.body.dataset.ready !== undefined")
    assert_at_most_forty_kilobytes(device)
    found = page.evaluate(
        """text => [document, ...[...document.querySelectorAll('template')].map(one => one.content)]
        .flatMap(where => [...where.querySelectorAll(text)])
        .map(one => ({id: one.id, named: one.hasAttribute('name'), form: one.closest('form')?.id ?? '',
          sent: one.spellcheck || one.autocomplete !== 'off' || one.translate}))""",
        TEXT,
    )
    words_of_the_key = {"words-name", "words-new", "unlock-words", ""}
    sealed = [one for one in found if one["form"] not in ("words-form", "unlock")]
    assert len(sealed) > 15
    assert not [one for one in sealed if one["named"] or one["form"] or one["sent"]]
    assert {one["id"] for one in found if one["form"]} <= words_of_the_key
    page.get_by_role("button", name="Short way").click()
    expect(page.get_by_text("This site has not been set up yet. Nothing was stored.").first).to_be_visible()
    assert places_to_type(page) == 0


def assert_at_most_forty_kilobytes(device: Visit) -> None:
    """All that it asked for before anything is sealed, as it travels."""
    paths = {sent.url.removeprefix(device.base_url) for sent in device.record.requests}
    files = [
        packed(shell_path(ROOT / "build", path)) if path == "/intake" else ROOT / f"build{path}.br" for path in paths
    ]
    assert len(files) > 5
    assert sum(file.stat().st_size for file in files) <= 40_000
