"""While Olga has the page open, a line far back is changed, before her browser fetches it. A fault in between makes it forget nothing."""

from playwright.sync_api import expect

from tests.hostile_server.at_the_log import check, fits, open_log, refuses, rewritten
from tests.hostile_server.doors import Answer, Asked, answer
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_whole.js",
    "    if (seen) checkSeen(tree, { ...seen, root: b64u(seen.root) });\n",
    "",
)


def tell(liar: Liar) -> Visit:
    liar.stage.together()
    liar.until_logged()
    visit = liar.device()
    page = open_log(visit)
    fork = rewritten(liar)

    def fault(_asked: Asked) -> Answer:
        fork.serve(visit.door)
        return answer({}, 503)

    visit.door.tell("/log/since", fault)
    check(page)
    expect(page.get_by_role("heading", name="This did not go through")).to_be_visible(timeout=SLOW_MS)
    check(page)
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "is not the one that you have seen before")


def believed(visit: Visit) -> None:
    fits(visit)


def test_the_whole_log_must_be_the_one_whose_end_was_shown(liar: Liar) -> None:
    refused(tell(liar))
