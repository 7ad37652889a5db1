"""Sara knew Stan under another key. What she gives to research is not sealed to the one who is in the list as Stan now."""

from tests.hostile_server.devices import Device
from tests.hostile_server.giving import device, readers, sara_and_stan, settle
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import pin, quiet

CHECK = Check("worker/research.js", "for (const one of stewards) await checkPin(one);", "")


def tell(liar: Liar) -> Device:
    sara, stan = sara_and_stan(liar)
    pin(sara, stan)
    visit = device(liar)
    liar.sit_down(sara, visit=visit)
    settle(visit)
    return visit


def refused(visit: Device) -> None:
    quiet(visit.page)
    assert readers(visit) == []


def believed(visit: Device) -> None:
    assert len(readers(visit)) == 1


def test_nothing_is_given_to_a_key_that_sara_did_not_know(liar: Liar) -> None:
    refused(tell(liar))
