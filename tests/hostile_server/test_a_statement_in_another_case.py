"""What Nora wrote to Sara in the case before is handed to Sara as if it were of this one."""

import os
from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, delivered, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_team.js",
    "one.kind === 'statement' && one.about === about && one.payload",
    "one.kind === 'statement' && one.payload",
)
WORDS = "I know nobody at your hospital."


def goes_on(visit: Visit) -> None:
    room(visit.page, "Letters")


def tell(liar: Liar) -> Visit:
    (sara, nora), before = liar.stage.introduced(), os.urandom(16)
    nora.meet(sara.identity.frame)
    said = {"case": b64(before), "text": WORDS, "name": nora.name}
    letter = nora.seal("statement", said, about=before, to=sara.fp)

    def change(asked: Any, answer: Any) -> None:
        if "statement" in asked["kinds"]:
            answer["letters"].append(delivered(letter, sara))

    visit = liar.sit_down(sara, wire={"/letters/mine": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_text("I was there once.")).to_be_visible(timeout=SLOW_MS)  # of this case
    expect(visit.page.get_by_text(WORDS)).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text(WORDS)).to_be_visible(timeout=SLOW_MS)


test_a_statement_counts_in_its_own_case = told_twice(CHECK, tell, refused, believed, goes_on)
