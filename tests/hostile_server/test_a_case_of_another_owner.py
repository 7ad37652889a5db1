"""Under the number of Sara's case, the server hands Nora a case of its own making, to hear what she says there."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import open_first, quiet, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/chain.js",
    "if (!equal(caseId(this.site, owner, fields.parent, fields.nonce), this.case)) throw new NotAllowed('a case of another owner');",
    "",
)


def goes_on(visit: Visit) -> None:
    open_first(visit.page)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    made = liar.own_case(sara.case, nora)

    def change(asked: Any, answer: Any) -> None:
        answer |= liar.after(asked, made)

    visit = liar.sit_down(nora, wire={"/cases/open": change})
    visit.page.get_by_role("button", name="Open it").click()
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_text("Tell me all you know")).to_have_count(0)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_text("Tell me all you know")).to_be_visible()


test_a_case_is_its_owners_or_it_is_not_shown = told_twice(CHECK, tell, refused, believed, goes_on)
