"""Sara has read what Nora wrote. At the next page the server hands out Sara's notebook, and her case, as they were before."""

import os
from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, STOPPED, quiet, room
from tests.hostile_server.test_a_log_shorter_than_this_tab_saw import SAW
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/notebook.js",
    "if (version < seen.version || (version === seen.version && hex(H(box)) !== seen.hash)) throw rolledBack({ version, seen: seen.version, ...seen.log });",
    "",
    elsewhere=("worker/log.js", SAW),
)
WORDS = "Call me tonight."


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.seen()
    version, box = liar.rows("select version, box from notebooks where fp = :fp", fp=sara.fp)[0]
    nora.say(sara.case, {"kind": "message", "text": WORDS})
    seq = nora.open(sara.case).chain.seq
    visit = liar.sit_down(sara)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    hidden = liar.tags("case_id = :c and lane = 'entry' and n >= :n", c=sara.case, n=seq)
    later = liar.notes_of(sara)[version:]
    liar.change("update notebooks set version = :v, box = :b where fp = :fp", v=version, b=box, fp=sara.fp)
    for tag in later:
        liar.change("delete from events where tag = :t", t=tag)

    def change(_asked: Any, answer: Any) -> None:
        for name in ("entries", "entry_events"):
            answer[name] = [one for one in answer[name] if one["seq"] < seq]

    others = [(os.urandom(32), os.urandom(32)) for _ in (*hidden, *later)]  # as long as the one that this tab saw
    fork = liar.fork(*hidden, *later).add(*others)
    return liar.sit_down(sara, visit=visit, wire={"/cases/open": change}, fork=fork)


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_role("alert")).to_contain_text(STOPPED, timeout=SLOW_MS)
    expect(visit.page.get_by_role("alert")).to_contain_text("older copy of your private notes")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("This did not open")
    expect(visit.page.get_by_text("Where things stand")).to_have_count(0)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible()
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


test_a_page_never_takes_older_notes_than_the_one_before_it = told_twice(CHECK, tell, refused, believed)


def test_nor_does_the_same_tab_after_a_lock(liar: Liar) -> None:
    sara = liar.stage.sara(words=True)
    version, box = liar.rows("select version, box from notebooks where fp = :fp", fp=sara.fp)[0]
    visit = liar.sit_down(sara)
    page = visit.page
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    visit.context.clear_cookies()  # the session is over
    page.goto("/sign-in")
    liar.change("update notebooks set version = :v, box = :b where fp = :fp", v=version, b=box, fp=sara.fp)
    page.get_by_label("Your words", exact=True).fill(sara.words)
    page.get_by_role("button", name="Open", exact=True).click()
    said = page.locator(".wrong-words", has_text="older copy of your private notes")
    expect(said).to_be_visible(timeout=SLOW_MS)
    assert page.url.endswith("/sign-in")
