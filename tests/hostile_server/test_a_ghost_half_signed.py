"""Dana has signed for Uma, with whom Carl compared words, and for a ghost, with whom he did not. His browser would sign for both."""

from playwright.sync_api import expect

from tests.hostile_server.half_signed import HalfSigned, signed_by_both
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.support.browser import Visit

CHECK = Check(
    "worker/certify.js",
    "if (found && !found.mine && found.added.every((one) => heard.includes(one))) return",
    "if (found && !found.mine) return",
)


def tell(liar: Liar) -> Visit:
    half = HalfSigned(liar)
    return half.shown(half.uma, half.gail, waiting=(half.uma, half.gail))


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_text("Still to compare by you: Gail Ghost.")).to_be_visible(timeout=SLOW_MS)
    assert not signed_by_both(visit)


def believed(visit: Visit) -> None:
    visit.until(lambda: signed_by_both(visit), timeout_s=20)


def test_carl_signs_for_nobody_whose_words_he_did_not_compare(liar: Liar) -> None:
    refused(tell(liar))
