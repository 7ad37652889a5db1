"""Carl has Sara's card open, and is about to ask Nora. Dana suspends her meanwhile, and the server would hand the invitation on."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.support.browser import Visit

CHECK = Check("worker/desk_letters.js", "  await mustBeFresh();\n", "")


def tell(liar: Liar) -> Visit:
    sara, nora, carl = liar.stage.sara(), liar.stage.supporter("Nora Lind"), liar.stage.carl
    carl.claim(sara.case)
    visit = liar.sit_down(carl, visit=liar.begin(watched=True), path="/desk")
    page = visit.page
    page.get_by_role("button", name="Open the card").click(timeout=SLOW_MS)
    page.get_by_role("checkbox", name="Nora Lind").check(timeout=SLOW_MS)
    page.get_by_label("A summary in your words, without names or places").fill("a colleague")
    carl.list_people(revoke=(nora.fp,))
    page.get_by_role("button", name="Invite one person").click()
    return visit


def invited(visit: Visit) -> bool:
    return any(one.url.endswith("/letters") for one in visit.record.requests)


def refused(visit: Visit) -> None:
    said = visit.page.get_by_text("This person is not in the list of supporters now. Nothing was sent to them.")
    expect(said).to_be_visible(timeout=SLOW_MS)
    assert not invited(visit)


def believed(visit: Visit) -> None:
    """The letter left this device: only an honest server stood in the way."""
    visit.until(lambda: invited(visit), timeout_s=20)


def test_nobody_is_asked_who_was_suspended_meanwhile(liar: Liar) -> None:
    refused(tell(liar))
