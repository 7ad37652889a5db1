"""Nora wrote, the log holds the line, and the server does not show Sara what it stands for."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, marked, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_proof.js",
    "if (hidden) throw logTrouble('number-hidden', { line: hidden.index });",
    "if (hidden) break;",
)
WORDS = "Call me tonight."


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    nora.say(sara.case, {"kind": "message", "text": WORDS})
    seq = nora.open(sara.case).chain.seq
    liar.until_logged()

    def change(_asked: Any, answer: Any) -> None:
        for name in ("entries", "entry_events"):
            answer[name] = [one for one in answer[name] if one["seq"] < seq]

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("holds a line about this case that the site does not show")
    expect(visit.page.get_by_text("a change in who is in")).to_be_visible()


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_label("Write to them")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


test_the_newest_can_not_be_kept_from_sara = told_twice(CHECK, tell, refused, believed)


def test_nor_can_the_newest_opening(liar: Liar) -> None:
    sara, nora = liar.stage.together()
    nora.open(sara.case)
    liar.until_logged()

    def change(_asked: Any, answer: Any) -> None:
        answer["acts"] = [act for act in answer.get("acts", []) if act["epoch"] == 1]

    marked(liar.sit_down(sara, wire={"/cases/open": change}).page)
