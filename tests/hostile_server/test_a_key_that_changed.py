"""Sara knew Nora under another key. Whoever is in the list now must not be let in before the safety words are compared."""

from playwright.sync_api import expect

from crypto.people import read_binding
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import approve, approved, not_approved, stopped
from tests.support.browser import Visit

CHECK = Check("worker/directory.js", "if (pinned && pinned !== hex(binding.fp)) {", "if (false) {")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.introduced()
    person = read_binding(nora.binding)["person"].hex()
    sara.notebook["pins"] = {"directory": {"version": 0, "hash": ""}, "people": {person: "ab" * 32}, "cases": {}}
    sara.save_notebook()
    visit = liar.sit_down(sara)
    approve(visit.page, "Nora Lind")
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    not_approved(visit.page, "Nora Lind")
    expect(visit.page.get_by_role("heading", name="This is not the key you knew")).to_be_visible()


def believed(visit: Visit) -> None:
    approved(visit.page, "Nora Lind")


def test_nora_is_let_in_only_after_a_call(liar: Liar) -> None:
    visit = tell(liar)
    refused(visit)
    visit.page.get_by_role("button", name="They match").click()
    approve(visit.page, "Nora Lind")
    approved(visit.page, "Nora Lind")
