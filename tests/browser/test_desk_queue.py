"""A long queue: nobody is forgotten because others came before, and what is finished is out of the way."""

import os

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.seeded import Seeded, come_in, seed
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.layout import assert_fits
from tests.support.server import Server

pytestmark = one_database


def came_before(site: Seeded, count: int, *, closed: int = 0) -> None:
    """As many cards that are older than Sara's. Nobody opens them here, so they are hers under other numbers."""
    with site.server.database.engine.begin() as db:
        letter = dict(db.execute(sa.text("select * from letters where kind = 'card'")).mappings().one())
        case = dict(db.execute(sa.text("select * from cases")).mappings().one())
        for n in range(count):
            about = os.urandom(16)
            row = {**letter, "hash": os.urandom(32), "letter": os.urandom(16), "about": about, "day": letter["day"] - 2}
            _insert(db, "letters", row)
            _insert(db, "cases", {**case, "id": about, "owner": os.urandom(32)})
            if n < closed:
                _close(db, about, letter["day"])


def finish(site: Seeded) -> None:
    """Every card that is older than Sara's is closed, and hers is answered: not with us."""
    with site.server.database.engine.begin() as db:
        waiting = "select id, day from cases where id != :hers and id not in (select case_id from case_states)"
        for case, day in db.execute(sa.text(waiting), {"hers": site.sara.case}).all():
            _close(db, case, day)
    site.carl.claim(site.sara.case)
    site.carl.post("/desk/state", case=site.sara.case, state="refused")


def _close(db: sa.Connection, case: bytes, day: int) -> None:
    _insert(db, "case_states", {"case_id": case, "state": "closed", "day": day, "offers": 0})


def _insert(db: sa.Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(row)
    db.execute(sa.text(f"insert into {table} ({names}) values ({', '.join(f':{name}' for name in row)})"), row)


def rows(page: Page, caption: str) -> list[str]:
    return page.get_by_role("table", name=caption).get_by_role("rowheader").all_inner_texts()


def title(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1, name=words)).to_be_visible(timeout=SLOW_MS)


def test_saras_date_comes_first_though_a_hundred_and_nineteen_came_before_and_what_is_finished_is_folded_away(
    server: Server, desktop: Visit
) -> None:
    site = seed(server, team=())
    came_before(site, 119, closed=10)
    page = come_in(desktop, site.carl)
    title(page, "110 people are waiting for us")
    assert len(rows(page, "People waiting")) == 100
    button(page, "Show more").click()
    assert len(rows(page, "People waiting")) == 110
    page.get_by_role("button", name="Open the card").last.click()
    title(page, "Find a team for Sara")
    button(page, "Back to the list").click()
    title(page, "110 people are waiting for us")
    assert rows(page, "People waiting")[0] == "Sara"
    page = desktop.go("/desk")  # and so after a day
    title(page, "110 people are waiting for us")
    assert rows(page, "People waiting")[0] == "Sara"
    assert_fits(page)

    finish(site)
    page = desktop.go("/desk")
    title(page, "Nobody is waiting for us")
    expect(page.get_by_role("table")).to_have_count(0)
    page.get_by_text("Finished cards").click()
    expect(page.get_by_role("table", name="Refused or closed")).to_be_visible(timeout=SLOW_MS)
    assert len(rows(page, "Refused or closed")) == 100
    button(page, "Show more finished cards").click()
    expect(page.get_by_text("Answered: not with us")).to_be_visible(timeout=SLOW_MS)
    page.get_by_role("button", name="Open the card").last.click()
    title(page, "Find a team for Sara")
    expect(page.get_by_text("Answered: not with us")).to_be_visible()
