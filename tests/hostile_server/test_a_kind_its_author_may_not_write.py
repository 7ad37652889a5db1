"""Nora writes a consent into Sara's case, which is Sara's alone to give."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_take.js",
    "return authorAllowed(payload.kind, isOwner, isAboutSelf(state, payload, author));",
    "return true;",
)
SAID = "Something that Nora Lind may not write"


def goes_on(visit: Visit) -> None:
    room(visit.page, "Messages")


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    nora.say(sara.case, {"kind": "consent", "consents": {"consent_research": "yes"}})
    visit = liar.sit_down(sara)
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_text(SAID)).to_be_visible()


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_label("Write to them")).to_be_visible()
    expect(visit.page.get_by_text(SAID)).to_have_count(0)


test_it_counts_for_nothing_and_is_shown_as_such = told_twice(CHECK, tell, refused, believed, goes_on)
