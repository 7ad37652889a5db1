"""Nora has her own message dropped, and puts a message where the `erase` should be. That alone must not close Sara's case."""

from playwright.sync_api import Page, expect

from demo.people import Peer, Supporter
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS, marked, quiet, room
from tests.support.browser import Visit


def tell(liar: Liar) -> tuple[Peer, Supporter]:
    sara, nora = liar.stage.together()
    nora.say(sara.case, {"kind": "message", "text": "Call me tonight."})
    case = nora.open(sara.case)
    entry = case.seal({"kind": "message", "text": "This erases nothing."})
    nora.act("/cases/erase", case=sara.case, entry=entry, names=case.chain.head)
    return sara, nora


def look(liar: Liar, sara: Peer) -> Visit:
    visit = liar.sit_down(sara)
    marked(visit.page)
    return visit


def writes(page: Page) -> None:
    room(page, "Messages")
    page.get_by_label("Write to them").fill("We go on.")
    page.get_by_role("button", name="Seal and send", exact=True).click()
    expect(page.locator("li.letter.mine").get_by_text("We go on.")).to_be_visible(timeout=SLOW_MS)


def test_sara_erases_it_under_her_own_name_and_writes_on(liar: Liar) -> None:
    sara, nora = tell(liar)
    page = look(liar, sara).page
    page.get_by_role("button", name="Erase what was written on").click()
    page.get_by_role("button", name="Erase it", exact=True).click()
    expect(page.get_by_text("Erased. Whoever read it has read it.")).to_be_visible(timeout=SLOW_MS)
    quiet(page)
    writes(page)
    assert nora.open(sara.case).records[-1]["payload"]["text"] == "We go on."


def test_or_takes_nora_out_even_though_nora_left_meanwhile(liar: Liar) -> None:
    sara, nora = tell(liar)
    nora.say(sara.case, {"kind": "leave"})
    page = look(liar, sara).page
    page.get_by_role("button", name="Remove Nora Lind").first.click()
    page.get_by_role("button", name="Yes, remove Nora Lind").first.click()
    expect(page.get_by_text("Nora Lind reads nothing from now on.").first).to_be_visible(timeout=SLOW_MS)
    page.get_by_role("button", name="Erase what was written on").click()
    page.get_by_role("button", name="Erase it", exact=True).click()
    quiet(page)
    assert [m["fp"] for m in sara.open(sara.case).chain.members] == [sara.fp]


def test_nora_can_do_nothing_more_there_meanwhile(liar: Liar) -> None:
    _sara, nora = tell(liar)
    visit = liar.sit_down(nora)
    visit.page.get_by_role("button", name="Open it").click()
    marked_for_nora = visit.page.get_by_role("alert")
    expect(marked_for_nora).to_contain_text("nobody signed that", timeout=SLOW_MS)
    expect(visit.page.get_by_text("If you want to go on without these words")).to_have_count(0)
