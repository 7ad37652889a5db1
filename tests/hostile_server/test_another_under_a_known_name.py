"""Sara knows Nora Lind. Somebody else joins under that name, and is proposed to her: each joining draws a new number for a person."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, approve, approved, not_approved, pin
from tests.support.browser import Visit

CHECK = Check("worker/case_team.js", "if (isNamesake(binding, (await directory()).all)) throw namesake();", "")
WARNED = "You know another key under this name"


def tell(liar: Liar) -> Visit:
    stage = liar.stage
    sara, nora, other = stage.sara(), stage.supporter("Nora Lind"), stage.supporter("nora-lind")
    stage.introduce(sara, nora, other)
    pin(sara, nora, nora.fp.hex())
    visit = liar.sit_down(sara)
    approve(visit.page, "nora-lind")
    return visit


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name=WARNED)).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("Compare the safety words with this person")).to_be_visible()
    not_approved(visit.page, "nora-lind")


def believed(visit: Visit) -> None:
    approved(visit.page, "nora-lind")


def test_sara_compares_the_words_before_she_lets_the_other_in(liar: Liar) -> None:
    visit = tell(liar)
    refused(visit)
    visit.page.get_by_role("button", name="They match").click()
    expect(visit.page.get_by_role("heading", name=WARNED)).to_have_count(0, timeout=SLOW_MS)
    approve(visit.page, "nora-lind")
    approved(visit.page, "nora-lind")


def test_a_coordinator_is_warned_before_certifying_somebody_of_a_known_name(liar: Liar) -> None:
    stage = liar.stage
    gil, vera = stage.coordinator("Gil Moss"), stage.supporter("Vera Vance")
    other = liar.stranger("Vera Vance")
    other.join(stage.carl.invite_staff("supporter"))
    pin(gil, vera, vera.fp.hex())
    page = liar.sit_down(gil, path="/people").page
    card = page.locator("article", has=page.get_by_role("heading", name="Vera Vance"))
    expect(card.get_by_role("heading", name=WARNED)).to_be_visible(timeout=SLOW_MS)
