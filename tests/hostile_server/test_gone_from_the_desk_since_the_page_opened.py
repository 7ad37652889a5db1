"""Sara writes to the desk. Fay was suspended since the page was opened, and the server, which hides the line of it, would
hand her what is sealed to her."""

import json

from playwright.sync_api import expect

from crypto.mail import read_mail
from demo.wire import unb64
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet, room
from tests.hostile_server.vouched import list_tag

CHECK = Check("worker/letters.js", "  if (desk) await directory({ reload: true });", "")


def tell(liar: Liar) -> Device:
    sara, carl, fay = liar.stage.sara(), liar.stage.carl, liar.stage.coordinator("Fay Olsen")
    fork = liar.fork()
    fork.without(list_tag(fork, "directory", carl.directory().state.version + 1))  # its line would tell her, too
    visit = liar.sit_down(sara, fork=fork, visit=liar.begin(watched=True))
    room(visit.page, "Messages")
    visit.page.get_by_label("Write to the desk").fill("Who reads this?")
    carl.list_people(revoke=(fay.fp,))
    visit.page.get_by_role("button", name="Seal and send to the desk").click()
    visit.until(lambda: bool(readers(visit)), timeout_s=20)
    return visit


def readers(visit: Device) -> list[int]:
    """For how many people each letter that left this browser is sealed."""
    sent = [json.loads(body) for body in visit.sent("/letters")]
    return [len(read_mail(unb64(one["mail"]))["stanzas"]) for one in sent]


def refused(visit: Device) -> None:
    assert readers(visit) == [2], "Carl, and Sara herself"
    expect(visit.page.locator("section[aria-labelledby=desk-head] .letter.mine")).to_be_visible(timeout=SLOW_MS)
    quiet(visit.page)


def believed(visit: Device) -> None:
    assert readers(visit) == [3]


def test_who_is_gone_from_the_desk_reads_nothing_more(liar: Liar) -> None:
    refused(tell(liar))
