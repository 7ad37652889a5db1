"""The site was put back, and the roots signed how its log was. The server hands out another one, in which Nora's line is not."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import SLOW_MS, marked, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log.js",
    "if (!equal(rootAt(read, end.size), end.root)) throw logTrouble('log-ended-otherwise', { size: end.size });",
    "",
)
WORDS = "Call me tonight."


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.seen()
    nora.say(sara.case, {"kind": "message", "text": WORDS})
    seq = nora.open(sara.case).chain.seq
    liar.until_logged()
    other = PutBack(liar.stage.carl, liar.log_seed)
    since = {tag for tag, _ in other.lines[-8:]}
    hers = {tag for tag in liar.tags("lane = 'entry' and n = :n", n=seq) if tag in since}
    at = next(at for at, (tag, _) in enumerate(other.lines) if tag in hers)
    other.line_instead[at] = (bytes(32), bytes(32))

    def change(_asked: Any, answer: Any) -> None:
        for name in ("entries", "entry_events"):
            answer[name] = [one for one in answer[name] if one["seq"] < seq]

    return liar.sit_down(sara, fork=other, wire={**other.public(), "/cases/open": change})


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("is not what the people who hold its root keys signed")
    expect(visit.page.get_by_text("This one looks otherwise")).to_be_visible()


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


test_the_old_log_is_the_one_that_the_roots_signed = told_twice(CHECK, tell, refused, believed)
