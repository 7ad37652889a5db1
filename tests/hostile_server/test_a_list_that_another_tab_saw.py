"""Two people were suspended since Sara's page was opened, and another tab of hers has seen both. The server tells this one of the
first alone: a list that is newer than any that this tab knows, and older than what Sara knows."""

from typing import Any

from playwright.sync_api import expect

from crypto.frame import H
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, room, stopped
from tests.hostile_server.vouched import list_tag
from tests.support.browser import Visit

CHECK = Check(
    "worker/directory.js", "mustFollow(/** @type {any} */ (pins), known); // another tab may have seen more since", ""
)
WORDS = "Is anybody there?"


def tell(liar: Liar) -> Visit:
    carl, sara = liar.stage.carl, liar.stage.sara()
    first, second = liar.stage.supporter("Vera Vance"), liar.stage.supporter("Walt Wren")
    suspended = False

    def change(_asked: Any, answer: Any) -> None:
        if suspended:
            answer["directories"].pop()

    fork = liar.fork()
    now = carl.directory().state.version
    fork.without(*(list_tag(fork, "directory", version) for version in (now + 1, now + 2)))
    visit = liar.sit_down(sara, wire={"/people/directory": change}, fork=fork)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    for one in (first, second):
        carl.list_people(revoke=(one.fp,))
    suspended = True
    newest = read_signed(unb64(carl.post("/people/directory")["directories"][-1]))[0]
    sara.read_notebook()
    sara.notebook["pins"]["directory"] |= {"version": carl.directory().state.version, "hash": b64(H(newest))}
    sara.save_notebook()
    fork.without(liar.notes_of(sara)[-1])
    room(visit.page, "What I sent")
    visit.page.get_by_label("What you want to add").fill(WORDS)
    visit.page.get_by_role("button", name="Seal and add", exact=True).click()
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name="Added. What you sent before")).to_be_visible(timeout=SLOW_MS)


def test_a_list_is_never_older_than_the_newest_that_any_tab_saw(liar: Liar) -> None:
    refused(tell(liar))
