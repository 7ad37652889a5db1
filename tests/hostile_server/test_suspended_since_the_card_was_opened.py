"""Carl has Sara's card open, and is about to ask Nora. She is suspended meanwhile, and the server would hand the invitation on."""

from playwright.sync_api import expect

from tests.hostile_server.at_the_card import asks_nora, invited
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.hostile_server.vouched import list_tag
from tests.support.browser import Visit

CHECK = Check("worker/desk_letters.js", "  await mustBeFresh();\n", "")


def tell(liar: Liar) -> Visit:
    fork = liar.fork()  # of a log that does not show the newer list yet
    fork.without(list_tag(fork, "directory", liar.stage.carl.directory().state.version + 2))
    liar.sooner = ("worker/clock.js",)
    return asks_nora(liar, lambda fp: liar.stage.carl.list_people(revoke=(fp,)), fork=fork)


def refused(visit: Visit) -> None:
    """The newer list is looked for in the log, which does not show it."""
    expect(visit.page.get_by_text("the site handed out is not in its log")).to_be_visible(timeout=SLOW_MS)
    assert not invited(visit)


def believed(visit: Visit) -> None:
    visit.until(lambda: invited(visit), timeout_s=20)


def test_nobody_is_asked_who_was_suspended_meanwhile(liar: Liar) -> None:
    refused(tell(liar))
