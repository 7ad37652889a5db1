"""Sara's browser has seen a newer list of people. The server hands out an older one, without a suspension."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, closed, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/directory.js",
    "if (!follows(pins.directory, lists)) throw directoryChanged();",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].pop()

    return liar.sit_down(sara, wire={"/people/directory": change})


def refused(visit: Visit) -> None:
    closed(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("heading", name="Where things stand")).to_be_visible(timeout=SLOW_MS)


test_a_list_never_goes_back = told_twice(CHECK, tell, refused, believed)
