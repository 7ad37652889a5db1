"""The log holds Sara's second entry twice, and each reader could be shown another one of the two."""

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_proof.js",
    "if (places.length > 1 || places.some(({ log, index }) => !isBefore({ log, size: index }, until)))",
    "if (false)",
)


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()
    liar.until_logged()
    (entry,) = liar.tags("case_id = :c and lane = 'entry' and n = 2", c=sara.case)
    return liar.sit_down(sara, fork=liar.fork().add((entry, bytes(32))).freeze())


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("holds one number of yours twice")


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_a_number_stands_in_the_log_once = told_twice(CHECK, tell, refused, believed)
