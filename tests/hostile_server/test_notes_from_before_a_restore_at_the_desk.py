"""The site was put back, and Carl's notes with it. On another device, which had seen less, he went on. In this tab he saw more than these
notes know, perhaps whose key is whose. He says "Not now", and asks Nora all the same."""

from playwright.sync_api import expect

from crypto import log
from demo.wire import b64
from tests.hostile_server.at_the_card import invited
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import SLOW_MS
from tests.hostile_server.test_a_save_on_notes_from_before_a_restore import at_the_desk, not_now

CHECK = Check("worker/log_lanes.js", "  if (unsure) throw unsure;\n", "")


def opens_card(visit: Device) -> None:
    visit.page.get_by_role("button", name="Open the card").click(timeout=SLOW_MS)
    expect(visit.page.get_by_role("checkbox", name="Nora Lind")).to_be_visible(timeout=SLOW_MS)


def tell(liar: Liar) -> Device:
    carl = liar.stage.carl
    visit = at_the_desk(liar)
    opens_card(visit)
    liar.until_logged()
    version, box = liar.rows("select version, box from notebooks where fp = :fp", fp=carl.fp)[0]
    before = len(liar.fork().add().lines)
    carl.read_notebook()
    carl.save_notebook()
    liar.until_logged()
    liar.sit_down(carl, visit=visit, path="/desk")
    expect(visit.page.get_by_role("button", name="Open the card")).to_be_visible(timeout=SLOW_MS)
    liar.until_logged()
    whole = PutBack(carl, liar.log_seed)
    other = PutBack(carl, liar.log_seed, gone=whole.shown - before)
    liar.change("delete from events where tag in (:tag)", tag=liar.notes_of(carl)[-1])
    liar.change("update notebooks set version = :v, box = :b where fp = :fp", v=version, b=box, fp=carl.fp)
    carl.read_notebook()
    began = log.root([log.leaf_hash(log.leaf(*other.first))])
    carl.notebook["log"] = {"log": 2, "size": 1, "root": b64(began)}
    carl.save_notebook()
    liar.until_logged()
    not_now(liar, visit, other)
    page = visit.page
    opens_card(visit)
    page.get_by_role("checkbox", name="Nora Lind").check()
    page.get_by_label("A summary in your words, without names or places").fill("a colleague")
    page.get_by_role("button", name="Invite one person").click()
    return visit


def refused(visit: Device) -> None:
    expect(visit.page.get_by_text("The site was put back to an earlier copy").first).to_be_visible(timeout=SLOW_MS)
    assert not invited(visit)


def believed(visit: Device) -> None:
    visit.until(lambda: invited(visit), timeout_s=20)


def test_nobody_is_asked_with_notes_that_know_less(liar: Liar) -> None:
    refused(tell(liar))
