"""Sara had what Nora wrote erased. The server keeps it, and hands it out again to everybody in the case."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, open_first, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/case_load.js", "draft.entries = withoutErased(draft);", "")
WORDS = "Her name is Karen Cole."


def goes_on(visit: Visit) -> None:
    open_first(visit.page)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    nora.say(sara.case, {"kind": "message", "text": WORDS})
    case = sara.open(sara.case)
    seq, digest = case.chain.seq, case.chain.head
    (kept,) = [one for one in nora.post("/cases/open", case=sara.case, after=seq - 1)["entries"] if one["seq"] == seq]
    case.erase(digest)

    def change(_asked: Any, answer: Any) -> None:
        answer["entries"] = [kept if one["seq"] == seq else one for one in answer["entries"]]

    visit = liar.sit_down(nora, wire={"/cases/open": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Erased. Whoever read it")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


def believed(visit: Visit) -> None:
    room(visit.page, "Messages")
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


test_what_was_signed_away_is_not_shown_even_if_it_comes = told_twice(CHECK, tell, refused, believed, goes_on)
