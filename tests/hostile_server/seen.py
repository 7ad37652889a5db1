"""What a person sees and does while a lie is told: the page that stops, the page with a mark, and nothing wrong at all."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from crypto.frame import H, unframe
from crypto.people import read_binding
from demo.client import Person
from demo.people import Staff
from demo.wire import b64
from tests.support.browser import Visit

SLOW_MS = 20_000
IS_SUSPENDED = re.compile("^Vera .* is suspended.$")
STOPPED = "We stopped, because something does not match"


def stopped(page: Page) -> None:
    """The page refuses, says what is safe, and gives a file and four words to tell somebody."""
    expect(page.get_by_role("alert")).to_contain_text(STOPPED, timeout=SLOW_MS)
    expect(page.get_by_role("alert")).to_contain_text("nothing you wrote is lost")
    expect(page.get_by_role("link", name="Save the evidence file")).to_be_visible(timeout=SLOW_MS)
    words = page.locator("section[aria-labelledby=do-head] strong").inner_text().split(", ")
    assert len(words) == 4, words


def closed(page: Page) -> None:
    """The page stopped before it showed anything of the case."""
    stopped(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("This did not open")
    for nothing in ("In March", "Where things stand", "Write to them"):
        expect(page.get_by_text(nothing)).to_have_count(0)


def quiet(page: Page) -> None:
    """Nothing on the page says that anything is wrong."""
    expect(page.locator("#app > *").first).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("alert")).to_have_text([])  # and not a count, which would not say what it says


def marked(page: Page) -> None:
    """The log does not fit: what was proven can be read, with the mark above it, and nothing can be written."""
    stopped(page)
    expect(page.get_by_role("alert")).to_contain_text("Reading it is safe")
    room(page, "What I sent")
    expect(page.get_by_text("In March I put it in writing.")).to_be_visible()
    expect(page.get_by_label("What you want to add")).to_have_count(0)
    room(page, "Messages")
    expect(page.get_by_label("Write to them")).to_have_count(0)


def alone(page: Page) -> None:
    """Nora is out of Sara's case."""
    quiet(page)
    room(page, "Team")
    expect(page.get_by_text("Only you can open it.")).to_be_visible(timeout=SLOW_MS)


def room(page: Page, name: str) -> None:
    page.locator("#rooms").get_by_role("button", name=name, exact=True).click()


def pin(whose: Person, of: Staff, key: str = "ab" * 32) -> None:
    """In these notes this key of somebody's is known, by default another than the one they have."""
    person = read_binding(of.binding)["person"].hex()
    whose.notebook["pins"] = {"directory": {"version": 0, "hash": ""}, "people": {person: key}, "cases": {}}
    whose.save_notebook()


def approve(page: Page, name: str) -> None:
    """Say yes twice to somebody who wrote."""
    room(page, "Letters")
    first = page.get_by_role("button", name=f"Approve {name}", exact=True)
    yes = page.get_by_role("button", name=f"Yes, approve {name}")
    expect(first.or_(yes)).to_be_visible(timeout=SLOW_MS)  # letters come a moment after the case
    if first.count():
        first.click()
    yes.click()


def approved(page: Page, name: str) -> None:
    expect(page.get_by_text(f"You approved {name}")).to_be_visible(timeout=SLOW_MS)


def not_approved(page: Page, name: str) -> None:
    expect(page.get_by_text(f"You approved {name}")).to_have_count(0)


def delivered(mail: bytes, reader: Person) -> dict[str, str]:
    """A letter as /letters/mine hands it to one reader."""
    parts = unframe("mail", mail)
    (stanza,) = [one for one in parts["stanzas"] if one[:32] == reader.fp]
    digest = H(parts["header"] + parts["body"])
    return {
        name: b64(data)
        for name, data in (("header", parts["header"]), ("body", parts["body"]), ("stanza", stanza), ("hash", digest))
    }


def suspend(visit: Visit, name: str) -> None:
    """A coordinator, at the page of people, takes somebody out of the list."""
    page = visit.page
    page.get_by_role("button", name=f"Suspend {name}").click(timeout=SLOW_MS)
    page.get_by_role("button", name=f"Suspend {name}", exact=True).click()


def open_first(page: Page) -> None:
    """A supporter opens their case."""
    page.get_by_role("button", name="Open it").click()
    expect(page.locator("#app").get_by_role("button", name="Open it")).to_have_count(0, timeout=SLOW_MS)
