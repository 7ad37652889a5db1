"""One bad coordinator signs a list that Sara alone is shown. Before it is plain that it comes into no log, she says yes to Nora."""

from playwright.sync_api import expect

from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists
from tests.hostile_server.seen import approve, not_approved, stopped
from tests.hostile_server.twice import told_twice
from tests.hostile_server.vouched import vouch

CHECK = Check(
    "worker/log_lanes.js", "  while (!await checkListIsLogged()) await pause();\n", "  await checkListIsLogged();\n"
)


def goes_on(visit: Device) -> None:
    approve(visit.page, "Nora Lind")


def tell(liar: Liar) -> Device:
    sara, _nora = liar.stage.introduced()
    lists = Lists(liar)
    lists.add(by=[lists.carl])
    if not liar.off:
        liar.sooner = ("worker/clock.js",)
    told = vouch(liar.fork(), lists.wire["/people/directory"])  # in a log that nobody is shown
    visit = liar.sit_down(sara, visit=liar.begin(watched=True), wire=told, vouched=False)
    goes_on(visit)
    return visit


def asked_to_let_in(visit: Device) -> bool:
    return bool(visit.sent("/cases/rekey"))


def refused(visit: Device) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("the site handed out is not in its log")
    not_approved(visit.page, "Nora Lind")
    assert not asked_to_let_in(visit)


def believed(visit: Device) -> None:
    visit.until(lambda: asked_to_let_in(visit), timeout_s=20)


test_nobody_is_let_in_under_a_list_that_is_only_promised = told_twice(CHECK, tell, refused, believed, goes_on)
