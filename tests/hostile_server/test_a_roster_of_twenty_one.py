"""On Sara's device something lets in nineteen more at once. Nora would write to people whom nobody can know by name."""

from playwright.sync_api import expect

from crypto import keys
from crypto.chain import read_rekey
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, open_first, quiet, room, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/entry.js", "if (!items.length || items.length > MOST_MEMBERS || !once)", "if (!items.length || !once)"
)


def goes_on(visit: Visit) -> None:
    open_first(visit.page)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    case = sara.open(sara.case)
    crowd = [keys.new_identity().frame for _ in range(19)]
    rekey = case.make_rekey([*case.members(), *({"identity": one, "lead": False} for one in crowd)])
    grant = case.chain.epoch + 1, nora.fp + read_rekey(rekey["rekey"])["grants"][nora.fp]
    change = liar.slip_in(sara.case, rekey["entry"], actor=sara.fp, grant=grant, identities=tuple(crowd))
    visit = liar.sit_down(nora, wire={"/cases/open": change})
    visit.page.get_by_role("button", name="Open it").click()
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Team")
    unknown = visit.page.get_by_role("heading", name="Someone who is no longer in the list")
    expect(unknown).to_have_count(19, timeout=SLOW_MS)


test_a_case_is_for_twenty_at_most = told_twice(CHECK, tell, refused, believed, goes_on)
