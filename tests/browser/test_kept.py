"""A browser that comes back asks for the page, and for no script, style or picture of it again; who comes in waits for none."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS
from tests.support.addresses import script, static
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Stage

NEW = {"color_scheme": "light"}  # whoever asks for something of their own has a browser that has kept nothing yet
OVER_THE_WIRE = """() => performance.getEntriesByType('resource')
  .map(({name, transferSize}) => [new URL(name).pathname, transferSize])"""
ALL_AT_HAND = "document.body.dataset.ahead !== undefined"
NAMED_AT_FIRST = """() => [...document.querySelectorAll('head link[rel=modulepreload], head script[src]')]
  .map((one) => new URL(one.href || one.src).pathname)"""


def files_of(server: Server) -> list[str]:
    """Which files that browsers keep it was asked for."""
    return re.findall("GET (/static/[0-9a-f]{16}/[^ ]+) HTTP", server.log_text())


def test_nothing_that_has_a_name_is_asked_for_twice(shared_server: Server, visit: Callable[..., Visit]) -> None:
    here = visit(shared_server.url, **NEW)
    came = []
    for path in ("/sign-in", "/sign-in"):
        here.go(path)
        here.until("document.body.dataset.ready !== undefined")
        here.until(ALL_AT_HAND)  # by then all has come
        named = [(name, size) for name, size in here.page.evaluate(OVER_THE_WIRE) if name.startswith(static(""))]
        came.append((len(named), [name for name, size in named if size > 0]))
    (_, asked), (second, again) = came
    assert len(asked) == len(set(asked)) > second > 10 and not again  # nor is what comes next made to be had again


@one_database
def test_who_types_her_words_waits_for_no_script_of_the_next_page(server: Server, visit: Callable[..., Visit]) -> None:
    sara, here = Stage(server).sara(words=True), visit(server.url, **NEW)
    page = here.go("/sign-in")
    here.until("document.body.dataset.ready !== undefined")
    page.locator("#words").fill(sara.words)
    here.until(ALL_AT_HAND)
    at_hand = {name for name, _ in page.evaluate(OVER_THE_WIRE)} | {
        static("words.txt")
    }  # it is the worker that asks for it
    page.locator("#open").click()
    expect(page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)
    page.wait_for_load_state("networkidle")  # what the page asks of research comes after its first line
    files = files_of(server)
    assert len(files) == len(set(files)) > 50 and set(files) <= at_hand


@one_database
def test_all_that_a_page_begins_with_is_named_in_its_head(server: Server, visit: Callable[..., Visit]) -> None:
    """So that on a slow line it comes side by side, not each when the one before has been read."""
    here = visit(server.url, **NEW)
    here.expect("404|ERR_BLOCKED_BY_RESPONSE")
    here.context.route("**/js/worker/main.js", lambda route: route.fulfill(status=404, body=""))  # nothing goes on
    for path in ("/case", "/desk", "/supporter", "/people", "/instruments"):
        page = here.go(path)
        expect(page.get_by_text("This page did not start. That is our fault.").first).to_be_visible(timeout=SLOW_MS)
        loaded = {name for name, _ in page.evaluate(OVER_THE_WIRE) if name.endswith(".js")} - {script("worker/main.js")}
        assert len(loaded) > 10 and loaded == set(page.evaluate(NAMED_AT_FIRST)), path


@one_database
def test_who_reads_on_in_the_intake_waits_for_no_script_to_write(server: Server, visit: Callable[..., Visit]) -> None:
    Stage(server)
    here = visit(server.url, **NEW)
    page = here.go("/intake")
    here.until("document.body.dataset.ready !== undefined")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Shift")  # the way out may begin so
    page.wait_for_load_state("networkidle")
    few = len(files_of(server))
    page.mouse.move(50, 300)
    page.mouse.move(60, 320)
    here.until(ALL_AT_HAND)
    at_hand = {name for name, _ in page.evaluate(OVER_THE_WIRE)}
    page.locator("#go-full").click()
    expect(page.get_by_role("heading", name="These seven words are your key")).to_be_visible(timeout=SLOW_MS)
    files = files_of(server)
    assert few < 20 < len(files) == len(set(files)) and set(files) <= at_hand


@one_database
def test_a_case_that_is_opened_again_is_asked_for_once_and_its_log_twice(
    server: Server, visit: Callable[..., Visit]
) -> None:
    """Of a slow line each answer is waited for: nothing that one look has brought is asked for by the next."""
    stage = Stage(server)
    sara, _nora = stage.together()
    here = visit(server.url, **NEW)
    stage.sit_down(here, sara)
    for _visit in range(2):  # at the first, what it found is pinned
        here.until("document.body.dataset.log === 'proven'", timeout_s=20)
        here.page.wait_for_load_state("networkidle")
        before = len(server.log_text())
        here.page.reload()
    here.until("document.body.dataset.log === 'proven'", timeout_s=20)
    here.page.wait_for_load_state("networkidle")
    asked = re.findall("POST /([a-z/-]+) HTTP", server.log_text()[before:])
    for once in ("cases/mine", "cases/open", "letters/mine"):
        assert asked.count(once) == 1, asked
    assert asked.count("log/since") == 2, asked  # beside the case, and once it is there
