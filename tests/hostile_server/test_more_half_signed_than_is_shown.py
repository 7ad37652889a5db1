"""Dana has signed for Uma, with whom Carl compared words. Her list adds a ghost who is not said to wait, or suspends somebody as well."""

import pytest
from playwright.sync_api import expect

from tests.hostile_server.devices import Device
from tests.hostile_server.half_signed import HalfSigned, signed_by_both
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS

CHECK = Check("worker/proposal.js", " || !onlyAdds(fields, listed, added, known)", "")


def tell(liar: Liar, *, suspends: bool = False) -> Device:
    half = HalfSigned(liar)
    if suspends:
        return half.shown(half.uma, waiting=(half.uma,), revoked=[half.gail.fp])
    return half.shown(half.uma, half.gail, waiting=(half.uma,))


def refused(visit: Device) -> None:
    """A list of Carl's own is left for others, with Uma alone."""
    visit.until(lambda: bool(visit.sent("/people/propose")), timeout_s=20)
    expect(visit.page.get_by_role("heading", name="Waiting for a call")).to_be_visible(timeout=SLOW_MS)
    assert not signed_by_both(visit)


def believed(visit: Device) -> None:
    visit.until(lambda: signed_by_both(visit), timeout_s=20)


@pytest.mark.parametrize("suspends", [False, True])
def test_carl_joins_nothing_but_what_adds_whom_he_heard(liar: Liar, suspends: bool) -> None:
    refused(tell(liar, suspends=suspends))
