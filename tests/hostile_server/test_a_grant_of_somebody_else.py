"""In the database, Nora's key is overwritten with the one that was sealed to Tomas.

No single check stands behind it: it names Tomas, it is bound to him, and it is sealed to his key alone.
"""

from playwright.sync_api import expect

from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import stopped
from tests.support.browser import Visit


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together(tomas=True)
    (other,) = [m["fp"] for m in sara.open(sara.case).chain.members if m["fp"] not in (sara.fp, nora.fp)]
    liar.change(
        "update grants set sealed = (select sealed from grants where case_id = :c and fp = :tomas) where case_id = :c and fp = :nora",
        c=sara.case, tomas=other, nora=nora.fp,
    )  # fmt: skip
    visit = liar.sit_down(nora)
    visit.page.get_by_role("button", name="Open it").click()
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_text("In March")).to_have_count(0)


def test_nora_is_told_that_it_does_not_open_and_sees_nothing(liar: Liar) -> None:
    refused(tell(liar))
