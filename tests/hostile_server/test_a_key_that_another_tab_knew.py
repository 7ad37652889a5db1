"""In another tab Sara has just met Nora under another key. This tab, open for longer, asks for the newest notes before it lets Nora
in, and the server hands out those from before. It hears of the other tab all the same, when it saves."""

from typing import Any

from playwright.sync_api import expect

from crypto.people import read_binding
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import approve, approved, not_approved, stopped
from tests.support.browser import Visit

CHECK = Check("worker/directory.js", "if (!compared || pins.people[whom] !== known) mustBeTheSame(pins, binding);", "")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.introduced()
    before: dict[str, Any] = {}
    fork = liar.fork()
    visit = liar.sit_down(sara, wire={"/sign-in/notebook": lambda _asked, answer: answer.update(before)}, fork=fork)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    before.update(sara.read_notebook())  # what this tab has saved since, the other one knows
    sara.notebook["pins"]["people"][read_binding(nora.binding)["person"].hex()] = "ab" * 32
    sara.save_notebook()
    fork.without(liar.notes_of(sara)[-1])
    approve(visit.page, "Nora Lind")
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    not_approved(visit.page, "Nora Lind")
    expect(visit.page.get_by_role("heading", name="This is not the key you knew")).to_be_visible()


def believed(visit: Visit) -> None:
    approved(visit.page, "Nora Lind")


def test_the_tab_that_was_open_hears_of_it(liar: Liar) -> None:
    refused(tell(liar))
