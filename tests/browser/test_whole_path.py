"""The whole path by hand: Sara sends, the desk assembles, Sara approves, Nora reads, answers and is answered.

Carl, Nora and Sara use real pages from the first link to the removal; three further supporters join by the Python client.
On a phone the site runs on SQLite, at a desk on PostgreSQL. Nothing that was typed is found anywhere afterwards.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from demo.people import Supporter
from demo.wire import Over, unb64
from tests.browser.cast import SLOW_MS, Staff, button, certify, found, heading, invite, join, let_in
from tests.browser.intake import SHORT_WAY, Sara, begin, go_through, send
from tests.browser.intake import sign_in as come_back
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.canary import new_canary, rare_word, search
from tests.support.layout import assert_fits
from tests.support.server import Server

OTHERS = ("Tomas Vega", "Amara Osei", "Ruth Baum")
pytestmark = pytest.mark.parametrize(
    ("database_kind", "width"),
    [("sqlite", PHONE), ("postgres", DESKTOP)],
    indirect=["database_kind"],
    ids=["phone", "desktop"],
)


@dataclass
class Said:
    """What was typed into sealed fields on the way."""

    summary: str
    statement: str
    note: str
    question: str
    answer: str
    later: str

    def all(self) -> list[str]:
        return list(vars(self).values())


def by_python(server: Server, link: str, name: str) -> Supporter:
    """A further supporter who follows a link that Carl made."""
    one = Supporter(Over(server.url), name, now_s=server.clock.now_s)
    one.join(
        unb64(link.split("#")[1]),
        {
            "kind": "profile",
            "specialty": "Surgery",
            "state": "or",
            "employers": ["Cascade"],
            "availability": "Evenings",
            "stage": "mid",
        },
    )
    return one


def sound(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def test_the_whole_path(server: Server, visit: Callable[..., Visit], width: ViewportSize) -> None:
    rare = rare_word()
    said = Said(*(new_canary(name, rare) for name in ("summary", "statement", "note", "question", "answer", "later")))
    carl = found(server, visit(server.url, width, watched=True))
    links = [invite(carl) for _ in range(4)]
    expect(carl.page.get_by_text("One coordinator decides here who is let in.")).to_be_visible()
    nora = join(
        visit(server.url, width, watched=True), links.pop(), name="Nora Lind", email="nora@example.org", state="or"
    )
    others = [by_python(server, link, name) for link, name in zip(links, OTHERS, strict=True)]
    certify(carl, nora)
    for name in OTHERS:
        let_in(carl, name)

    sara = begin(visit(server.url, width, watched=True), "Short way")
    assert go_through(sara, urgent_deadline=["none"], contact_ok=["inapp"]) == list(SHORT_WAY)
    send(sara)

    page = carl.visit.go("/desk")
    heading(page, "One person is waiting for us")
    page.get_by_role("button", name="Open the card").click()
    expect(page.get_by_text(sara.typed["name_use"]).first).to_be_visible()
    button(page, "I will look after it").click()
    for name in ("Nora Lind", *OTHERS):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("A summary in your words, without names or places").fill(said.summary)
    button(page, "Invite 4 people").click()
    expect(page.get_by_text("4 people are invited.")).to_be_visible(timeout=SLOW_MS)

    theirs = nora.visit.go("/supporter")
    expect(theirs.get_by_text(said.summary)).to_be_visible(timeout=SLOW_MS)
    theirs.get_by_label("No", exact=True).check()
    button(theirs, "Seal and send my answer").click()
    theirs.get_by_label("Your letter to them").fill(said.statement)
    button(theirs, "Seal and send my letter").click()
    expect(theirs.get_by_text("Your letter is sealed and sent").first).to_be_visible()
    for one in others:
        (invitation,) = one.invitations()
        one.answer(invitation.about)
        one.statement(invitation, f"I am {one.name}.")

    button(page, "Back to the list").click()
    page.get_by_role("button", name="Open the card").click()
    picked = page.get_by_role("group", name="Who is on it?")
    for name in ("Nora Lind", *OTHERS):
        picked.get_by_label(name).check()
    page.get_by_label("A few words to").fill(said.note)
    button(page, "Propose this team").click()
    expect(page.get_by_text("The team is proposed.")).to_be_visible(timeout=SLOW_MS)

    first = sara.visit
    come_back(sara, visit(server.url, width, watched=True))
    mine = approve_nora(sara, said)
    read_and_ask(nora, sara, said)
    answer_and_read(sara, mine, said)
    remove_nora(sara, mine, nora, said)
    open_her_case_says_who_opened_it(mine)
    typed = [*said.all(), *sara.typed.values()]
    search(typed, [*server.places(), *first.places(), *sara.visit.places(), *nora.visit.places(), *carl.visit.places()])
    omar_opens_nothing(others[2])


def approve_nora(sara: Sara, said: Said) -> Page:
    """Sara has come back with seven words, on another device. She reads the letters by name, and approves one: that is the grant."""
    page = sara.page
    heading(page, "Your page")
    sound(page)
    button(page, "Read their letters").click()
    card = page.locator("li.person").filter(has_text="Nora Lind")
    expect(card.get_by_text(said.statement)).to_be_visible(timeout=SLOW_MS)
    sound(page)
    button(card, "Approve Nora Lind").click()
    expect(card.get_by_text("What was read by then can’t be unread.")).to_be_visible()
    button(card, "Yes, approve Nora Lind").click()
    expect(page.get_by_text("Nora Lind can open your account now.").first).to_be_visible(timeout=SLOW_MS)
    no = page.locator("li.person").filter(has_text="Ruth Baum")
    no.get_by_role("button", name="No, thank you").click()
    expect(page.get_by_text("You said no to Ruth Baum.").first).to_be_visible(timeout=SLOW_MS)
    return page


def read_and_ask(nora: Staff, sara: Sara, said: Said) -> None:
    page = nora.visit.go("/case")
    heading(page, "Cases you are on")
    page.locator("main .list button, main li button").first.click()
    expect(page.get_by_text(sara.typed["exclude_people"])).to_be_visible(timeout=SLOW_MS)
    sound(page)
    button(page.locator("#rooms"), "Messages").click()
    page.get_by_label("Write to them").fill(said.question)
    button(page, "Seal and send").click()
    expect(page.locator(".letter.mine").get_by_text(said.question)).to_be_visible(timeout=SLOW_MS)
    sound(page)


def answer_and_read(sara: Sara, page: Page, said: Said) -> None:
    sara.visit.go("/case")
    heading(page, "Your page")
    button(page.locator("#rooms"), "Messages").click()
    expect(page.get_by_text(said.question)).to_be_visible(timeout=SLOW_MS)
    page.get_by_label("Write to them").fill(said.answer)
    button(page, "Seal and send").click()
    expect(page.locator(".letter.mine").get_by_text(said.answer)).to_be_visible(timeout=SLOW_MS)
    sound(page)


def remove_nora(sara: Sara, page: Page, nora: Staff, said: Said) -> None:
    """Nora reads the answer, is removed, and reads nothing that is written later."""
    theirs = nora.visit.go("/case")
    theirs.locator("main .list button, main li button").first.click()
    button(theirs.locator("#rooms"), "Messages").click()
    expect(theirs.get_by_text(said.answer)).to_be_visible(timeout=SLOW_MS)
    button(page.locator("#rooms"), "Team").click()
    sound(page)
    button(page, "Remove Nora Lind").click()
    button(page, "Yes, remove Nora Lind").click()
    expect(page.get_by_text("Nora Lind reads nothing from now on.").first).to_be_visible(timeout=SLOW_MS)
    button(page.locator("#rooms"), "What I sent").click()
    page.get_by_label("What you want to add").fill(said.later)
    button(page, "Seal and add").click()
    expect(page.get_by_text(said.later)).to_be_visible(timeout=SLOW_MS)
    nora.visit.go("/case")
    heading(theirs, "Cases you are on")
    expect(theirs.locator("main li button")).to_have_count(0)
    expect(theirs.get_by_text(said.later)).to_have_count(0)


def open_her_case_says_who_opened_it(page: Page) -> None:
    button(page.locator("#rooms"), "Who opened it").click()
    expect(page.get_by_role("heading", name=re.compile("here fits? the log"))).to_be_visible(timeout=SLOW_MS)
    own = page.locator("section[aria-labelledby=own-head]")
    expect(own.get_by_text("Nora Lind")).to_be_visible()
    site = page.locator("section[aria-labelledby=server-head]")
    expect(site.locator("li").filter(has_text="Nora Lind").filter(has_text="opened it")).to_be_visible()
    expect(site.locator("li").filter(has_text="Carl Brandt").filter(has_text="opened your card")).to_be_visible()
    sound(page)


def omar_opens_nothing(outside: Supporter) -> None:
    """Somebody who was proposed and not approved is in no case."""
    assert outside.cases() == []
