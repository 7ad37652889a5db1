"""The server begins a log for Carl alone, with a restore that roots signed once and that is in no log. He asks Nora within seconds."""

from playwright.sync_api import expect

from tests.hostile_server.at_the_card import asks_nora, invited
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.hostile_server.test_a_restore_that_was_never_used import unused

CHECK = Check("worker/log_lanes.js", "  await mustBeLogged(tree);\n", "")


def tell(liar: Liar) -> Device:
    other = unused(liar)  # what comes now is in its log 2
    return asks_nora(liar, lambda _fp: None, fork=other, wire=other.public())


def refused(visit: Device) -> None:
    expect(visit.page.get_by_text("has not shown who allowed that").first).to_be_visible(timeout=SLOW_MS)
    assert not invited(visit)


def believed(visit: Device) -> None:
    visit.until(lambda: invited(visit), timeout_s=20)


def test_nobody_is_asked_before_it_is_there(liar: Liar) -> None:
    refused(tell(liar))
