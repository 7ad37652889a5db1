"""This tab of Sara's knows Nora's key. In another tab she has since compared Nora's words under a new one, since the old one was
stolen. The server tells this tab nothing, and offers Nora under the stolen key; there would be nothing to save, so it must ask."""

from crypto.people import read_binding
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import approve, approved, not_approved, stopped
from tests.support.browser import Visit

CHECK = Check("worker/case_team.js", "await readAgain();", "")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.introduced()
    people = sara.notebook["pins"].setdefault("people", {})
    person = read_binding(nora.binding)["person"].hex()
    people[person] = nora.fp.hex()
    sara.save_notebook()
    fork = liar.fork()
    liar.sooner = ("worker/clock.js",)  # it waits for the line of her notes
    visit = liar.sit_down(sara, fork=fork)
    visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
    sara.read_notebook()
    sara.notebook["pins"]["people"][person] = "ab" * 32
    sara.save_notebook()
    fork.without(liar.notes_of(sara)[-1])
    approve(visit.page, "Nora Lind")
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    not_approved(visit.page, "Nora Lind")


def believed(visit: Visit) -> None:
    approved(visit.page, "Nora Lind")


def test_nobody_is_let_in_on_notes_of_this_morning(liar: Liar) -> None:
    refused(tell(liar))
