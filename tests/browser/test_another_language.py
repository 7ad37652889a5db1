"""A page of another language speaks it, and so do its script and its worker. The translation is made up: words in brackets.

No page is in another language yet, so the test says so in the page's first line on its way to the browser.
"""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from playwright.sync_api import Page, Route, expect

from app import catalogues
from app.http import b64
from tests.browser.cast import SLOW_MS, founding_link
from tests.support.addresses import script
from tests.support.browser import DESKTOP, Visit
from tests.support.databases import ROOT, one_database
from tests.support.server import Server
from tests.support.stage import Stage

Begin = Callable[..., Visit]
LANGUAGE = "pl"  # 2 is few, 5 is many
MONTHS = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
UNTRANSLATED = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { data, parentElement } = walk.currentNode;
    if (parentElement.closest('#app, #head') && /\\p{L}/u.test(data) && !/^\\s*⟦.*⟧\\s*$/s.test(data)) found.push(data);
  }
  return found; }"""


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What is served when a translator has put every word in brackets, and the kind of number before a plural."""
    home = tmp_path_factory.mktemp("made-up")
    pot, po = home / "messages.pot", home / LANGUAGE / "LC_MESSAGES" / "messages.po"
    gather = ["-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", "-o", str(pot)]
    subprocess.run([sys.executable, *gather, "instruments", "static/js"], cwd=ROOT, check=True)
    said = Catalog(locale=LANGUAGE)
    with pot.open("rb") as file:
        for one in read_po(file):
            if one.id and isinstance(one.id, str):
                said.add(one.id, f"⟦{one.id}⟧")
            elif one.id:
                said.add(one.id, tuple(f"⟦{kind}: {one.id[1]}⟧" for kind in ("one", "few", "many")))
    po.parent.mkdir(parents=True)
    with po.open("wb") as file:
        write_po(file, said)
    return catalogues.as_json(po)


def in_polish(visit: Visit, catalogue: bytes) -> Visit:
    """From now on each page says that it is in Polish, and the site has that catalogue."""

    def page(route: Route) -> None:
        if route.request.resource_type != "document":
            return route.continue_()
        answer = route.fetch(max_retries=3)
        return route.fulfill(
            response=answer, body=answer.text().replace('<html lang="en">', f'<html lang="{LANGUAGE}">')
        )

    visit.context.route(re.compile(r"/(sign-in|setup|people)$"), page)
    visit.context.route(
        f"**/static/catalogue/{LANGUAGE}.json",
        lambda route: route.fulfill(body=catalogue, content_type="application/json"),
    )
    return visit


def sign_in(page: Page, words: str) -> None:
    page.locator("#words").fill(words)
    page.locator("#words").press("Enter")


def test_a_script_and_its_worker_speak_the_language_of_the_page_and_write_the_time_so_whatever_the_browser_speaks(
    shared_server: Server, visit: Begin, made_up: bytes
) -> None:
    quarter_to_four = (
        f"import('{script('parts/say.js')}').then(({{ timeWords }}) => timeWords(new Date(2026, 0, 5, 15, 45)))"
    )
    english = visit(shared_server.url, DESKTOP, locale="pl-PL")
    english.go("/sign-in")
    assert re.fullmatch(r"3:45\sPM", english.page.evaluate(quarter_to_four))
    here = in_polish(visit(shared_server.url, DESKTOP, watched=True, locale="en-US"), made_up)
    page = here.go("/sign-in")
    expect(page.locator("#staff-toggle")).to_have_text("⟦I am a volunteer or on staff⟧")
    wrong = page.locator("#words-wrong")
    for words, said in (("abacus", "one: 1"), ("abacus abdomen", "few: 2"), ("abacus " * 5, "many: 5")):
        kind, number = said.split(": ")
        sign_in(page, words)
        expect(wrong).to_contain_text(f"⟦{kind}: There are {number} words here.⟧", timeout=SLOW_MS)
    sign_in(page, "abacus " * 7)
    expect(wrong).to_have_text("⟦This site has not been set up yet. Nothing was stored.⟧", timeout=SLOW_MS)
    catalogue = [sent for sent in here.record.requests if "/static/catalogue/" in sent.url]
    assert len(catalogue) == 1 and "cookie" not in catalogue[0].headers
    assert page.evaluate(quarter_to_four) == "15:45"


def test_words_about_what_the_server_refused_are_translated(
    shared_server: Server, visit: Begin, made_up: bytes
) -> None:
    here = in_polish(visit(shared_server.url, DESKTOP), made_up)
    here.expect("404|410")
    page = here.go(f"/people#{b64(bytes(32))}")
    known = "⟦This link is not known here. Check that you copied all of it, or ask for a new one.⟧"
    expect(page.get_by_text(known)).to_be_visible(timeout=SLOW_MS)


@one_database
def test_no_word_that_a_script_puts_up_is_left_in_english(server: Server, visit: Begin, made_up: bytes) -> None:
    page = in_polish(visit(server.url, DESKTOP), made_up).go(founding_link(server))
    expect(page.locator("#head")).to_have_text("⟦You are the first one here⟧", timeout=SLOW_MS)
    assert page.evaluate(UNTRANSLATED) == []


@one_database
def test_a_profile_holds_codes_whatever_the_language_and_constants_of_a_script_are_translated(
    server: Server, visit: Begin, made_up: bytes
) -> None:
    token = Stage(server).carl.invite_staff("supporter")
    page = in_polish(visit(server.url, DESKTOP), made_up).go(f"/people#{b64(token)}")
    expect(page.get_by_label("⟦In practice, 6 to 15 years⟧")).to_have_value("mid", timeout=SLOW_MS)
    expect(page.get_by_text("⟦Supporter⟧")).to_be_visible()
    assert page.locator("#state option[value=nj]").inner_text() == "⟦New Jersey⟧"
    assert re.search(MONTHS, page.locator("#app").inner_text())


def test_a_catalogue_that_does_not_come_leaves_the_page_in_english(shared_server: Server, visit: Begin) -> None:
    here = in_polish(visit(shared_server.url, DESKTOP), b"")
    here.context.unroute(f"**/static/catalogue/{LANGUAGE}.json")
    here.expect("404")
    page = here.go("/sign-in")
    expect(page.locator("#staff-toggle")).to_have_text("I am a volunteer or on staff")
